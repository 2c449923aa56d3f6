"""A table is asked for by its name and kind; a list becomes a file as a whole, or not at all."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from nennep.core.refusal import Refusal
from nennep.ui import taking


def asking(query="", method="get"):
    return getattr(RequestFactory(), method)(f"/so/?{query}")


@pytest.mark.parametrize(
    ("query", "method"), [("", "get"), ("tai=pdf&bang=ky", "get"), ("tai=xlsx&bang=ky", "post")]
)
def test_nothing_else_asks_for_a_file(query, method):
    assert taking.wanted(RequestFactory().generic(method.upper(), f"/so/?{query}")) is None


def test_the_address_of_a_file_keeps_filters_and_leaves_the_page_of_the_list():
    ways = dict(taking.addresses(asking("thang=2024-06&page=3&sort=2d"), "Kỳ phải họp"))

    assert ways == {
        "Excel": "?thang=2024-06&sort=2d&bang=ky-phai-hop&tai=xlsx",
        "CSV": "?thang=2024-06&sort=2d&bang=ky-phai-hop&tai=csv",
    }
    assert taking.wanted(asking(ways["CSV"][1:])) == taking.Wanted("csv", "ky-phai-hop")


def test_a_page_shows_a_part_and_a_file_holds_all():
    rows = list(range(120))

    assert list(taking.page_of(asking("page=2"), rows, 50)) == rows[50:100]
    assert list(taking.page_of(asking("tai=csv&bang=ky&page=2"), rows, 50)) == rows


def test_a_file_of_too_many_rows_is_refused_with_what_to_do():
    too_many = range(taking.AT_MOST + 1)

    assert len(taking.page_of(asking(), too_many, 50)) == 50
    with translation.override("en"), pytest.raises(Refusal, match=r"20\.001 rows") as no:
        taking.page_of(asking("tai=xlsx&bang=ky"), too_many, 50)
    assert "open a unit below" in no.value.message
