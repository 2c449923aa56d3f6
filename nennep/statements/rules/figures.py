"""Finds the figures of the indicator catalogue in a text, each with its sentence as evidence."""

import re
from collections.abc import Iterator, Sequence
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
# “tăng 4,2%”: by how much something changed; “tăng từ 85% lên”: how much it was. Neither is how much it is.
CHANGED_BY = pattern(r"(?:tăng|giảm|vượt)(?: thêm| được| bình quân)?\s*$")
CHANGED_FROM = pattern(r"(?:tăng|giảm|nâng)[^;.\d]{0,40} từ\s*$")
CHANGED_TO = (
    ("up", pattern(r"(?:tăng|nâng)[^;.]{0,60} (?:lên|đến|tới)\s*$")),
    ("down", pattern(r"giảm[^;.]{0,60} (?:xuống|còn|đến)\s*$")),
)
FROM = pattern(r"\btừ\s*$")
AND_MORE = pattern(r"^[^;.,\d]{0,30} trở (?:lên|xuống)")
# “từ 90 đến 120 phút”: both are of what follows the second.
UP_TO = pattern(r"\s*(?:đến|tới|-|–)\s*$")
NUMBERED = re.compile(r"[.)]\s")
BRACKET = pattern(r"\((?:đạt|chiếm|tỷ lệ|=|tương đương|\s)*$")
NEARLY = 0.1  # percentage points between a share that is told and the one of “n/m” beside it
# How often is said of the clause alone; the year, of the whole sentence.
RHYTHMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (pattern(r"(?:hằng|hàng) tháng|mỗi tháng"), "monthly"),
    (pattern(r"(?:hằng|hàng) quý|mỗi quý|/quý"), "quarterly"),
)
PERIODS: tuple[tuple[re.Pattern[str], str], ...] = (
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

    def __init__(
        self, text: str, words: Vocabulary, as_of: date | None, others: Sequence[Span] = ()
    ) -> None:
        """`others` are the places where the text speaks of an organisation that is not its own."""
        self._text, self._folded = text, plain(text)
        self._words, self._as_of, self._others = words, as_of, others
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
        figures += self._nothing()
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
            self._words.ignored_before.search(before)
            or self._words.ignored_after.match(after)
            or self._numbers_a_line(number)
        )

    def _numbers_a_line(self, number: Number) -> bool:
        """“2. Kết quả thực hiện”."""
        line = self._folded.rfind("\n", 0, number.span.start) + 1
        is_first = not self._folded[line : number.span.start].strip()
        return is_first and NUMBERED.match(self._folded, number.span.end) is not None

    def _figures_of(self, number: Number, sentence: Span) -> Iterator[StatedFigure]:
        clause = next(c for c in clauses(self._text, sentence) if c.holds(number.span))
        if self._is_of_something_else(number, clause):
            return
        taken: FigureRule | None = None
        for rule in self._words.figures:
            if taken is not None and (not rule.together or rule.together != taken.together):
                continue
            if taken is not None and taken.code == rule.code:
                continue
            named = self._fits(rule, number, sentence, clause)
            if named is None:
                continue
            taken = taken or rule
            yield self._figure(rule, number, sentence, clause, named)

    def _is_of_something_else(self, number: Number, clause: Span) -> bool:
        """By how much it changed, what it was, what is aimed at, a part of the whole, a condition."""
        before = self._folded[clause.start : number.span.start]
        after = self._folded[number.span.end : clause.end]
        return bool(
            CHANGED_BY.search(before)
            or CHANGED_FROM.search(before)
            or self._words.aims.search(before)
            or self._words.parts.search(before)
            or any(clause.holds(o) and o.end <= number.span.start for o in self._others)
            or (not number.is_percent and FROM.search(before) and AND_MORE.match(after))
            or self._is_told_beside(number, clause)
        )

    def _is_told_beside(self, number: Number, clause: Span) -> bool:
        """“4.320/4.478 đảng viên …, đạt 96,5%”: the share as the report tells it is the figure."""
        if "/" not in self._text[number.span.start : number.span.end]:
            return False
        following = next(
            (n for n in self._numbers if n.span.start >= number.span.end and clause.holds(n.span)),
            None,
        )
        return (
            following is not None
            and following.is_percent
            and abs(following.value - number.value) <= NEARLY
        )

    def _fits(
        self, rule: FigureRule, number: Number, sentence: Span, clause: Span
    ) -> dict[str, str] | None:
        """The named groups of the rule's patterns, or None where the rule does not fit."""
        if number.is_percent != (rule.measure == "%"):
            return None
        before = self._before(number, clause)
        lead, near, own = self._around(number, clause)
        if rule.is_across:
            own = GAP.sub("", self._folded[number.span.end : clause.end], count=1)
        around = self._folded[sentence.start : sentence.end]
        if not (
            (rule.needs is None or rule.needs.search(f"{lead} {own}"))
            and (rule.needs_around is None or rule.needs_around.search(around))
            and (rule.refuses is None or rule.refuses.search(near) is None)
            and (rule.refuses_before is None or rule.refuses_before.search(before) is None)
        ):
            return None
        found = [
            search(words, stretch)
            for words, search, stretch in (
                (rule.after, re.Pattern.match, own),
                (rule.before, re.Pattern.search, before),
            )
            if words is not None
        ]
        if not all(found):
            return None
        return {
            name: self._as_written(words, number, clause)
            for match in found
            if match is not None
            for name, words in match.groupdict().items()
            if words
        }

    def _as_written(self, words: str, number: Number, clause: Span) -> str:
        """The folded words as the clause writes them, with their accents; the nearest to the number."""
        after = self._folded.find(words, number.span.end, clause.end)
        before = self._folded.rfind(words, clause.start, number.span.start)
        start = after if after >= 0 else before
        return " ".join(self._text[start : start + len(words)].lower().split())

    def _before(self, number: Number, clause: Span) -> str:
        """Without the “n/m” whose share the number is: “được tập huấn: 4.005/4.120 đồng chí (97,2%)”."""
        text = self._folded
        for other in self._numbers:
            if (
                clause.holds(other.span)
                and other.span.end <= number.span.start
                and self._is_told_beside(other, clause)
                and not any(
                    other.span.end <= n.span.start < number.span.start for n in self._numbers
                )
            ):
                kept = text[clause.start : other.span.start]
                return kept + text[other.span.end : number.span.start]
        return text[clause.start : number.span.start]

    def _around(self, number: Number, clause: Span) -> tuple[str, str, str]:
        """What the clause begins with, what stands near the number, and what follows it at once.

        Words between two other numbers belong to those; what follows the last comma before the number
        is its own. A share in brackets follows what it is of:
        “21.980 đảng viên (97,9%) đã cài đặt”.
        """
        end = self._end_of_range(number)
        others = [
            n.span for n in self._numbers
            if clause.holds(n.span) and n.is_percent == number.is_percent
            and (n.span.end <= number.span.start or n.span.start >= end)
        ]  # fmt: skip
        last = max((o.end for o in others if o.end <= number.span.start), default=clause.start)
        following = min((o.start for o in others if o.start >= end), default=clause.end)
        first = min((o.start for o in others), default=clause.end)
        lead = self._folded[clause.start : min(first, number.span.start)]
        near = self._folded[last:following]
        if last > clause.start:
            lead += " " + self._folded[last : number.span.start].rpartition(",")[2]
        return lead, near, self._own(number, last, end, following)

    def _end_of_range(self, number: Number) -> int:
        for other in self._numbers:
            between = self._folded[number.span.end : other.span.start]
            if other.span.start >= number.span.end and UP_TO.fullmatch(between):
                return other.span.end
        return number.span.end

    def _own(self, number: Number, last: int, end: int, following: int) -> str:
        text = self._folded
        if number.is_percent and BRACKET.search(text, last, number.span.start):
            closing = text.find(")", number.span.end, following)
            opening = text.rfind("(", last, number.span.start)
            if closing > 0 and opening > 0:
                of = COUNTED.sub("", text[last:opening]).strip()
                return f"{of} {text[closing + 1 : following].strip()}"
        return GAP.sub("", text[end:following], count=1)

    def _figure(
        self,
        rule: FigureRule,
        number: Number,
        sentence: Span,
        clause: Span,
        named: dict[str, str],
    ) -> StatedFigure:
        around = self._folded[sentence.start : sentence.end]
        before = self._folded[clause.start : number.span.start]
        doubt = 0.0 if PARTY_WORDS.search(around) else LONELY
        return StatedFigure(
            indicator=rule.code,
            value=number.as_float,
            bound=number.bound,
            measure=rule.measure.format(**named),
            of=rule.of.format(**named),
            as_of=self._own_day(clause) or self._as_of,
            period=self._period(clause, sentence),
            trend=next((trend for trend, words in CHANGED_TO if words.search(before)), None),
            confidence=round(max(LEAST_CONFIDENCE, rule.confidence - doubt), 2),
            span=number.span,
            sentence_span=sentence,
        )

    def _own_day(self, clause: Span) -> date | None:
        stretch = self._folded[clause.start : clause.end]
        for day in days(stretch):
            if UNTIL.search(stretch[: day.span.start]):
                year = day.year or (self._as_of.year if self._as_of else None)
                return day.on(year) if year else None
        return None

    def _period(self, clause: Span, sentence: Span) -> str | None:
        for around, kinds in ((clause, RHYTHMS + PERIODS), (sentence, PERIODS)):
            stretch = self._folded[around.start : around.end]
            for words, form in kinds:
                if found := words.search(stretch):
                    return _named(form, found)
        return None

    def _nothing(self) -> Iterator[StatedFigure]:
        for rule in self._words.nothing:
            for found in rule.words.finditer(self._folded):
                span = Span(*found.span())
                sentence = self._sentence_of(span)
                if sentence is not None:
                    yield StatedFigure(
                        rule.code, 0, EXACTLY, rule.measure, rule.of, self._as_of,
                        self._period(span, sentence), None, rule.confidence, span, sentence,
                    )  # fmt: skip

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
