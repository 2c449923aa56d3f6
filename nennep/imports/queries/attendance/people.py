"""The roll of a meeting's day, found by name, and what its roll call has so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from nennep.core import sealed_texts
from nennep.core.text import vn_date
from nennep.imports.queries.attendance.rows import CalledRow
from nennep.imports.queries.members.known import same_name
from nennep.meetings.models import Attendance, Meeting
from nennep.meetings.queries.roll import roll_of
from nennep.members.models import Member
from nennep.members.queries import CARD, RollEntry


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody on the roll of that day, with what tells two of one name apart."""

    entry: RollEntry
    birth_date: date | None
    birth_year: int
    card_mark: str
    recorded: Attendance | None

    @property
    def id(self) -> int:
        return self.entry.member_id

    @property
    def label(self) -> str:
        born = vn_date(self.birth_date) if self.birth_date else str(self.birth_year)
        return f"{self.entry.name} ({born})"

    def was_born_as(self, row: CalledRow) -> bool:
        """Nothing contradicts it; what one of the two does not know contradicts nothing."""
        if row.birth_year is None:
            return True
        days_differ = self.birth_date and row.birth_date and self.birth_date != row.birth_date
        return self.birth_year == row.birth_year and not days_differ


class People:
    """Four queries more than the roll itself, however many there are."""

    def __init__(self, meeting: Meeting) -> None:
        roll = roll_of(meeting)
        recorded = {row.member_id: row for row in Attendance.objects.filter(meeting=meeting)}
        self.is_taken = hasattr(meeting, "roll_call")
        facts = Member.objects.in_bulk([entry.member_id for entry in roll])
        self.all = [
            Called(
                entry, facts[entry.member_id].birth_date, facts[entry.member_id].birth_year,
                facts[entry.member_id].card_mark, recorded.get(entry.member_id),
            )
            for entry in roll
        ]  # fmt: skip
        self.by_id = {called.id: called for called in self.all}
        self._by_name: dict[str, list[Called]] = defaultdict(list)
        for called in self.all:
            self._by_name[same_name(called.entry.name)].append(called)

    def named(self, name: str) -> list[Called]:
        return self._by_name.get(same_name(name), [])

    def candidates(self, row: CalledRow) -> list[Called]:
        """Who a row may be about: by the card number alone, else by name, and by birth where it is known."""
        if row.card:
            mark = sealed_texts.blind(row.card, purpose=CARD)
            held = [called for called in self.all if called.card_mark == mark]
            if held:
                return held
        return [called for called in self.named(row.name) if called.was_born_as(row)]
