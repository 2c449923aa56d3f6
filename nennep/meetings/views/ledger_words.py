"""How a row of the ledger is said: a word, a shape, a tone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from nennep.core.text import vn_date
from nennep.meetings.choices import LedgerKind, Outcome
from nennep.meetings.queries.ledger import LedgerRow, Row

TONES = {
    Outcome.HELD: ("good", "dot"),
    Outcome.LATE: ("warn", "half"),
    Outcome.EXCUSED: ("info", "ring"),
    Outcome.WAITING: ("info", "half"),
    Outcome.SILENT: ("bad", "square"),
    Outcome.PENDING: ("neutral", "ring"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A row as a page shows it."""

    kind: LedgerKind
    month: date
    outcome: Outcome
    is_overdue: bool
    held_on: date | None
    meeting: UUID | None

    @property
    def word(self) -> str:
        return _("Overdue") if self.is_overdue else str(self.outcome.label)

    @property
    def tone(self) -> str:
        return "warn" if self.is_overdue else TONES[self.outcome][0]

    @property
    def shape(self) -> str:
        return "triangle" if self.is_overdue else TONES[self.outcome][1]

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def is_to_come(self) -> bool:
        return self.outcome == Outcome.PENDING and not self.is_overdue

    @property
    def needs_words(self) -> bool:
        """Nothing was reported of it, or it is overdue: a reason may be given."""
        return self.outcome == Outcome.SILENT or self.is_overdue

    @property
    def alarm(self) -> str:
        return _("%(kind)s of %(month)s: %(word)s.") % {
            "kind": self.kind_label,
            "month": f"{self.month.month}/{self.month.year}",
            "word": self.word.lower(),
        }

    @property
    def held(self) -> str:
        return vn_date(self.held_on)


def said_of(row: Row, month: date, today: date) -> Said:
    expected = row.expected
    return Said(
        expected.kind,
        month,
        expected.outcome(today),
        expected.is_overdue(today),
        expected.held_on,
        row.meeting.public_id if row.meeting else None,
    )


def said_in(row: LedgerRow, month: date) -> Said:
    return Said(row.kind, month, row.outcome, row.is_overdue, row.held_on, row.meeting)
