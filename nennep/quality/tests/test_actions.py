from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.meetings import actions as meetings
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.rules.figures import RollFigures
from nennep.meetings.tests.factories import at, make_cell, make_figures_only_cell, planned, ready
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.filled import filled_sheet
from nennep.quality.rules.scoring import Given
from nennep.quality.tests.factories import given, put_in_force, scored
from nennep.regulations.models import RuleValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=9)


@pytest.fixture
def an_phu(cell):
    return put_in_force("rb2")


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def closed(cell, **more):
    meeting = ready(cell, **more)
    scored(cell, meeting)
    meetings.close_minutes(meeting, by=cell.secretary)
    return meeting


def test_the_agreed_score_keeps_points_origin_reasons_and_the_facts_it_rests_on(cell, an_phu):
    meeting = ready(cell, absences={cell.members[4].pk: Absence("unexcused")})

    sheet = scored(cell, meeting, c7=Given(Fraction(24), reason="Hai việc còn dở"))

    assert sheet.lines["2.1"] == [1, "fact"]
    assert sheet.lines["3.1"] == [3, "person"]
    assert sheet.lines["7"] == [24, "person", "Hai việc còn dở"]
    assert "4.3" not in sheet.lines  # no thematic meeting that month
    assert sheet.facts["unexcused"] == 1
    assert sheet.rubric == an_phu
    assert (sheet.agreed_by, sheet.self_class) == (cell.secretary, "fair")
    assert sheet.total == Decimal("76.842105")
    assert TrailLine.objects.filter(verb="self-score agreed", target_id=meeting.pk).count() == 1


def test_the_sheet_is_the_one_in_force_at_the_place_on_the_day(cell):
    put_in_force("rb2", since=date(2024, 6, 1), scope_path=Unit.objects.get(code="XA").path)
    june, may = ready(cell), ready(cell, started_at=at(3, month=5), period=date(2024, 5, 1))
    autumn = ready(cell, started_at=at(3, month=6), period=date(2024, 4, 1))

    found = {m.pk: filled_sheet(m).sheet.code for m in (june, may, autumn)}

    assert found == {june.pk: "rb2", may.pk: "rb0", autumn.pk: "rb2"}


def test_from_the_day_of_the_central_frame_its_sheet_is_in_force(cell, on_day):
    on_day(date(2025, 12, 20))
    meeting = ready(cell, started_at=at(3, month=12, year=2025), period=date(2025, 12, 1))
    filled = filled_sheet(meeting)

    assert (filled.sheet.code, filled.held_by.source.symbol) == ("rb1", "42-HD/BTCTW")
    assert len(filled.now.missing) == 10


def test_a_meeting_of_2024_is_met_or_not_met_and_has_no_class(cell):
    meeting = ready(cell)
    set_ = {code: Given(is_met=True) for code in ("2", "3", "4", "5")}

    sheet = actions.agree_score(meeting, given=set_, by=cell.secretary)

    assert sheet.lines == {
        "1": [True, "fact"], "2": [True, "person"], "3": [True, "person"], "4": [True, "person"],
        "5": [True, "person"],
    }  # fmt: skip
    assert (sheet.total, sheet.self_class) == (None, "")
    vote = refused(lambda: actions.record_class_vote(meeting, in_favour=9, by=cell.secretary))
    assert vote == "no_class"


def test_an_open_criterion_is_named(cell, an_phu):
    meeting = ready(cell)
    few = given(filled_sheet(meeting))
    few.pop("3.1"), few.pop("6")

    with pytest.raises(Refusal) as refusal:
        actions.agree_score(meeting, given=few, by=cell.secretary)

    assert refusal.value.code == "incomplete"
    assert refusal.value.field == "3.1"
    assert "3.1, 6" in refusal.value.message
    assert not ScoreSheet.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"c2_1": 2}, "reason_missing"),
        ({"c2_1": Given(Fraction(5), reason="…")}, "points_out_of_range"),
        ({"c2_1": Given(Fraction(-1), reason="…")}, "points_out_of_range"),
        ({"c9": 2}, "no_such_criterion"),
        ({"c3_1": Given(Fraction(3), reason="MẬT")}, "secret"),
    ],
)
def test_what_cannot_be_agreed_is_refused(cell, an_phu, changes, code):
    meeting = ready(cell)

    assert refused(lambda: scored(cell, meeting, **changes)) == code


def test_a_fact_is_changed_with_a_reason_up_and_down(cell, an_phu):
    meeting = ready(cell)
    sheet = scored(
        cell,
        meeting,
        c2_1=Given(Fraction(3), reason="Hai đồng chí về sớm"),
        c3_3=Given(Fraction(2), reason="Biên bản họp chi ủy ghi trong sổ giấy"),
    )

    assert sheet.lines["2.1"] == [3, "person", "Hai đồng chí về sớm"]
    assert sheet.lines["3.3"] == [2, "person", "Biên bản họp chi ủy ghi trong sổ giấy"]


def test_agreeing_again_replaces_the_score_while_the_minutes_are_open(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)
    again = scored(cell, meeting, c3_1=1)

    assert ScoreSheet.objects.get().lines["3.1"] == [1, "person"]
    assert again.total < 100


def test_nothing_is_scored_before_the_meeting_or_without_a_sheet(cell, an_phu):
    committee = ready(cell, "cell_committee")

    assert refused(lambda: scored_raw(cell, planned(cell))) == "no_sheet"
    assert refused(lambda: scored_raw(cell, committee)) == "no_sheet"


def scored_raw(cell, meeting):
    return actions.agree_score(meeting, given={}, by=cell.secretary)


def test_closing_locks_the_score_and_a_meeting_closed_without_one_is_scored_once(cell, an_phu):
    meeting = ready(cell)
    meetings.close_minutes(meeting, by=cell.secretary)

    scored(cell, meeting)

    assert refused(lambda: scored(cell, meeting)) == "closed"
    assert refused(lambda: actions.take_back_score(meeting, by=cell.secretary)) == "closed"
    assert refused(lambda: actions.write_remedies(meeting, text="…", by=cell.secretary)) == "closed"


def test_the_cell_votes_on_the_class_and_the_vote_stands_among_the_votes(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)

    sheet = actions.record_class_vote(meeting, in_favour=8, against=1, by=cell.secretary)

    assert (sheet.voted_class, sheet.vote_class) == ("fair", "fair")
    vote = meeting.votes.get()
    assert (vote.subject, vote.in_favour, vote.base, vote.is_passed) == (
        "meeting_class",
        8,
        9,
        True,
    )
    assert vote.question == "Tự chấm 86,3 điểm, xếp loại Khá"


def test_the_cell_may_vote_another_class_and_a_lost_vote_counts_for_none(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)

    lower = actions.record_class_vote(meeting, in_favour=9, klass="medium", by=cell.secretary)
    assert (lower.self_class, lower.own_class) == ("fair", "medium")

    lost = actions.record_class_vote(meeting, in_favour=3, against=6, by=cell.secretary)
    assert (lost.vote_class, lost.own_class) == ("", "fair")
    assert meeting.votes.count() == 1


def test_a_score_agreed_anew_with_another_class_is_voted_on_anew(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)
    actions.record_class_vote(meeting, in_favour=9, by=cell.secretary)

    same = scored(cell, meeting, c3_1=2)
    assert (same.vote_class, meeting.votes.count()) == ("fair", 1)

    other = scored(cell, meeting, c4_2=0, c5_2=0, c6=0)
    assert (other.self_class, other.vote, other.voted_class) == ("medium", None, "")
    assert meeting.votes.count() == 0


def test_a_vote_needs_a_score(cell, an_phu):
    meeting = ready(cell)

    assert (
        refused(lambda: actions.record_class_vote(meeting, in_favour=9, by=cell.secretary))
        == "not_agreed"
    )


def test_weak_criteria_and_remedies_are_kept_with_the_score(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)

    sheet = actions.write_remedies(meeting, text=" Mời cả tổ phát biểu. ", by=cell.secretary)

    assert sheet.remedies == "Mời cả tổ phát biểu."
    assert (
        refused(lambda: actions.write_remedies(meeting, text="MẬT", by=cell.secretary)) == "secret"
    )


def test_a_score_is_taken_back_with_its_vote(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)
    actions.record_class_vote(meeting, in_favour=9, by=cell.secretary)

    actions.take_back_score(meeting, by=cell.secretary)

    assert (ScoreSheet.objects.count(), meeting.votes.count()) == (0, 0)


def test_the_scorer_is_named_before_there_is_a_score(cell, an_phu):
    meeting = ready(cell)
    actions.name_scorer(meeting, scorer=cell.members[2], by=cell.secretary)
    sheet = scored(cell, meeting)

    assert sheet.scorer == cell.members[2]


def test_a_unit_of_figures_names_no_scorer_and_is_scored_by_its_totals():
    army = make_figures_only_cell()
    put_in_force("rb2")
    meeting = meetings.open_meeting(planned(army), started_at=at(3), by=army.secretary)
    figures = RollFigures(official=12, probationary=1, present=12, excused=1)
    meetings.take_roll_figures(meeting, figures=figures, by=army.secretary)

    filled = filled_sheet(meeting)
    points = {line.criterion.code: line.points for line in filled.now.lines}

    assert (points["2.1"], points["2.2"], points["4.5"]) == (4, None, None)
    with pytest.raises(Refusal) as refusal:
        actions.name_scorer(meeting, scorer=make_cell("CB9").members[0], by=army.secretary)
    assert refusal.value.code == "figures_only"


# The superior's class


def test_the_official_class_stands_beside_the_cell_s_own(cell, an_phu):
    sheet = ScoreSheet.objects.get(meeting=closed(cell))

    decided = actions.decide_class(sheet, klass="medium", reason="Gửi muộn", by=cell.officer)

    assert (decided.self_class, decided.official_class) == ("fair", "medium")
    assert (decided.official_reason, decided.decided_by) == ("Gửi muộn", cell.officer)
    assert decided.shown_class == "medium"


@pytest.mark.parametrize(
    ("klass", "reason", "code"),
    [
        ("medium", " ", "reason_missing"),
        ("best", "…", "no_such_class"),
        ("good", "TỐI MẬT", "secret"),
    ],
)
def test_a_class_without_reason_or_sense_is_refused(cell, an_phu, klass, reason, code):
    sheet = ScoreSheet.objects.get(meeting=closed(cell))

    assert refused(lambda: actions.decide_class(sheet, klass=klass, reason=reason, by=cell.officer)) == code  # fmt: skip


def test_nothing_is_decided_before_closing_or_without_a_class(cell, an_phu):
    sheet = scored(cell, ready(cell))
    assert (
        refused(lambda: actions.decide_class(sheet, klass="fair", by=cell.officer)) == "not_closed"
    )
    assert refused(lambda: actions.take_back_class(sheet, by=cell.officer)) == "not_decided"


def test_a_decided_class_can_be_changed_and_taken_back_and_the_trail_tells(cell, an_phu):
    meeting = closed(cell)
    sheet = ScoreSheet.objects.get(meeting=meeting)
    actions.decide_class(sheet, klass="fair", by=cell.officer)
    actions.decide_class(sheet, klass="poor", reason="Không có biên bản", by=cell.officer)

    back = actions.take_back_class(sheet, by=cell.officer)

    assert (back.official_class, back.decided_by) == ("", None)
    verbs = TrailLine.objects.filter(target_id=meeting.pk, verb__startswith="class").order_by("id")
    assert [(v.details.get("old"), v.details.get("new")) for v in verbs] == [
        ("", "fair"), ("fair", "poor"), ("poor", None),
    ]  # fmt: skip


def test_many_are_confirmed_together_and_those_kept_back_wait(cell, an_phu):
    others = [make_cell(f"C{n}", f"Chi bộ {n}") for n in range(3)]
    first, *rest = [closed(each) for each in (cell, *others)]
    open_one = make_cell("C9", "Chi bộ 9")
    scored(open_one, ready(open_one))

    count = actions.confirm_classes(
        Unit.objects.get(code="XA"), month=date(2024, 6, 1), but={first.pk}, by=cell.officer
    )

    assert count == 3
    decided = ScoreSheet.objects.exclude(official_class="").values_list("meeting_id", flat=True)
    assert sorted(decided) == sorted(meeting.pk for meeting in rest)
    line = TrailLine.objects.get(verb="classes decided together")
    assert line.details["count"] == 3


def test_confirming_takes_the_cell_s_vote_before_its_committee_s_word(cell, an_phu):
    meeting = ready(cell)
    scored(cell, meeting)
    actions.record_class_vote(meeting, in_favour=9, klass="medium", by=cell.secretary)
    meetings.close_minutes(meeting, by=cell.secretary)

    actions.confirm_classes(cell.unit, month=date(2024, 6, 1), by=cell.officer)

    assert ScoreSheet.objects.get().official_class == "medium"


def test_a_rule_that_judged_a_meeting_stays_what_it_was(cell, an_phu):
    """The score keeps the very value it was agreed by, though another is in force since."""
    from nennep.regulations.actions import replace_value

    sheet = scored(cell, ready(cell))
    content = dict(an_phu.value) | {"title": "Phiếu mới"}
    replace_value(
        an_phu, value=content, since=date(2024, 6, 2), basis=an_phu.basis, clause="mới",
        by=cell.officer,
    )  # fmt: skip

    assert RuleValue.objects.get(pk=sheet.rubric_id).value["title"] == an_phu.value["title"]


def test_who_scored_goes_along_when_two_entries_of_one_person_become_one(cell, an_phu):
    from nennep.members.actions import merge_duplicates

    meeting = ready(cell)
    keep, drop = cell.members[5], make_cell("CB7").members[5]
    actions.name_scorer(meeting, scorer=drop, by=cell.secretary)

    merge_duplicates(keep=keep, drop=drop, by=cell.secretary)

    assert ScoreSheet.objects.get().scorer == keep
