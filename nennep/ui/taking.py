"""Tables of a page that are taken away as files: how one is asked for, and what a page hands over.

The address of the page with `?tai=xlsx&bang=NAME` is the same page, asked for the same rows by
the same person, whole: the table that the page shows is what the file holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.text import fold, vn_number

FORMS = {"xlsx": "Excel", "csv": "CSV"}
FORM, TABLE = "tai", "bang"
AT_MOST = 20_000  # rows of one file: a city's 18,000 cells; more is filtered first


@dataclass(frozen=True)
class Wanted:
    """The table that is to be a file, and of which kind."""

    form: str
    table: str


@dataclass(frozen=True)
class Handed:
    """The wanted table as the page shows it, all its rows, and whose page it is (None: nobody's)."""

    label: str
    html: SafeString
    unit: Any


def name_of(label: str) -> str:
    """The name a table has in addresses."""
    return slugify(fold(str(label)))


def wanted(request: HttpRequest) -> Wanted | None:
    form = request.GET.get(FORM, "")
    if request.method != "GET" or form not in FORMS:
        return None
    return Wanted(form, request.GET.get(TABLE, ""))


def addresses(request: HttpRequest, label: str) -> list[tuple[str, str]]:
    """The name of each kind of file and where it is: this address, whatever else stands in it."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked[TABLE] = name_of(label)
    ways = []
    for form, name in FORMS.items():
        asked[FORM] = form
        ways.append((name, f"?{asked.urlencode()}"))
    return ways


def hand_over(request: HttpRequest, label: str, html: SafeString, unit: Any) -> None:
    request.handed_table = Handed(str(label), html, unit)  # type: ignore[attr-defined]  # read by papers


def page_of(
    request: HttpRequest,
    rows: Sequence[Any] | QuerySet[Any],
    size: int,
    *,
    parameter: str = "page",
) -> Page[Any]:
    """The part of a long list that the address asks for; all of it where it becomes a file.

    Refused: a file of more rows than `AT_MOST`.
    """
    if not wanted(request):
        return Paginator(rows, size).get_page(request.GET.get(parameter))
    whole = Paginator(rows, AT_MOST)
    if whole.count > AT_MOST:
        raise Refusal(
            _(
                "This table has %(count)s rows; one file holds at most %(most)s. "
                "Choose fewer with the filter, or open a unit below, then take it away."
            )
            % {"count": vn_number(whole.count), "most": vn_number(AT_MOST)},
            code="table_too_long",
        )
    return whole.get_page(1)
