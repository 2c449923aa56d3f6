from datetime import date

import pytest

from nennep.accounts.choices import Role
from nennep.library.actions.documents import correct_document
from nennep.library.actions.issuing import issue_document
from nennep.library.actions.replacing import link_documents
from nennep.library.models import Piece
from nennep.library.queries.ranking import Within
from nennep.library.queries.reach import reached_by
from nennep.library.queries.search import search_everything
from nennep.library.tests.factories_registers import (
    DAY,
    drafted,
    entry,
    make_registers,
    registered,
    someone,
)
from nennep.regulations.actions import replace_basis
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    return make_registers()


def found_by(person, text):
    """The titles that the search shows to this person."""
    answer = search_everything(text, Within(reached=reached_by(person)), limit=20)
    return {each.piece.title for each in answer.found}


def test_documents_are_found_by_those_who_may_see_them(registers):
    scheme = registered(registers, subject="Nâng cao chất lượng sinh hoạt chi bộ")
    closed = registered(
        registers, "14-ĐA/HU", subject="Sinh hoạt chi bộ điểm", is_open=False,
        issued_on=date(2022, 1, 5),
    )  # fmt: skip
    plan = issue_document(
        drafted(registers, text="Sinh hoạt chuyên đề rác"), by=registers.secretary
    )
    drafted(registers, text="Sinh hoạt còn dự thảo")
    beside = someone("ben", Role.OFFICER, registers.beside)
    reader = someone("doc", Role.VIEWER, registers.commune, reads_content=True)
    titles = {each.pk: f"{each.symbol} {each.subject}" for each in (scheme, closed, plan)}

    assert found_by(registers.officer, "sinh hoat") == {titles[scheme.pk], titles[closed.pk]}
    assert found_by(registers.secretary, "sinh hoat") == {titles[scheme.pk], titles[plan.pk]}
    assert found_by(reader, "sinh hoat") == {titles[scheme.pk], titles[plan.pk]}
    assert found_by(beside, "sinh hoat") == {titles[scheme.pk]}
    assert found_by(registers.secretary, "13 da hu") == {titles[scheme.pk]}


def test_what_is_corrected_or_replaced_is_found_as_it_stands(registers):
    old = registered(registers, "05-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    correct_document(
        old,
        entry=entry("05-KH/HU", kind="plan", issued_on=date(2022, 1, 5), subject="Tập huấn bí thư"),
        by=registers.officer,
    )
    assert found_by(registers.officer, "tập huấn") == {"05-KH/HU Tập huấn bí thư"}
    new = registered(registers, "09-KH/HU", kind="plan", issued_on=DAY)
    link_documents(new, earlier=old, kind="replaces", since=DAY, by=registers.officer)
    piece = Piece.objects.filter(title__startswith="05-KH/HU").first()
    assert piece.in_force_to == date(2024, 6, 2)


def test_a_basis_that_is_replaced_turns_in_the_search_on_its_day_without_being_touched(
    registers, monkeypatch
):
    basis = Basis.objects.get(code="ct-10-tw-2007")
    registered(
        registers, "10-CT/TW", kind="directive", body="", issuer="Trung ương",
        issued_on=date(2007, 3, 30), basis=basis,
    )  # fmt: skip
    piece = Piece.objects.get(symbol="10-CT/TW", number=0)
    assert (piece.in_force_from, piece.in_force_to) == (date(2007, 3, 30), None)
    later = Basis.objects.get(code="ct-50-tw-2025")

    replace_basis(basis, replacement=later, since=date(2024, 7, 1), by=registers.officer)

    piece = Piece.objects.get(symbol="10-CT/TW", number=0)
    assert (piece.in_force_to, piece.replaced_by) == (date(2024, 6, 30), "50-CT/TW")
    in_force = {}
    for day in ("2024-06-30", "2024-07-01"):
        monkeypatch.setenv("NENNEP_TODAY", day)
        within = Within(reached_by(registers.officer), only_in_force=True)
        in_force[day] = bool(search_everything("10-CT/TW", within).found)
    assert in_force == {"2024-06-30": True, "2024-07-01": False}
