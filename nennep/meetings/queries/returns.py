"""Whether the figures of past meetings can be entered: each looked at beside what is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.periods import month_index, month_of
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.meetings.choices import SATISFY_REGULAR, MeetingKind
from nennep.meetings.models import Explanation, Meeting
from nennep.meetings.queries.in_force import hanoi_day
from nennep.meetings.queries.roll import figures_sentence
from nennep.meetings.queries.timelines import timelines
from nennep.meetings.rules.figures import RollFigures, problem_with
from nennep.meetings.rules.returns import FARTHEST_MONTHS, LONGEST, PaperReason, PaperReturn

FIGURES = tuple(RollFigures.__dataclass_fields__)
COLUMNS = (
    "unit_id", "kind", "period", "public_id", "planned_at", "started_at", "ended_at", "closed_at",
    "is_return", "pk", "roll_call__required", *(f"roll_call__{name}" for name in FIGURES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    """A meeting of the cell that stands and is not cancelled; `figures` are those of its roll call."""

    kind: str
    held_on: date | None
    started_at: datetime | None
    ended_at: datetime | None
    is_closed: bool
    is_return: bool
    public_id: UUID | None
    figures: tuple[int, ...] | None

    @property
    def is_begun(self) -> bool:
        """A meeting that is only on the plan has nothing recorded of it yet."""
        return self.started_at is not None

    @property
    def present(self) -> int:
        return self._count("present")

    @property
    def required(self) -> int:
        return sum(map(self._count, ("present", "excused", "unexcused")))

    def _count(self, name: str) -> int:
        return self.figures[FIGURES.index(name)] if self.figures else 0


class KnownMonths:
    """What is recorded of these cells between two months. Five queries, however many cells."""

    def __init__(self, cell_ids: Collection[int], first: date, last: date) -> None:
        ids = list(cell_ids)
        self._now = clock.now()
        self._lives = timelines(ids)
        self._meetings: dict[tuple[int, date], list[KnownMeeting]] = defaultdict(list)
        meetings = Meeting.objects.live().filter(unit_id__in=ids, period__range=(first, last))
        for row in meetings.order_by("pk").values(*COLUMNS):
            self._meetings[row["unit_id"], row["period"]].append(_known(row))
        reasons = Explanation.objects.filter(unit_id__in=ids, period__range=(first, last))
        self._reasons = {
            (unit_id, kind, period): reason
            for unit_id, kind, period, reason in reasons.values_list(
                "unit_id", "kind", "period", "reason"
            )
        }

    def meetings(self, unit_id: int, period: date, kinds: Iterable[str]) -> list[KnownMeeting]:
        return [m for m in self._meetings.get((unit_id, period), ()) if m.kind in set(kinds)]

    def reason(self, unit_id: int, kind: str, period: date) -> str:
        return self._reasons.get((unit_id, kind, period), "")

    def had_committee(self, unit_id: int, day: date) -> bool:
        life = self._lives.get(unit_id)
        return life is not None and life.had_committee_on(day)

    def is_there(self, said: PaperReturn) -> bool:
        """Whether exactly this was entered before: sent twice, it counts once."""
        figures = tuple(getattr(said.figures, name) for name in FIGURES)
        return any(
            m.is_closed
            and m.kind == said.kind
            and (m.started_at, m.ended_at, m.figures) == (said.started_at, said.ended_at, figures)
            for m in self._meetings.get((said.unit_id, said.period), ())
        )

    def refuse(self, said: PaperReturn) -> None:
        """Raises the refusal of what contradicts itself or what is recorded."""
        self._refuse_times(said)
        day = hanoi_day(said.started_at)
        self._refuse_place(said, day)
        if problem := problem_with(said.figures):
            raise Refusal(figures_sentence(problem), code=f"figures_{problem}", field="present")
        self._refuse_another(said, day)

    def note(self, said: PaperReturn) -> None:
        """It counts as recorded for what is looked at after it."""
        self._meetings[said.unit_id, said.period].append(
            KnownMeeting(
                said.kind, hanoi_day(said.started_at), said.started_at, said.ended_at,
                is_closed=True, is_return=True, public_id=None,
                figures=tuple(getattr(said.figures, name) for name in FIGURES),
            )
        )  # fmt: skip

    def refuse_reason(self, said: PaperReason) -> bool:
        """Whether the same reason was recorded before; refuses another one, and one for what was held."""
        kinds = SATISFY_REGULAR if said.kind == MeetingKind.REGULAR else {said.kind}
        if any(m.is_closed for m in self.meetings(said.unit_id, said.period, kinds)):
            raise Refusal(
                _("A meeting of this month is recorded. Leave the reason empty."),
                code="held_after_all",
                field="reason",
            )
        known = self.reason(said.unit_id, said.kind, said.period)
        if known and known != said.reason:
            raise Refusal(
                _(
                    "A reason is recorded already: “%(reason)s”. The cell changes it on its own page."
                )
                % {"reason": known},
                code="another_reason",
                field="reason",
            )
        return bool(known)

    def _refuse_times(self, said: PaperReturn) -> None:
        if said.ended_at <= said.started_at:
            raise Refusal(
                _("The meeting cannot end before it starts. Check the two times."),
                code="end_before_start",
                field="end",
            )
        if said.ended_at - said.started_at >= LONGEST:
            raise Refusal(
                _("The meeting cannot have lasted longer than a day. Check the day of its end."),
                code="too_long",
                field="end",
            )
        if said.ended_at > self._now:
            raise Refusal(
                _("%(day)s has not come yet. Only what happened is entered.")
                % {"day": vn_date(hanoi_day(said.ended_at))},
                code="in_future",
                field="day",
            )

    def _refuse_place(self, said: PaperReturn, day: date) -> None:
        life = self._lives.get(said.unit_id)
        if life is None or life.place_on(day) is None:
            raise Refusal(
                _("There was no such cell on %(day)s. Give a day within its life.")
                % {"day": vn_date(day)},
                code="cell_not_living",
                field="day",
            )
        if abs(month_index(month_of(day)) - month_index(said.period)) > FARTHEST_MONTHS:
            raise Refusal(
                _("The day %(day)s is far from the month %(month)s. Check the day or the month.")
                % {"day": vn_date(day), "month": f"{said.period.month}/{said.period.year}"},
                code="period_far_from_day",
                field="day",
            )
        if said.kind == MeetingKind.CELL_COMMITTEE and not life.had_committee_on(day):
            raise Refusal(
                _("The cell had no cell committee on %(day)s.") % {"day": vn_date(day)},
                code="no_cell_committee",
                field="day",
            )

    def _refuse_another(self, said: PaperReturn, day: date) -> None:
        if said.kind in SATISFY_REGULAR:
            others = self.meetings(said.unit_id, said.period, SATISFY_REGULAR)
        else:
            others = [
                m
                for m in self.meetings(said.unit_id, said.period, {said.kind})
                if m.held_on in {day, None} or not m.is_closed
            ]
        if not others:
            return
        if others[0].is_closed:
            sentence = _(
                "It is recorded already, held on %(day)s, with other figures. Take that one back, or"
                " correct it on its own page."
            ) % {"day": vn_date(others[0].held_on)}
        elif others[0].is_begun:
            sentence = _(
                "The cell keeps this meeting here itself and has not closed its minutes yet."
            )
        else:
            sentence = _("The cell has planned this meeting here and records it itself.")
        raise Refusal(sentence, code="recorded_otherwise", field="day")


def _known(row: dict[str, Any]) -> KnownMeeting:
    figures = None
    if row["roll_call__required"] is not None:
        figures = tuple(int(row[f"roll_call__{name}"]) for name in FIGURES)
    started = row["started_at"]
    return KnownMeeting(
        row["kind"], hanoi_day(started) if started else None, started, row["ended_at"],
        is_closed=row["closed_at"] is not None, is_return=row["is_return"],
        public_id=row["public_id"], figures=figures,
    )  # fmt: skip
