"""Who counts, as arithmetic: standing, exemption, stay and suspension of one day → the counts.

The words are those of “Who counts” in the definitions that bind every app.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from nennep.members.choices import RollStatus

DAY = timedelta(days=1)
OLDEST_BIRTH_YEAR = 1900
# No rule on the form of a card number was found: wide bounds of this software [D].
SHORTEST_CARD, LONGEST_CARD = 4, 20
PHONE_SIGNS = frozenset("0123456789+.() -/")

Span = tuple[date, date | None]


class Counted(Protocol):
    @property
    def status(self) -> RollStatus: ...
    @property
    def is_official(self) -> bool: ...
    @property
    def is_exempt(self) -> bool: ...
    @property
    def is_away(self) -> bool: ...
    @property
    def is_suspended(self) -> bool: ...


def status_of(
    *,
    is_guest: bool = False,
    is_exempt: bool = False,
    is_away: bool = False,
    is_suspended: bool = False,
) -> RollStatus:
    """The one word for a person towards a cell on a day, where several could be said.

    A guest is here temporarily whatever holds at home. Suspension outweighs a stay elsewhere, and
    that outweighs exemption: an exempt member may come and vote, the two others may not.
    """
    if is_guest:
        return RollStatus.HERE
    if is_suspended:
        return RollStatus.SUSPENDED
    if is_away:
        return RollStatus.AWAY
    return RollStatus.EXEMPT if is_exempt else RollStatus.REQUIRED


def is_required(status: RollStatus) -> bool:
    """Required to attend: strength − exempt − away − suspended + those here temporarily."""
    return status in {RollStatus.REQUIRED, RollStatus.HERE}


def in_strength(status: RollStatus) -> bool:
    """Exempt, away and suspended members belong to the strength; those here temporarily do not."""
    return status != RollStatus.HERE


def may_vote(status: RollStatus, *, is_official: bool) -> bool:
    """Official members of the cell itself; an exempt one who is present votes and counts."""
    return is_official and status in {RollStatus.REQUIRED, RollStatus.EXEMPT}


@dataclass(frozen=True, slots=True)
class StrengthCount:
    """The counts of one cell on one day. `exempt`, `away` and `suspended` are part of the strength.

    A person who is both exempt and away counts in both, but is missing from `required` only once.
    """

    official: int = 0
    probationary: int = 0
    exempt: int = 0
    away: int = 0
    suspended: int = 0
    here: int = 0
    required: int = 0

    @property
    def total(self) -> int:
        """Đảng số."""
        return self.official + self.probationary

    @classmethod
    def of(cls, people: Iterable[Counted]) -> StrengthCount:
        people = list(people)
        own = [person for person in people if in_strength(person.status)]
        official = sum(person.is_official for person in own)
        return cls(
            official=official,
            probationary=len(own) - official,
            exempt=sum(person.is_exempt for person in own),
            away=sum(person.is_away for person in own),
            suspended=sum(person.is_suspended for person in own),
            here=len(people) - len(own),
            required=sum(is_required(person.status) for person in people),
        )


@dataclass(frozen=True, slots=True)
class StrengthChange:
    """By how much the strength of a cell changes on a day; the sum up to a day is the strength."""

    on: date
    official: int = 0
    probationary: int = 0
    exempt: int = 0


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a day; both ends belong to a span, and None means it goes on."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def common(one: Span, other: Span) -> Span | None:
    """The days two spans share."""
    if not overlaps(one, other):
        return None
    ends = [end for end in (one[1], other[1]) if end is not None]
    return max(one[0], other[0]), min(ends) if ends else None


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The same days as spans that neither touch nor overlap, in order."""
    kept: Span | None = None
    for span in sorted(spans, key=lambda s: s[0]):
        if kept is None:
            kept = span
        elif kept[1] is None or span[0] <= kept[1] + DAY:
            ends = None if kept[1] is None or span[1] is None else max(kept[1], span[1])
            kept = (kept[0], ends)
        else:
            yield kept
            kept = span
    if kept is not None:
        yield kept


def age_on(day: date, *, birth_year: int, birth_date: date | None) -> int:
    """Full years; by the year alone where only that is known."""
    if birth_date is None:
        return day.year - birth_year
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def plain_card_number(text: str) -> str | None:
    """Capital letters and digits alone, however it was written; None where it cannot be a number."""
    plain = "".join(sign for sign in text.upper() if sign not in " .-/")
    is_plain = plain.isascii() and plain.isalnum() and any(sign.isdigit() for sign in plain)
    return plain if is_plain and SHORTEST_CARD <= len(plain) <= LONGEST_CARD else None


def is_phone(text: str) -> bool:
    """Digits with the usual signs between them; 6 to 15 digits."""
    return set(text) <= PHONE_SIGNS and 6 <= sum(sign.isdigit() for sign in text) <= 15
