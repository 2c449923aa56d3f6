from collections import Counter
from datetime import date
from random import Random

import pytest

from nennep.accounts.choices import Role
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.actions.documents import Wording, correct_document, drop_draft, revise_draft
from nennep.library.actions.issuing import issue_document, reserve_number, void_number
from nennep.library.actions.replacing import link_documents, unlink_documents
from nennep.library.models import Document, NumberSeries
from nennep.library.queries.documents import (
    Filters,
    against_the_rules,
    counted,
    documents_found,
)
from nennep.library.queries.numbers import book_of, terms_with_numbers
from nennep.library.tests.factories_registers import (
    DAY,
    drafted,
    entry,
    make_registers,
    registered,
    someone,
)
from nennep.organisation.models import Term
from nennep.regulations.choices import Force
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(settings, monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    return make_registers()


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    assert no.value.code == code


def test_a_scheme_given_on_paper_is_registered_and_its_series_goes_on_behind_it(registers):
    scheme = registered(registers)

    assert (scheme.issuer, scheme.number) == ("Ban Thường vụ Huyện ủy Phúc Thọ", 13)
    assert NumberSeries.objects.get().last == 13
    following = drafted(
        registers, kind="scheme", unit=registers.district, body="standing", by=registers.officer
    )
    assert issue_document(following, day=DAY, by=registers.officer).symbol == "14-ĐA/HU"
    line = TrailLine.objects.get(verb="document registered")
    assert line.unit_path == registers.district.path


def test_a_document_of_another_body_takes_no_number(registers):
    above = registered(
        registers, "11-ĐA/TU", body="", issuer="Ban Thường vụ Thành ủy Hà Nội", programme_symbol=""
    )

    assert (above.is_own, above.number) == (False, None)
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"subject": " "}, "subject_missing"),
        ({"symbol": "", "issued_on": None}, "symbol_missing"),
        ({"body": "", "issuer": ""}, "issuer_missing"),
        ({"issued_on": date(2024, 7, 1)}, "in_future"),
        ({"in_force_to": date(2020, 1, 1)}, "ends_before_it_begins"),
        ({"subject": "TUYỆT MẬT"}, "secret"),
        ({"note": "TỐI MẬT"}, "secret"),
    ],
)
def test_an_entry_that_says_too_little_or_too_much_is_refused(registers, more, code):
    told = {"symbol": "13-ĐA/HU"} | more
    refused(code, registered, registers, **told)
    assert not Document.objects.exists()


def test_a_document_stands_once_in_a_register_and_once_under_its_number(registers):
    registered(registers)
    refused("document_known", registered, registers)
    refused("number_taken", registered, registers, issued_on=date(2022, 1, 5))
    other = registers.beside
    registered(registers, unit=other, body="committee")  # another body counts for itself


def test_what_was_typed_wrong_is_corrected_but_a_number_that_was_given_stays(registers):
    scheme = registered(registers)
    better = entry(subject="Đề án nâng cao chất lượng", signer="Nguyễn Văn A")
    assert correct_document(scheme, entry=better, by=registers.officer).signer == "Nguyễn Văn A"
    changed = TrailLine.objects.get(verb="document corrected").details["fields"]
    assert changed == ["signer", "subject"]
    refused(
        "number_stands",
        correct_document,
        scheme,
        entry=entry("14-ĐA/HU"),
        by=registers.officer,
    )


def test_a_replacement_shows_on_both_and_turns_on_its_day(registers):
    old = registered(registers, "05-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    new = registered(registers, "09-KH/HU", kind="plan", issued_on=date(2024, 6, 10))
    link = link_documents(
        new, earlier=old, kind="replaces", since=date(2024, 7, 1), by=registers.officer
    )
    old.refresh_from_db()
    turned = [old.force_on(day) for day in (date(2022, 1, 4), date(2024, 6, 30), date(2024, 7, 1))]
    assert turned == [Force.COMING, Force.RUNNING, Force.OVER]
    assert set(Document.objects.in_force(date(2024, 7, 1))) == {new}
    assert set(Document.objects.in_force(date(2024, 6, 30))) == {old, new}
    unlink_documents(link, by=registers.officer)
    old.refresh_from_db()
    assert old.in_force_to is None


def test_links_that_make_no_sense_are_refused(registers):
    by = registers.officer
    old = registered(registers, "05-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    new = registered(registers, "09-KH/HU", kind="plan", issued_on=date(2024, 6, 10))
    third = registered(registers, "10-KH/HU", kind="plan", issued_on=date(2024, 6, 11))
    draft = drafted(registers, unit=registers.district, by=by)

    def link(later, earlier, kind="replaces", since=DAY):
        return link_documents(later, earlier=earlier, kind=kind, since=since, by=by)

    refused("linked_to_itself", link, old, old)
    refused("not_issued", link, draft, old)
    refused("ends_before_it_begins", link, new, old, since=date(2022, 1, 5))
    refused("ends_before_it_begins", link, new, old, "amends", date(2022, 1, 4))
    link(new, old)
    refused("linked_already", link, new, old)
    refused("replaced_already", link, third, old)
    refused("replaces_itself", link, old, new, since=date(2024, 6, 12))
    link(third, new, "amends", date(2024, 6, 11))


def test_the_force_of_a_legal_basis_is_kept_there_alone(registers):
    basis = Basis.objects.get(code="hd-12-btctw-2018")
    guidance = registered(
        registers, "12-HD/BTCTW", kind="guidance", body="", issuer="Ban Tổ chức Trung ương",
        issued_on=date(2018, 7, 6), basis=basis,
    )  # fmt: skip
    later = registered(registers, "09-KH/HU", kind="plan", issued_on=date(2024, 6, 10))

    assert guidance.in_force_from is None
    assert guidance.force_on(date(2025, 10, 27)) == Force.RUNNING
    assert guidance.force_on(date(2025, 10, 28)) == Force.OVER
    assert guidance not in Document.objects.in_force(date(2025, 10, 28))
    assert guidance in Document.objects.in_force(date(2025, 10, 27))
    refused(
        "force_kept_there",
        link_documents,
        later,
        earlier=guidance,
        kind="replaces",
        since=DAY,
        by=registers.officer,
    )


def test_a_cell_drafts_numbers_and_issues_its_plan(registers):
    plan = drafted(registers)
    assert (plan.symbol, plan.state) == ("", "draft")
    issued = issue_document(plan, day=DAY, by=registers.secretary)
    assert (issued.symbol, issued.issued_on, issued.in_force_from) == ("01-KH/CB", DAY, DAY)
    assert issue_document(plan, day=date(2024, 6, 5), by=registers.secretary).issued_on == DAY
    refused(
        "issued",
        revise_draft,
        plan,
        entry=entry(body="cell"),
        wording=Wording(body="Khác"),
        by=registers.secretary,
    )


def test_a_number_that_was_reserved_and_not_used_is_void_with_a_reason(registers):
    by = registers.secretary
    first, second = drafted(registers), drafted(registers)
    reserved = reserve_number(first, by=by)
    assert reserve_number(first, by=by).number == reserved.number == 1
    refused("reason_missing", void_number, first, reason=" ", by=by)
    refused("not_reserved", void_number, second, reason="Thôi", by=by)
    void_number(first, reason="Chi ủy hoãn kế hoạch", by=by)
    refused("number_is_void", issue_document, first, by=by)
    refused("not_a_draft", drop_draft, issue_document(second, by=by), by=by)
    (book,) = book_of(Term.objects.get(body__unit=registers.cell))
    assert [(row.symbol, row.state, row.void_reason) for row in book.rows] == [
        ("01-KH/CB", "void", "Chi ủy hoãn kế hoạch"),
        ("02-KH/CB", "issued", ""),
    ]
    assert book.unknown == []


def test_numbers_given_on_paper_that_are_not_known_here_are_shown(registers):
    registered(registers, "04-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    (book,) = book_of(Term.objects.get(body__unit=registers.district))

    assert (book.last, book.unknown) == (4, [1, 2, 3])


def test_what_a_rule_in_force_forbids_is_not_issued_and_what_happened_is_flagged(
    registers, monkeypatch
):
    by = registers.secretary
    before = drafted(registers, kind="guidance")
    assert issue_document(before, by=by).symbol == "01-HD/CB"  # of 2024 no rule is known

    monkeypatch.setenv("NENNEP_TODAY", "2026-03-02")
    refused("kind_not_for_this_body", issue_document, drafted(registers, kind="guidance"), by=by)
    refused("kind_not_for_this_body", issue_document, drafted(registers, kind="directive"), by=by)
    with pytest.raises(Refusal, match="399-QĐ/TW"):
        issue_document(drafted(registers, kind="regulation"), by=by)
    committee = drafted(registers, kind="regulation", unit=registers.commune, by=registers.officer)
    assert issue_document(committee, by=by).symbol == "01-QĐ/ĐU"
    happened = registered(
        registers, "02-HD/CB", kind="guidance", unit=registers.cell, body="cell", by=by,
        issued_on=date(2026, 2, 1),
    )  # fmt: skip
    assert "399-QĐ/TW" in against_the_rules(happened)
    assert against_the_rules(committee) == ""


def test_without_a_running_term_there_is_no_number(registers):
    Term.objects.filter(body__unit=registers.cell).update(ends_on=date(2024, 6, 1))
    refused("no_term", issue_document, drafted(registers), by=registers.secretary)
    assert not NumberSeries.objects.exists()


def test_a_draft_without_a_number_is_dropped_whole(registers):
    drop_draft(drafted(registers), by=registers.secretary)
    assert not Document.objects.exists()


def test_documents_are_counted_by_kind_as_reviews_say_it(registers):
    for number in range(1, 14):
        registered(registers, f"{number:02d}-KH/HU", kind="plan", issued_on=date(2022, 1, 5))
    for number in range(1, 4):
        registered(registers, f"{number:02d}-ĐA/HU", issued_on=date(2022, 1, 5))
    reserve_number(
        drafted(registers, unit=registers.district, by=registers.officer), by=registers.officer
    )

    counts = counted(documents_found(registers.officer, Filters()))
    assert counts.words == "16 văn bản: 13 kế hoạch, 3 đề án"


def some_years(registers, chance):
    """Drafts, reserved and void numbers and issued documents of three units, by lot."""
    for _ in range(chance.randint(10, 30)):
        unit = chance.choice([registers.district, registers.commune, registers.cell])
        by = registers.secretary if unit.is_cell else registers.officer
        draft = drafted(
            registers, kind=chance.choice(["plan", "scheme", "report", "notice"]), unit=unit, by=by,
            programme_symbol=chance.choice(["11-ĐA/TU", ""]), is_open=chance.random() < 0.7,
        )  # fmt: skip
        fate = chance.choice(["draft", "void", "reserved", "issued", "issued"])
        if fate in {"void", "reserved"}:
            reserve_number(draft, by=by)
        if fate == "void":
            void_number(draft, reason="Thôi", by=by)
        if fate == "issued":
            issue_document(draft, by=by)


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_always_those_of_the_rows_that_are_seen(registers, seed):
    some_years(registers, Random(seed))
    for person in (registers.officer, registers.secretary):
        for asked in (Filters(), Filters(kind="plan"), Filters(programme="11-ĐA/TU")):
            found = documents_found(person, asked)
            counts = counted(found)
            rows = Counter(each.kind for each in found if each.state == "issued")
            assert {each.kind: each.count for each in counts.kinds} == rows
            assert counts.total == sum(rows.values())
            sizes = [each.count for each in counts.kinds]
            assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("seed", range(5))
def test_the_numbers_of_a_unit_have_no_gap(registers, seed):
    some_years(registers, Random(seed))
    for unit in (registers.district, registers.commune, registers.cell):
        for book in (b for term in terms_with_numbers(unit) for b in book_of(term)):
            assert [row.number for row in book.rows] == list(range(1, book.last + 1))


def test_a_committees_documents_are_seen_above_and_below_a_cells_by_its_own_people(registers):
    open_one = registered(registers)
    closed = registered(registers, "14-ĐA/HU", issued_on=date(2022, 1, 5), is_open=False)
    of_cell = issue_document(drafted(registers), by=registers.secretary)
    a_draft = drafted(registers, unit=registers.commune, by=registers.officer)
    reader = someone("doc", Role.VIEWER, registers.commune, reads_content=True)
    beside = someone("ben", Role.OFFICER, registers.beside)

    def seen(person):
        return set(documents_found(person, Filters(with_cells=True)))

    assert seen(registers.officer) == {open_one, closed, a_draft}
    assert seen(registers.secretary) == {open_one, of_cell}
    assert seen(reader) == {open_one, of_cell, a_draft}
    assert seen(beside) == {open_one}
    assert set(documents_found(reader, Filters())) == {open_one, a_draft}
    assert set(documents_found(registers.secretary, Filters())) == {open_one, of_cell}


def test_the_list_is_filtered_by_what_people_know(registers):
    scheme = registered(registers)
    plan = registered(
        registers, "02-KH/HU", kind="plan", issued_on=None, in_force_from=date(2024, 7, 1),
        subject="Tập huấn bí thư chi bộ", programme_symbol="",
    )  # fmt: skip

    def found(**asked):
        return list(documents_found(registers.officer, Filters(**asked)))

    assert found(text="13 da hu") == found(text="13-ĐA/HU") == [scheme]
    assert found(text="tap huan") == found(kind="plan") == found(year="none") == [plan]
    assert found(year="2021") == found(programme="11-ĐA/TU") == found(force="running") == [scheme]
    assert found(force="coming") == [plan]
    assert found(force="over") == []
    assert len(found(issuer="Ban Thường vụ Huyện ủy Phúc Thọ", unit=registers.district)) == 2
