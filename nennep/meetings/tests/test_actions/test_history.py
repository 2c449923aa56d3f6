"""A year of a cell loaded in bulk equals the same year recorded action by action."""

from datetime import date, timedelta

import pytest

from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.models import NumberSeries
from nennep.meetings import actions
from nennep.meetings.actions import Absence
from nennep.meetings.actions.history import (
    PastExplanation,
    PastItem,
    PastLine,
    PastMeeting,
    PastResolution,
    PastRoll,
    PastVote,
    load_explanations,
    load_history,
)
from nennep.meetings.models import (
    AgendaItem,
    Attendance,
    Explanation,
    Meeting,
    Resolution,
    ResolutionItem,
    RollCall,
    Vote,
)
from nennep.meetings.queries.roll import roll_for
from nennep.meetings.rules.attendance import RollSheet, attendance_rows, strength_counts
from nennep.meetings.tests.factories import at, by, make_cell, make_figures_only_cell

pytestmark = pytest.mark.django_db
MOMENTS = {
    "closed_at", "declared_free_of_secrets_at", "steps_marked_at", "taken_at", "recorded_at",
    "answered_at",
}  # fmt: skip
SURROGATES = {"id", "public_id"}
TABLES = (Meeting, RollCall, Attendance, AgendaItem, Vote, Resolution, ResolutionItem, NumberSeries)


def _year():
    """(kind, day, absences by place on the roll, votes in favour) of a few months."""
    return [
        ("regular", at(3, month=1), {}, None),
        (
            "regular",
            at(5, month=2),
            {3: Absence("excused", "đi công tác"), 4: Absence("unexcused")},
            None,
        ),
        ("regular", at(4, month=3), {5: Absence("excused", "ốm")}, 2),
        ("thematic", at(20, month=3), {}, None),
        ("regular", at(3, month=4), {}, None),
        ("cell_committee", at(1, month=5), {}, None),
    ]


def _came(cell, kind, start):
    """In January the exempt members come as well."""
    if kind != "regular" or start.month != 1:
        return []
    return [e.member_id for e in roll_for(cell.unit, kind, start.date()) if e.status == "exempt"]


def _record(cell):
    """Every meeting of the year through the single actions."""
    for kind, start, absences, in_favour in _year():
        who, period = by(), start.date().replace(day=1)
        end = start + timedelta(minutes=95)
        meeting = actions.plan_meeting(
            cell.unit, kind=kind, period=period, planned_at=start, place="Nhà văn hóa thôn", by=who
        )
        item = actions.add_item(meeting, title="Vệ sinh môi trường", step="reg.discussion", by=who)
        actions.mark_papers_sent(meeting, at=start - timedelta(days=1), by=who)
        actions.open_meeting(meeting, started_at=start, minute_taker=cell.members[1], by=who)
        actions.take_roll(
            meeting,
            absences={cell.ids[n]: absence for n, absence in absences.items()},
            late=[cell.ids[2]],
            exempt_came=_came(cell, kind, start),
            by=who,
        )
        actions.who_spoke(meeting, ids=[cell.ids[0]], by=who)
        actions.mark_steps(meeting, skipped=["reg.criticism"] if kind == "regular" else [], by=who)
        actions.write_item(
            item, discussion="", conclusion="Dọn ngõ sáng chủ nhật", version=0, by=who
        )
        actions.set_dues(meeting, paid=8, due=9, by=who)
        actions.end_meeting(meeting, ended_at=end, by=who)
        if kind == "regular":
            paper = actions.write_resolution(meeting, summary="nhiệm vụ", by=who)
            actions.add_line(paper, what="Dọn ngõ", who=cell.members[3], due_on=end.date(), by=who)
            base = RollCall.objects.get(meeting=meeting).voting_base
            actions.record_vote(
                meeting, subject="resolution", question="", item=item,
                in_favour=base if in_favour is None else in_favour, by=who,
            )  # fmt: skip
        else:
            actions.write_resolution(meeting, summary="kết luận", by=who)
        actions.adopt_minutes(meeting, at=end, by=who)
        actions.declare_free_of_secrets(meeting, by=who)
        actions.close_minutes(meeting, by=who)
        actions.mark_finished_sent(meeting, at=end + timedelta(days=1), by=who)


def _past(cell):
    for kind, start, absences, in_favour in _year():
        end = start + timedelta(minutes=95)
        roll = roll_for(cell.unit, kind, start.date())
        came = frozenset(_came(cell, kind, start))
        sheet = RollSheet(
            {cell.ids[n]: absence for n, absence in absences.items()},
            frozenset([cell.ids[2]]),
            exempt_came=came,
        )
        strength = strength_counts(roll, came)
        base = strength.official - sum(strength[6:])
        is_regular = kind == "regular"
        lines = (PastLine("Dọn ngõ", who_id=cell.ids[3], due_on=end.date()),)
        yield PastMeeting(
            unit_id=cell.unit.pk,
            kind=kind,
            period=start.date().replace(day=1),
            planned_at=start,
            started_at=start,
            ended_at=end,
            closed_at=end,
            place="Nhà văn hóa thôn",
            roll=PastRoll(*strength),
            attendance=attendance_rows(roll, sheet, [cell.ids[0]]),
            chair_id=cell.ids[0],
            chair_name=cell.members[0].full_name,
            chair_post="secretary",
            minute_taker_id=cell.ids[1],
            minute_taker_name=cell.members[1].full_name,
            papers_sent_at=start - timedelta(days=1),
            finished_sent_at=end + timedelta(days=1),
            steps_marked_at=end,
            skipped_steps=["reg.criticism"] if is_regular else [],
            dues_paid=8,
            dues_due=9,
            declared_free_of_secrets_at=end,
            minutes_adopted_at=end,
            items=[
                PastItem("Vệ sinh môi trường", step=_step(kind), conclusion="Dọn ngõ sáng chủ nhật")
            ],
            votes=[PastVote("resolution", "", base if in_favour is None else in_favour, item=0)]
            if is_regular
            else [],
            resolutions=[PastResolution(summary="nhiệm vụ", lines=lines)]
            if is_regular
            else [PastResolution("KL", summary="kết luận", signing_style=_style(kind))],
        )


def _step(kind):
    return {"regular": "reg.discussion", "thematic": "them.discussion"}.get(kind, "")


def _style(kind):
    return "cell_committee" if kind == "cell_committee" else "cell"


def _contents(unit):
    """Every column that says something, of every row, keyed by what it belongs to."""
    return {model.__name__: sorted(_rows(model, unit), key=str) for model in TABLES}


def _rows(model, unit):
    names = [f.attname for f in model._meta.concrete_fields if f.name not in SURROGATES | MOMENTS]
    meetings = dict(Meeting.objects.filter(unit=unit).values_list("id", "started_at"))
    papers = {r.pk: (meetings.get(r.meeting_id), r.kind) for r in Resolution.objects.all()}
    items = {i.pk: (meetings.get(i.meeting_id), i.position) for i in AgendaItem.objects.all()}
    first_member = unit.members.order_by("pk").values_list("pk", flat=True).first()
    replaced = {
        "meeting_id": meetings.get,
        "resolution_id": papers.get,
        "item_id": items.get,
        "unit_id": lambda _: "",
        "term_id": lambda value: "" if value is None else "term",
    }
    for row in model.objects.all().values(*names):
        belongs = {
            "Meeting": lambda r: r["unit_id"] == unit.pk,
            "NumberSeries": lambda r: (
                r["term_id"] in set(unit.bodies.values_list("terms", flat=True))
            ),
            "ResolutionItem": lambda r: papers[r["resolution_id"]][0] is not None,
        }.get(model.__name__, lambda r: r.get("meeting_id") in meetings)
        if not belongs(row):
            continue
        shown = {name: replaced.get(name, lambda v: v)(value) for name, value in row.items()}
        for name in ("member_id", "chair_id", "minute_taker_id", "who_id"):
            if shown.get(name):
                shown[name] -= first_member
        yield shown


@pytest.mark.parametrize(
    "shape", [{"exempt": 1, "away": 1, "suspended": 1}, {"official": 2, "probationary": 7}]
)
def test_a_cell_loaded_in_bulk_equals_the_same_cell_recorded_action_by_action(shape):
    one, two = (
        make_cell("MOT", **({"official": 9} | shape)),
        make_cell("HAI", **({"official": 9} | shape)),
    )
    _record(one)
    before = TrailLine.objects.count()
    loaded = load_history(_past(two), by=by())
    assert TrailLine.objects.count() == before + 1
    assert loaded.meetings == 6
    recorded, in_bulk = _contents(one.unit), _contents(two.unit)
    for table, rows in recorded.items():
        assert rows, table
        assert in_bulk[table] == rows, table


def test_numbers_go_on_after_what_is_there():
    cell = make_cell("MOT", official=9, exempt=1)
    past = list(_past(cell))
    load_history(past[:2], by=by())
    load_history(past[2:5], by=by())
    symbols = Resolution.objects.order_by("pk").values_list("symbol", flat=True)
    assert list(symbols) == ["01-NQ/CB", "02-NQ/CB", "", "01-KL/CB", "03-NQ/CB"]
    assert NumberSeries.objects.get(kind="NQ").last == 3


def test_meetings_of_a_cell_come_in_the_order_they_were_held():
    past = list(_past(make_cell("MOT", official=9, exempt=1)))
    with pytest.raises(Refusal) as no:
        load_history(reversed(past), by=by())
    assert no.value.code == "out_of_order"
    assert Meeting.objects.count() == 0


def test_secret_texts_are_refused_in_bulk_as_well():
    import dataclasses

    past = next(iter(_past(make_cell("MOT", official=9, exempt=1))))
    with pytest.raises(Refusal) as no:
        load_history([dataclasses.replace(past, closing_text="TỐI MẬT\nnội dung")], by=by())
    assert no.value.code == "secret"


def test_a_figures_only_cell_is_loaded_with_totals():
    cell = make_figures_only_cell()
    load_history(
        [
            PastMeeting(
                unit_id=cell.unit.pk, kind="regular", period=date(2024, 6, 1), started_at=at(3),
                ended_at=at(3, 21), closed_at=at(3, 21), attendance=(),
                roll=PastRoll(12, 1, typed=(11, 1, 1)),
            )
        ],
        by=by(),
    )  # fmt: skip
    roll_call = RollCall.objects.get()
    assert (roll_call.required, roll_call.present, roll_call.is_typed) == (13, 11, True)


def test_explanations_are_loaded_in_bulk():
    cell = make_cell()
    load_explanations(
        [
            PastExplanation(cell.unit.pk, "regular", date(2024, 3, 1), "lũ", at(9, month=3)),
            PastExplanation(
                cell.unit.pk,
                "regular",
                date(2024, 4, 1),
                "bầu cử",
                at(9, month=4),
                True,
                "",
                at(10, month=4),
            ),
        ],
        by=by(),
    )
    waiting, answered = Explanation.objects.order_by("period")
    assert (waiting.is_accepted, waiting.answered_by) == (None, None)
    assert (answered.is_accepted, answered.answered_by) == (True, by())
