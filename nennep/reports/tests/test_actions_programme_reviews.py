"""A review is begun, others are asked, what they say is kept and chosen from."""

from datetime import date

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.indicators.tests.factories_tree import TODAY
from nennep.organisation.tests.factories import make_committee, make_district, refused
from nennep.programmes.actions import NewBasis, register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.reports.actions import (
    ask_for,
    begin_review,
    change_review,
    choose,
    contribute,
    publish_review,
)
from nennep.reports.choices import ContributionKind, ReviewKind
from nennep.reports.models import Contribution, ProgrammeReview
from nennep.reports.queries.findings import findings
from nennep.reports.tests.factories import DUE, FIRST, LAST, asked, begun, district, terms

pytestmark = pytest.mark.django_db
WORKED, NOT_WORKED, PROPOSAL = ContributionKind


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def published(review, clerk):
    review.published = publish_review(findings(review).review, by=clerk)
    review.save()
    return review


def test_a_review_is_begun_with_its_programme_and_real_days(tree):
    review = begun(tree)

    assert (review.unit, review.programme, review.kind) == (tree.district, tree.programme, "midway")
    assert (review.first_day, review.last_day, review.stated) == (FIRST, LAST, "6 tháng")
    line = TrailLine.objects.get(verb="began a review")
    assert line.details == {
        "symbol": "11-ĐA/TU", "valid_from": "2024-01-06", "valid_to": "2024-06-13",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("wrong_order", {"first_day": date(2024, 6, 14), "last_day": date(2024, 6, 13)}),
        ("to_come", {"last_day": date(2024, 6, 14)}),
        ("too_long", {"first_day": date(2014, 1, 1)}),
    ],
)
def test_days_that_cannot_be_are_refused(tree, code, days):
    refused(code, lambda: begun(tree, **days))
    assert not ProgrammeReview.objects.exists()


def test_a_programme_of_another_branch_is_refused(tree):
    other = register_programme(
        make_district("Đảng bộ huyện B", code="OTHER"),
        kind=ProgrammeKind.SCHEME,
        basis=NewBasis("02-ĐA/HU", "Ban Thường vụ Huyện ủy B", "Đề án"),
        by=system_person(),
    )
    refused("not_bound", lambda: begun(tree, programme=other))


def test_what_a_review_is_of_can_be_changed_until_it_is_published(tree):
    review = begun(tree)

    change_review(review, terms=terms(tree, kind=ReviewKind.FINAL, stated="nửa năm"), by=tree.clerk)

    review.refresh_from_db()
    assert (review.kind, review.stated) == ("final", "nửa năm")
    published(review, tree.clerk)
    refused("published", lambda: change_review(review, terms=terms(tree), by=tree.clerk))
    refused("published", lambda: ask_for(review, due_on=DUE, by=tree.clerk))
    refused("published", lambda: choose(review, lines=[], by=tree.clerk))


def test_everybody_directly_below_and_the_unit_itself_are_asked_once(tree):
    review, contributors = asked(tree)
    late = make_committee("Đảng bộ xã Mới", parent=tree.district, code="NEW")

    count = ask_for(review, due_on=date(2024, 6, 25), by=tree.clerk)

    assert set(contributors) == {"DIST", "NEAR", "FAR"}
    assert count == 4
    assert review.contributors.filter(unit=late).count() == 1
    review.refresh_from_db()
    assert review.due_on == date(2024, 6, 25)
    refused("past_day", lambda: ask_for(review, due_on=date(2024, 6, 12), by=tree.clerk))


def test_an_answer_is_taken_as_a_whole_and_again_in_place_of_it(tree):
    review, contributors = asked(tree)
    near = make_person(Role.OFFICER, tree.near)
    lines = {WORKED: [" Gửi tài  liệu trước ", "", "Gửi tài liệu trước"], PROPOSAL: ["Mở lớp"]}

    contribute(contributors["NEAR"], lines=lines, by=near)
    first = list(Contribution.objects.values_list("kind", "text"))
    chosen = Contribution.objects.get(kind=WORKED)
    choose(review, lines=[chosen.pk], by=tree.clerk)
    contribute(contributors["NEAR"], lines={WORKED: ["Gửi tài liệu trước", "Họp gọn"]}, by=near)

    assert first == [("worked", "Gửi tài liệu trước"), ("proposal", "Mở lớp")]
    told = Contribution.objects.values_list("kind", "text", "is_chosen")
    assert list(told) == [("worked", "Gửi tài liệu trước", True), ("worked", "Họp gọn", False)]
    contributors["NEAR"].refresh_from_db()
    assert contributors["NEAR"].answered_by == near
    assert TrailLine.objects.filter(verb="contributed to a review").count() == 2


def test_nothing_to_say_and_a_late_answer_are_answers(tree, on_day):
    review, contributors = asked(tree)
    on_day(date(2024, 6, 30))

    contribute(contributors["FAR"], lines={}, by=make_person(Role.OFFICER, tree.far))

    found = findings(review)
    assert [each.unit.code for each in found.answered] == ["FAR"]
    assert [each.unit.code for each in found.not_answered] == ["DIST", "NEAR"]
    assert not found.contributions


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("too_many_lines", [f"Việc {number}" for number in range(6)]),
        ("line_too_long", ["việc " * 61]),
        ("secret", ["TỐI MẬT"]),
    ],
)
def test_what_is_not_short_or_is_secret_is_refused_and_the_old_answer_stays(tree, code, lines):
    _review, contributors = asked(tree)
    contribute(contributors["NEAR"], lines={WORKED: ["Họp gọn"]}, by=tree.clerk)

    refused(code, lambda: contribute(contributors["NEAR"], lines={WORKED: lines}, by=tree.clerk))

    assert Contribution.objects.get().text == "Họp gọn"


def test_only_lines_of_the_review_itself_are_chosen(tree):
    review, contributors = asked(tree)
    contribute(contributors["NEAR"], lines={NOT_WORKED: ["Đọc văn bản dài"]}, by=tree.clerk)
    other = begin_review(tree.district, terms=terms(tree), by=tree.clerk)
    line = Contribution.objects.get()

    assert choose(other, lines=[line.pk], by=tree.clerk) == 0
    assert choose(review, lines=[line.pk], by=tree.clerk) == 1
    assert choose(review, lines=[], by=tree.clerk) == 0


def test_a_published_review_takes_no_more_answers(tree):
    review, contributors = asked(tree)
    published(review, tree.clerk)
    refused("published", lambda: contribute(contributors["FAR"], lines={}, by=tree.clerk))
