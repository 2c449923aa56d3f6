"""What is alive on the day the demonstration stands on: plans, a topic, a rule of one place."""

from datetime import date, datetime, timedelta

from nennep.accounts.models import User
from nennep.demo.examples import enter_examples
from nennep.demo.plan.calendar import moment
from nennep.demo.plan.tree import Tree
from nennep.demo.plan.words import STANDS_ON
from nennep.meetings.actions import plan_meeting, prepare, set_topic
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit
from nennep.regulations.choices import BasisKind

THIS_MONTH = STANDS_ON.replace(day=1)
NEXT_MONTH = date(2024, 7, 1)
TOPIC = "Quán triệt kết quả sơ kết 3 năm thực hiện Đề án số 11-ĐA/TU và nhiệm vụ thời gian tới"
NOTE = "Quy định riêng của ví dụ minh họa, không có thật."


def set_due_day(tree: Tree, first_month: date, *, by: User) -> None:
    """One committee has a due day of its own, invented and marked so: there “late” has a meaning."""
    for household in tree.households:
        if not household.has_due_day:
            continue
        unit = Unit.objects.get(code=household.head.code)
        enter_examples(
            unit,
            {"meetings.due_day": 5, "meetings.grace_days": 8},
            symbol="01-QĐ/ĐU",
            kind=BasisKind.DECISION,
            title="Quy định riêng của ví dụ minh họa về ngày sinh hoạt chi bộ",
            note=NOTE,
            since=first_month,
            by=by,
        )


def plan_what_comes(tree: Tree, *, by: User) -> None:
    """June's meetings still to come in the first commune, and July's of the accounts' own cell."""
    set_topic(
        Unit.objects.get(code="SOCSON"),
        title=TOPIC,
        first_month=THIS_MONTH,
        last_month=date(2024, 9, 1),
        by=by,
    )
    for number, cell in enumerate(tree.households[0].cells):
        unit = Unit.objects.get(code=cell.code)
        if cell.code != tree.own_cell.code and not _has_met(unit):
            day = STANDS_ON + timedelta(days=2 + number % 10)
            _plan(unit, THIS_MONTH, moment(day, 19 * 60 + 30), by)
    unit = Unit.objects.get(code=tree.own_cell.code)
    for kind, day, hour in (
        (MeetingKind.CELL_COMMITTEE, date(2024, 7, 1), 19),
        (MeetingKind.REGULAR, date(2024, 7, 3), 20),
    ):
        meeting = plan_meeting(
            unit,
            kind=kind,
            period=NEXT_MONTH,
            planned_at=moment(day, hour * 60),
            place="Nhà văn hóa thôn",
            by=by,
        )
        if kind == MeetingKind.REGULAR:
            prepare(meeting, by=by)


def _has_met(unit: Unit) -> bool:
    return Meeting.objects.filter(
        unit=unit, period=THIS_MONTH, kind__in=["regular", "combined"]
    ).exists()


def _plan(unit: Unit, period: date, planned_at: datetime, by: User) -> None:
    plan_meeting(
        unit,
        kind=MeetingKind.REGULAR,
        period=period,
        planned_at=planned_at,
        place="Nhà văn hóa",
        by=by,
    )
