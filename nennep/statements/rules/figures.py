"""Finds the figures of the indicator catalogue in a text, each with its sentence as evidence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nennep.statements.rules.dates import days
from nennep.statements.rules.numbers import EXACTLY, Number, numbers
from nennep.statements.rules.plain import pattern, plain
from nennep.statements.rules.sentences import clauses, sentences
from nennep.statements.rules.spans import Span
from nennep.statements.rules.vocabulary import FigureRule, Vocabulary

GAP = re.compile(r"^\s*(?:(?:so|tong so|dong chi|luot)\s+)?")
# The counts before what a bracketed share is of: “Có 21.980/22.450 đảng viên (97,9%)”.
COUNTED = re.compile(r"^.*\d(?:[\d./ ]*\d)?\s+")
LEAST_CONFIDENCE = 0.5
LONELY = 0.15  # less sure where the sentence says nothing of Party work at all
PARTY_WORDS = pattern(r"(?:đảng|chi bộ|sinh hoạt|ủy|đề án|bí thư)")
# “tăng 4,2%”: by how much something changed, not how much it is.
CHANGED_BY = pattern(r"(?:tăng|giảm|vượt)(?: thêm| được)?\s*$")
PERIODS: tuple[tuple[re.Pattern[str], str], ...] = (
    (pattern(r"(?:hằng|hàng) tháng|mỗi tháng"), "monthly"),
    (pattern(r"(?:hằng|hàng) quý|mỗi quý"), "quarterly"),
    (pattern(r"(?:hằng|hàng) năm|mỗi năm"), "yearly"),
    (pattern(r"trong (\d{1,2}) năm"), "{} years"),
    (pattern(r"(\d{1,2}) tháng đầu năm (\d{4})"), "{}"),
    (pattern(r"(?<!voi\s)năm (\d{4})"), "{}"),
)
UNTIL = pattern(r"(?:tính đến|đến hết|đến) (?:ngày )?$")


@dataclass(frozen=True)
class StatedFigure:
    """`value` is in units of `measure` (90 for 90 %), or None where only a direction is told."""

    indicator: str
    value: int | float | None
    bound: str
    measure: str
    of: str
    as_of: date | None
    period: str | None
    trend: str | None
    confidence: float
    span: Span
    sentence_span: Span


@dataclass(frozen=True)
class Reading:
    figures: list[StatedFigure]
    unplaced: list[Span]


class FigureReader:
    """Reads one text. `as_of` is the day of the event, for figures that name no day of their own."""

    def __init__(self, text: str, words: Vocabulary, as_of: date | None) -> None:
        self._text, self._folded = text, plain(text)
        self._words, self._as_of = words, as_of
        self._sentences = sentences(text)
        self._days = [day.span for day in days(self._folded)]
        self._numbers = [n for n in numbers(text) if not self._is_name(n)]

    def read(self) -> Reading:
        figures: list[StatedFigure] = []
        unplaced: list[Span] = []
        for number in self._numbers:
            sentence = self._sentence_of(number.span)
            if sentence is None:
                continue
            found = list(self._figures_of(number, sentence))
            figures += found
            if not found:
                unplaced.append(number.span)
        figures += self._trends(figures)
        return Reading(_once(sorted(figures, key=lambda f: (f.span, f.indicator))), unplaced)

    def _sentence_of(self, span: Span) -> Span | None:
        return next((s for s in self._sentences if s.holds(span)), None)

    def _is_name(self, number: Number) -> bool:
        """A day, a symbol, “Đề án 11”, “3 năm”: a number that counts nothing of ours."""
        if any(number.span.meets(day) for day in self._days):
            return True
        if number.is_percent:
            return False
        before = self._folded[max(0, number.span.start - 24) : number.span.start]
        after = self._folded[number.span.end : number.span.end + 12]
        return bool(
            self._words.ignored_before.search(before) or self._words.ignored_after.match(after)
        )

    def _figures_of(self, number: Number, sentence: Span) -> Iterator[StatedFigure]:
        clause = next(c for c in clauses(self._text, sentence) if c.holds(number.span))
        taken: FigureRule | None = None
        for rule in self._words.figures:
            if taken is not None and (not rule.together or rule.together != taken.together):
                continue
            if taken is not None and taken.code == rule.code:
                continue
            if not self._fits(rule, number, clause):
                continue
            taken = taken or rule
            yield self._figure(rule, number, sentence, clause)

    def _fits(self, rule: FigureRule, number: Number, clause: Span) -> bool:
        if number.is_percent != (rule.measure == "%"):
            return False
        before = self._folded[clause.start : number.span.start]
        if CHANGED_BY.search(before):
            return False
        lead, near, own = self._around(number, clause)
        return (
            (rule.after is None or rule.after.match(own) is not None)
            and (rule.before is None or rule.before.search(before) is not None)
            and (rule.needs is None or rule.needs.search(f"{lead} {own}") is not None)
            and (rule.refuses is None or rule.refuses.search(near) is None)
            and (rule.refuses_before is None or rule.refuses_before.search(before) is None)
        )

    def _around(self, number: Number, clause: Span) -> tuple[str, str, str]:
        """What the clause begins with, what stands near the number, and what follows it at once.

        Words between two other numbers belong to those; what follows the last comma before the number
        is its own. A share in brackets follows what it is of:
        “21.980 đảng viên (97,9%) đã cài đặt”.
        """
        others = [
            n.span for n in self._numbers
            if clause.holds(n.span) and n.span != number.span and n.is_percent == number.is_percent
        ]  # fmt: skip
        last = max((o.end for o in others if o.end <= number.span.start), default=clause.start)
        following = min((o.start for o in others if o.start >= number.span.end), default=clause.end)
        first = min((o.start for o in others), default=clause.end)
        lead = self._folded[clause.start : min(first, number.span.start)]
        near = self._folded[last:following]
        if last > clause.start:
            lead += " " + self._folded[last : number.span.start].rpartition(",")[2]
        return lead, near, self._own(number, last, following)

    def _own(self, number: Number, last: int, following: int) -> str:
        text = self._folded
        if number.is_percent and text[: number.span.start].rstrip().endswith("("):
            closing = text.find(")", number.span.end, following)
            opening = text.rfind("(", last, number.span.start)
            if closing > 0 and opening > 0:
                of = COUNTED.sub("", text[last:opening]).strip()
                return f"{of} {text[closing + 1 : following].strip()}"
        return GAP.sub("", text[number.span.end : following], count=1)

    def _figure(
        self, rule: FigureRule, number: Number, sentence: Span, clause: Span
    ) -> StatedFigure:
        measure = rule.measure
        if measure == "{after}":
            measure = self._named_after(rule, number)
        around = self._folded[sentence.start : sentence.end]
        doubt = 0.0 if PARTY_WORDS.search(around) else LONELY
        return StatedFigure(
            indicator=rule.code,
            value=number.as_float,
            bound=number.bound,
            measure=measure,
            of=rule.of if rule.measure != "{after}" else measure,
            as_of=self._own_day(clause) or self._as_of,
            period=self._period(clause, sentence),
            trend=None,
            confidence=round(max(LEAST_CONFIDENCE, rule.confidence - doubt), 2),
            span=number.span,
            sentence_span=sentence,
        )

    def _named_after(self, rule: FigureRule, number: Number) -> str:
        """What the rule found behind the number, as the text writes it."""
        gap = GAP.match(self._folded[number.span.end :])
        start = number.span.end + (gap.end() if gap else 0)
        assert rule.after is not None  # noqa: S101 -- only such rules take their measure from it
        found = rule.after.match(self._folded, start)
        return self._text[found.start() : found.end()].lower() if found else rule.code

    def _own_day(self, clause: Span) -> date | None:
        stretch = self._folded[clause.start : clause.end]
        for day in days(stretch):
            if UNTIL.search(stretch[: day.span.start]):
                year = day.year or (self._as_of.year if self._as_of else None)
                return day.on(year) if year else None
        return None

    def _period(self, clause: Span, sentence: Span) -> str | None:
        for around in (clause, sentence):
            stretch = self._folded[around.start : around.end]
            for words, form in PERIODS:
                if found := words.search(stretch):
                    return _named(form, found)
        return None

    def _trends(self, figures: list[StatedFigure]) -> Iterator[StatedFigure]:
        numbered = {(f.indicator, f.sentence_span) for f in figures}
        for sentence in self._sentences:
            for rule in self._words.trends:
                for trend, words in (("up", rule.up), ("down", rule.down)):
                    found = words.search(self._folded, sentence.start, sentence.end)
                    if found is None or (rule.code, sentence) in numbered:
                        continue
                    clause = Span(*found.span())
                    yield StatedFigure(
                        rule.code, None, EXACTLY, rule.measure, rule.of, self._as_of,
                        self._period(clause, sentence), trend, rule.confidence, clause, sentence,
                    )  # fmt: skip


def _named(form: str, found: re.Match[str]) -> str:
    groups = [group for group in found.groups() if group]
    if form == "{}" and len(groups) == 2:
        return f"{groups[1]}-01/{groups[1]}-{int(groups[0]):02d}"
    return form.format(*groups) if groups else form


def _once(figures: list[StatedFigure]) -> list[StatedFigure]:
    """The same figure said twice is one, where it is first said; two that disagree are two."""
    kept: dict[tuple[object, ...], StatedFigure] = {}
    for figure in figures:
        key = (
            figure.indicator,
            figure.value,
            figure.bound,
            figure.measure,
            figure.of,
            figure.trend,
        )
        kept.setdefault(key, figure)
    return list(kept.values())
