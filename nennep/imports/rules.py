"""What is said of the rows of a table before any of them is taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from nennep.core.legacy import Legacy
from nennep.core.sheets.cells import address
from nennep.imports.choices import Verdict


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be taken as it stands, and what to do about it.

    `question` is what a person could answer for the whole file instead of correcting the cell.
    """

    row: int
    column: int
    title: str
    said: str
    question: str = ""

    @property
    def address(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a file that could be read in more than one way.

    `converts`: the ways of writing before Unicode to be converted. `others`: rows of the file that
    are other people than those of the same name and birth date. `all_official`: who is not said to
    be probationary is official. `since`: the first day on the roll where the file has none. Of a roll
    call: `rest` is how those count whom the file does not name, `absent` how those do of whom it says
    no more than that they were not there, `people` who a row is about (0: nobody of the cell).
    """

    converts: frozenset[Legacy] = frozenset()
    is_year_first: bool = False
    are_years_short: bool = False
    are_thousands: bool = False
    others: frozenset[int] = frozenset()
    all_official: bool = False
    since: date | None = None
    rest: str = ""
    absent: str = ""
    people: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Answers:
        return cls(
            converts=frozenset(map(Legacy, kept.get("converts", ()))),
            is_year_first=bool(kept.get("is_year_first")),
            are_years_short=bool(kept.get("are_years_short")),
            are_thousands=bool(kept.get("are_thousands")),
            others=frozenset(kept.get("others", ())),
            all_official=bool(kept.get("all_official")),
            since=date.fromisoformat(kept["since"]) if kept.get("since") else None,
            rest=kept.get("rest", ""),
            absent=kept.get("absent", ""),
            people=tuple((int(row), int(who)) for row, who in kept.get("people", ())),
        )

    def with_others(self, rows: frozenset[int]) -> Answers:
        return replace(self, others=self.others | rows)

    def as_json(self) -> dict[str, Any]:
        return {
            "converts": sorted(kind.value for kind in self.converts),
            "is_year_first": self.is_year_first,
            "are_years_short": self.are_years_short,
            "are_thousands": self.are_thousands,
            "others": sorted(self.others),
            "all_official": self.all_official,
            "since": self.since.isoformat() if self.since else "",
            "rest": self.rest,
            "absent": self.absent,
            "people": [list(pair) for pair in self.people],
        }


class Judged(NamedTuple):
    """One row: what it is about, what taking it in would do, and the plan for doing it.

    `note` says what is worth knowing, `plan` is for the action alone.
    """

    row: int
    verdict: Verdict
    label: str
    note: str = ""
    problems: tuple[Problem, ...] = ()
    plan: Any = None


@dataclass(slots=True)
class Tally:
    """The verdicts of a table, counted. Problems are all kept: each is a cell to be corrected."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    questions: Counter[str] = field(default_factory=Counter)

    def add(self, judged: Judged) -> None:
        self.counts[judged.verdict] += 1
        for problem in judged.problems:
            self.problems.append(problem)
            if problem.question:
                self.questions[problem.question] += 1

    @property
    def rows(self) -> int:
        return self.counts.total()

    def as_json(self) -> dict[str, Any]:
        counts = {str(verdict): self.counts[verdict] for verdict in Verdict}
        return {"rows": self.rows, **counts, "questions": dict(self.questions)}
