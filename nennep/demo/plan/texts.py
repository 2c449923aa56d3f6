"""What was said and resolved at a meeting, put together from the preset's sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from nennep.core.periods import add_months
from nennep.demo.plan.calendar import Sitting
from nennep.demo.plan.presence import RollCounts
from nennep.demo.plan.rosters import Roster, Row
from nennep.demo.plan.words import STANDS_ON, block_words, one_of, sentences

# Of the lines: those done late, and of the last months those whose result nobody wrote.
LATE, FORGOTTEN, OPEN_SINCE = 0.88, 0.95, date(2024, 3, 1)


@dataclass(frozen=True, slots=True)
class PlannedItem:
    title: str
    step: str
    discussion: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class PlannedVote:
    question: str
    in_favour: int
    against: int
    other: int


@dataclass(frozen=True, slots=True)
class PlannedLine:
    what: str
    who_id: int | None
    due_on: date
    result: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PlannedText:
    """The texts of one meeting; a cell-committee meeting resolves nothing."""

    opening: str
    items: tuple[PlannedItem, ...]
    vote: PlannedVote | None = None
    summary: str = ""
    last_month: str = ""
    next_month: str = ""
    lines: tuple[PlannedLine, ...] = ()


class Writer:
    """Writes the minutes of one cell."""

    def __init__(self, block: str, chance: Random, *, leaves_open: bool = False) -> None:
        self.chance = chance
        self.leaves_open = leaves_open
        words = block_words(block)
        self.titles, self.lines = words["items"], words["lines"]
        self.turn = int(chance.random() * 100)
        self.said = self.turn

    def topic(self, sitting: Sitting) -> str:
        """The theme of the quarter, another one each time."""
        if sitting.kind not in {"thematic", "combined"}:
            return ""
        themes: list[str] = sentences("themes")["titles"]
        return themes[
            (self.turn + sitting.period.year * 4 + sitting.period.month // 3) % len(themes)
        ]

    def write(
        self, sitting: Sitting, roster: Roster, rows: Sequence[Row], counts: RollCounts
    ) -> PlannedText:
        self.turn += 1
        opening = self._sentence("opening")
        if sitting.kind == "cell_committee":
            return PlannedText(opening, (self._committee_item(sitting.period),))
        items = list(self._items(sitting))
        if sitting.kind == "thematic":
            return PlannedText(opening, tuple(items))
        report = sentences("report")
        return PlannedText(
            opening,
            tuple(items),
            self._vote(sitting.period, rows, counts),
            _dated(report["summary"], sitting.period),
            one_of(report["last_month"], self.chance),
            one_of(report["next_month"], self.chance),
            tuple(self._lines(sitting, roster)),
        )

    def _sentence(self, chapter: str) -> str:
        """Never twice the same one after the other."""
        self.said += 1 + int(self.chance.random() * 2)
        texts: list[str] = sentences(chapter)["texts"]
        return texts[self.said % len(texts)]

    def _committee_item(self, month: date) -> PlannedItem:
        words = sentences("committee")
        title = _dated(one_of(words["titles"], self.chance), month)
        return PlannedItem(title, "", "", one_of(words["conclusions"], self.chance))

    def _items(self, sitting: Sitting) -> list[PlannedItem]:
        items = []
        if sitting.kind != "thematic":
            title = _dated(sentences("report")["title"], sitting.period)
            items.append(self._item(title, "reg.report"))
            items.append(self._item(self.titles[self.turn % len(self.titles)], "reg.discussion"))
        if sitting.kind != "regular":
            items.append(self._item(self.topic(sitting), "them.discussion"))
        return items

    def _item(self, title: str, step: str) -> PlannedItem:
        return PlannedItem(title, step, self._sentence("discussion"), self._sentence("conclusion"))

    def _vote(self, month: date, rows: Sequence[Row], counts: RollCounts) -> PlannedVote:
        if counts.typed:
            there = min(counts.typed[0], counts.voting_base)
        else:
            there = sum(1 for row in rows if row[3] and row[2] == "present")
        other = 1 if self.chance.random() < 0.04 and there > 3 else 0
        question = f"Thông qua nghị quyết {_dated(sentences('report')['summary'], month)}"
        return PlannedVote(question, there - other, 0, other)

    def _lines(self, sitting: Sitting, roster: Roster) -> Iterator[PlannedLine]:
        for n, days in enumerate((14, 24)):
            due_on = add_months(sitting.period, 1) + timedelta(days=days)
            result, done_on = self._outcome(sitting, due_on)
            who = one_of(roster.rows, self.chance)[0] if roster.rows else None
            what = self.lines[(self.turn + n * 3) % len(self.lines)]
            yield PlannedLine(what, who, due_on, result, done_on)

    def _outcome(self, sitting: Sitting, due_on: date) -> tuple[str, date | None]:
        """What came of a line: most are done in time, some later, some not, a few are forgotten."""
        words, fate = sentences("results"), self.chance.random()
        if self.leaves_open and fate > FORGOTTEN and sitting.period >= OPEN_SINCE:
            return "", None
        is_over = due_on < STANDS_ON - timedelta(days=10)
        if not is_over and fate >= 0.35:
            return "", None
        if fate >= 0.93:
            return one_of(words["late"], self.chance), None
        done_on = min(due_on, STANDS_ON) - timedelta(days=1 + int(fate * 9))
        if is_over and self.leaves_open and fate > LATE:
            done_on = due_on + timedelta(days=1 + int(fate * 100) % 8)
        return one_of(words["done"], self.chance), max(done_on, sitting.day)


def carried_over(text: PlannedText, before: PlannedText) -> PlannedText:
    """The titles and tasks of the month with the words of the month before."""
    pairs = zip(text.items, before.items, strict=False)
    return replace(
        text,
        opening=before.opening,
        items=tuple(
            replace(now, discussion=then.discussion, conclusion=then.conclusion)
            for now, then in pairs
        ),
        last_month=before.last_month,
        next_month=before.next_month,
    )


def _dated(pattern: str, month: date) -> str:
    last = add_months(month, -1)
    return pattern.format(month=month.month, last=last.month, year=month.year)
