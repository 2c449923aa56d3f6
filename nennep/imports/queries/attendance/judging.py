"""The verdict on each row of a list of who attended, and on everybody whom it does not name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from nennep.imports.choices import Verdict
from nennep.imports.queries.attendance.people import Called, People
from nennep.imports.queries.attendance.rows import (
    ABSENT,
    EXCUSED,
    PRESENT,
    UNEXCUSED,
    CalledRow,
    read_rows,
)
from nennep.imports.queries.members.known import same_name
from nennep.imports.queries.reading import Cells, Source
from nennep.imports.rules import Judged, Problem
from nennep.meetings.choices import Presence
from nennep.meetings.models import Meeting

# What a person is asked once for the whole file, and of single rows.
REST, WHO = "rest", "who"
# Who is not named stays as the roll call has them.
KEPT = "kept"
NOBODY = 0
NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class CalledPlan:
    """How one member is to stand in the roll call of the meeting."""

    meeting_id: int
    member_id: int
    is_exempt: bool
    presence: str
    reason: str = ""
    is_late: bool = False
    left_early: bool = False


def judge_attendance(source: Source, cells: Cells, meeting: Meeting) -> Iterator[Judged]:
    judge = _Judge(source, cells, meeting)
    yield from judge.rows()
    yield from judge.rest()


def namesakes_in(
    source: Source, cells: Cells, meeting: Meeting
) -> dict[int, tuple[str, list[Called]]]:
    """By row that does not say who is meant: what it is called, and who it may be about."""
    judge = _Judge(source, cells, meeting)
    return {row.number: (row.name, judge.people.named(row.name)) for row in judge.unclear()}


class _Judge:
    def __init__(self, source: Source, cells: Cells, meeting: Meeting) -> None:
        self._cells, self._meeting, self._head_row = cells, meeting, source.head_row
        self.people = People(meeting)
        self._answered = dict(cells.answers.people)
        self._said = list(read_rows(cells, source.rows()))
        self._whom: dict[int, Called | None] = {}
        self._asked: dict[int, Sequence[Called]] = {}
        self._find()
        self._seen: dict[int, CalledRow] = {}

    def unclear(self) -> list[CalledRow]:
        """Rows to which a person has to say, or has said, whom they are about."""
        known = self._answered
        return [r for r in self._said if r.number in self._asked or r.number in known]

    # --- whom a row is about --------------------------------------------------------------------

    def _find(self) -> None:
        together: dict[str, list[CalledRow]] = defaultdict(list)
        for row in self._said:
            found = self.people.candidates(row)
            if row.number in self._answered:
                self._whom[row.number] = self.people.by_id.get(self._answered[row.number])
            elif len(found) == 1:
                self._whom[row.number] = found[0]
            elif found:
                together[same_name(row.name)].append(row)
            elif named := self.people.named(row.name):
                self._asked[row.number] = named
        for rows in together.values():
            self._tell_apart(rows)

    def _tell_apart(self, rows: list[CalledRow]) -> None:
        """As many rows as people, all saying the same: it does not matter which row is whose."""
        found = self.people.candidates(rows[0])
        says_the_same = len({row.said for row in rows}) == 1
        for row, called in zip(rows, found, strict=False):
            if len(rows) == len(found) and says_the_same:
                self._whom[row.number] = called
        for row in rows:
            if row.number not in self._whom:
                self._asked[row.number] = self.people.named(row.name)

    # --- verdicts -------------------------------------------------------------------------------

    def rows(self) -> Iterator[Judged]:
        for row in self._said:
            self._cells.begin(self._cells.row._replace(number=row.number))
            self._cells.problems = row.problems
            yield self._row(row)

    def _row(self, row: CalledRow) -> Judged:
        called = self._whom.get(row.number)
        if row.problems:
            return self._faulty(row)
        if row.number in self._asked:
            return self._ask_who(row)
        if called is None:
            said = _("Not on the roll of the meeting's day: left out.")
            return Judged(row.number, Verdict.OUTSIDE, row.name, said)
        if (first := self._seen.setdefault(called.id, row)) is not row:
            return self._again(row, first)
        return self._judge(row, called)

    def _ask_who(self, row: CalledRow) -> Judged:
        said = _(
            "There are several of this name, or the birth date differs: %(people)s. Say who it is."
        )
        people = "; ".join(called.label for called in self._asked[row.number])
        self._cells.no("full_name", said % {"people": people}, WHO)
        return self._faulty(row)

    def _again(self, row: CalledRow, first: CalledRow) -> Judged:
        if row.said == first.said:
            said = _("The same as row %(row)s.") % {"row": first.number}
            return Judged(row.number, Verdict.SAME, row.name, said)
        said = _("Row %(row)s says something else of the same member. Delete one of the two rows.")
        self._cells.no("full_name", said % {"row": first.number})
        return self._faulty(row)

    def _judge(self, row: CalledRow, called: Called) -> Judged:
        entry = called.entry
        if not (entry.is_required or entry.is_exempt):
            said = _("%(status)s: not called.") % {"status": entry.status.label}
            return Judged(row.number, Verdict.OUTSIDE, row.name, said)
        if entry.is_exempt:
            return self._judge_exempt(row, called)
        presence = self._presence(row)
        if presence is None:
            return self._faulty(row)
        plan = self._plan(
            called, presence, reason=row.reason, is_late=row.is_late, left_early=row.left_early
        )
        return self._compared(row.number, row.name, called, plan, is_online=row.is_online)

    def _judge_exempt(self, row: CalledRow, called: Called) -> Judged:
        """An exempt member who came is recorded; one who did not is called by nobody."""
        if row.presence != PRESENT:
            return Judged(row.number, Verdict.SAME, row.name, _("exempt: need not attend"))
        plan = self._plan(called, PRESENT, is_late=row.is_late, left_early=row.left_early)
        return self._compared(row.number, row.name, called, plan, is_online=row.is_online)

    def _presence(self, row: CalledRow) -> str | None:
        """None, with the problem noted, where the row does not say it."""
        if row.presence != ABSENT:
            if not row.presence:
                key = next(
                    (k for k in ("presence", PRESENT, EXCUSED) if self._cells.has(k)), "full_name"
                )
                self._cells.no(key, _("Say whether this member was present or absent."))
            return row.presence or None
        if row.reason:
            return EXCUSED
        if not self._cells.answers.absent:
            key = next(
                (k for k in ("presence", ABSENT, "checked_in") if self._cells.has(k)), PRESENT
            )
            self._cells.no(key, _("Absent: the file does not say whether with a reason."), ABSENT)
        return self._cells.answers.absent or None

    def _plan(
        self,
        called: Called,
        presence: str,
        *,
        reason: str = "",
        is_late: bool = False,
        left_early: bool = False,
    ) -> CalledPlan:
        """What the row does not say stays as it is recorded."""
        plan = CalledPlan(
            self._meeting.pk,
            called.id,
            called.entry.is_exempt,
            presence,
            reason,
            is_late,
            left_early,
        )
        recorded = called.recorded
        if recorded is None or recorded.presence != presence:
            return plan
        return replace(
            plan,
            reason=reason or recorded.reason,
            is_late=is_late or recorded.came_late,
            left_early=left_early or recorded.left_early,
        )

    def _compared(
        self, number: int, name: str, called: Called, plan: CalledPlan, *, is_online: bool = False
    ) -> Judged:
        said = _said(plan, is_online=is_online)
        recorded = called.recorded
        if recorded is None:
            return Judged(number, Verdict.NEW, name, said, plan=plan)
        before = _said(
            replace(
                plan, presence=recorded.presence, reason=recorded.reason,
                is_late=recorded.came_late, left_early=recorded.left_early,
            )
        )  # fmt: skip
        if before == _said(plan):
            return Judged(number, Verdict.SAME, name, said)
        note = _("recorded: %(before)s; the file: %(said)s") % {"before": before, "said": said}
        return Judged(number, Verdict.CHANGED, name, note, plan=plan)

    def _faulty(self, row: CalledRow) -> Judged:
        return Judged(row.number, Verdict.ERROR, row.name, problems=tuple(self._cells.problems))

    # --- who is not named -----------------------------------------------------------------------

    def rest(self) -> Iterator[Judged]:
        """Everybody who had to come and is in no row: one question for all of them."""
        named = {called.id for called in self._whom.values() if called is not None}
        named |= {called.id for found in self._asked.values() for called in found}
        left = [c for c in self.people.all if c.entry.is_required and c.id not in named]
        answer = self._cells.answers.rest
        if not left or (answer == KEPT and self.people.is_taken):
            return
        if answer not in Presence.values:
            yield self._ask_of(left)
            return
        for called in left:
            judged = self._compared(0, called.entry.name, called, self._plan(called, answer))
            yield judged._replace(note=_("not in the file; %(said)s") % {"said": judged.note})

    def _ask_of(self, left: list[Called]) -> Judged:
        names = ", ".join(called.entry.name for called in left[:NAMED_AT_MOST])
        said = _(
            "%(count)s members who had to attend are not in the file (%(names)s). Say how they count."
        )
        more = f"{names} …" if len(left) > NAMED_AT_MOST else names
        self._cells.begin(self._cells.row._replace(number=self._head_row))
        self._cells.no("full_name", said % {"count": len(left), "names": more}, REST)
        problems: tuple[Problem, ...] = tuple(self._cells.problems)
        return Judged(self._head_row, Verdict.ERROR, _("Not in the file"), problems=problems)


def _said(plan: CalledPlan, *, is_online: bool = False) -> str:
    words = [str(Presence(plan.presence).label)]
    if plan.is_exempt:
        words.append(_("exempt, and came"))
    if is_online:
        words.append(_("online"))
    if plan.is_late:
        words.append(_("came late"))
    if plan.left_early:
        words.append(_("left early"))
    if plan.reason and plan.presence in {EXCUSED, UNEXCUSED}:
        words.append(plan.reason)
    return ", ".join(words)
