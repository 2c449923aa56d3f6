"""What of a meeting is “không đúng quy định”, with the clause each mark rests on."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from nennep.core.text import vn_date, vn_number, vn_percent
from nennep.meetings.choices import SATISFY_REGULAR, SATISFY_THEMATIC, MeetingKind
from nennep.meetings.models import Meeting, RollCall
from nennep.meetings.queries.in_force import day_of, hanoi_day, rules_of
from nennep.meetings.queries.votes import voting_base
from nennep.meetings.rules import MeetingRules
from nennep.meetings.rules.attendance import falls_short
from nennep.meetings.rules.ledger import last_day_in_time
from nennep.meetings.rules.length import planned_length
from nennep.meetings.rules.marks import HeldFacts, Mark, MarkKind, marks_of
from nennep.meetings.rules.votes import cannot_reach_majority
from nennep.members.queries import strength_on
from nennep.regulations.rules import InForce, RuleSource


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A mark in words; `source` names the document, its clause and whether it was checked."""

    kind: str
    sentence: str
    source: RuleSource | None


def marks(meeting: Meeting, rule: InForce[MeetingRules] | None = None) -> list[ShownMark]:
    """Recorded all the same: a mark never stands in the way."""
    rule = rule or rules_of(meeting)
    roll_call = roll_call_of(meeting)
    facts = HeldFacts(
        kind=meeting.kind,
        strength=roll_call.strength if roll_call else None,
        official=roll_call.official if roll_call else None,
        minutes=meeting.minutes_long,
        held_on=meeting.held_on,
        papers_sent_on=hanoi_day(meeting.papers_sent_at) if meeting.papers_sent_at else None,
        finished_sent_on=hanoi_day(meeting.finished_sent_at) if meeting.finished_sent_at else None,
    )
    return [
        ShownMark(mark.kind.value, _sentence(mark), rule.source_of(mark.rule))
        for mark in marks_of(facts, rule.values)
    ]


def plan_marks(meeting: Meeting, rule: InForce[MeetingRules] | None = None) -> list[ShownMark]:
    """What of a plan will not be as the rules ask; nothing of it stands in the way."""
    rule = rule or rules_of(meeting)
    found = []
    planned, short_of = planned_length(
        meeting.kind, meeting.planned_minutes, _strength(meeting, rule), rule.values
    )
    if short_of is not None and planned is not None:
        sentence = _(
            "The meeting is planned for %(found)s minutes; at least %(asked)s are asked."
        ) % {"found": vn_number(planned), "asked": vn_number(short_of.minutes)}
        found.append(ShownMark("planned_short", sentence, rule.source_of(short_of.rule)))
    if last_day := _missed_last_day(meeting, rule.values):
        sentence = _("The last day in time is %(day)s: held as planned, it will count as late.") % {
            "day": vn_date(last_day)
        }
        found.append(ShownMark("planned_late", sentence, rule.source_of("grace_days")))
    return found


def _strength(meeting: Meeting, rule: InForce[MeetingRules]) -> int:
    """Asked only where a very small cell has a length of its own."""
    if meeting.planned_minutes is None or rule.values.small_cell_members is None:
        return 0
    return strength_on([meeting.unit_id], day_of(meeting))[meeting.unit_id].total


def _missed_last_day(meeting: Meeting, rules: MeetingRules) -> date | None:
    if meeting.kind not in SATISFY_REGULAR or meeting.planned_at is None or rules.due_day is None:
        return None
    last_day = last_day_in_time(meeting.period, rules)
    return last_day if hanoi_day(meeting.planned_at) > last_day else None


def attendance_mark(meeting: Meeting) -> ShownMark | None:
    """A roll call that misses the criterion on attendance: good to know while people are there."""
    roll_call = roll_call_of(meeting)
    if roll_call is None or meeting.kind not in SATISFY_REGULAR | SATISFY_THEMATIC:
        return None
    rule = rules_of(meeting)
    share, bound = rule.values.attendance_share, rule.values.attendance_bound
    if share is None or not falls_short(
        roll_call.present, roll_call.required, roll_call.unexcused,
        share=share, bound=bound, no_unexcused=rule.values.no_unexcused,
    ):  # fmt: skip
        return None
    sentence = _(
        "%(present)s of %(required)s members required are here (%(attained)s), %(unexcused)s absent"
        " without a reason; the criterion is %(bound)s %(share)s."
    ) % {
        "present": roll_call.present,
        "required": roll_call.required,
        "attained": vn_percent(Fraction(roll_call.present, roll_call.required)),
        "unexcused": roll_call.unexcused,
        "bound": bound or "≥",
        "share": vn_percent(share),
    }
    return ShownMark("attendance", sentence, rule.source_of("attendance_share"))


def roll_call_of(meeting: Meeting) -> RollCall | None:
    found: RollCall | None = getattr(meeting, "roll_call", None)
    return found


def majority_warning(
    meeting: Meeting, voters_present: int, rule: InForce[MeetingRules] | None = None
) -> str:
    """A warning, never a bar: no quorum to open a meeting is known."""
    roll_call = roll_call_of(meeting)
    if roll_call is None or meeting.kind == MeetingKind.CELL_COMMITTEE:
        return ""
    rule = rule or rules_of(meeting)
    base = voting_base(meeting, roll_call, rule.values).count
    if not cannot_reach_majority(voters_present, base, rule.values):
        return ""
    return _(
        "Only %(present)s of %(base)s members who count in a vote are here: no resolution can pass"
        " today. The meeting itself may go on."
    ) % {"present": voters_present, "base": base}


def _sentence(mark: Mark) -> str:
    asked, found = vn_number(mark.asked), vn_number(mark.found)
    return {
        MarkKind.TOO_SHORT: _(
            "The meeting lasted %(found)s minutes; at least %(asked)s are asked."
        ),
        MarkKind.COMBINED_TOO_SHORT: _(
            "Both parts together lasted %(found)s minutes; at least %(asked)s are asked."
        ),
        MarkKind.TOO_FEW_OFFICIAL: _(
            "The cell has %(found)s official members; at least %(asked)s are asked for it to decide."
        ),
        MarkKind.PAPERS_LATE: _(
            "Papers were sent %(found)s days before the meeting; at least %(asked)s are asked."
        ),
        MarkKind.FINISHED_LATE: _(
            "The finished papers went out %(found)s days after; at most %(asked)s are asked."
        ),
    }[mark.kind] % {"asked": asked, "found": found}
