"""Finds the figures of the indicator catalogue in a text, each with its sentence as evidence."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nennep.statements.rules.dates import days
from nennep.statements.rules.numbers import EXACTLY, Number, numbers
from nennep.statements.rules.places import Place, places
from nennep.statements.rules.plain import pattern, plain
from nennep.statements.rules.sentences import sections, sentences
from nennep.statements.rules.spans import Places, Span
from nennep.statements.rules.vocabulary import FigureRule, Vocabulary

LEAST_CONFIDENCE = 0.5
SEVERAL = 4  # sentences from which on a text says what it is about
MARGIN = 40  # characters before the number of a heading
OFTEN = 200  # numbers between two reports of how far it is
ELLIPSIS = 0.1  # … where what the number is of was said before
LONELY = 0.15  # less sure where the sentence says nothing of Party work at all
PARTY_WORDS = pattern(r"(?:đảng|chi bộ|sinh hoạt|ủy|đề án|bí thư)")
# “tăng 4,2%”: by how much something changed; “tăng từ 85% lên”: how much it was. Neither is how much it is.
CHANGED_BY = pattern(
    r"(?:(?:tăng|giảm|vượt)(?: thêm| được| bình quân)?|(?:tăng|giảm)(?: thêm)? [\d.]+ (?:\w+ ){1,3}(?:và|,))\s*$"
)
CHANGED_FROM = pattern(r"(?:tăng|giảm|nâng)[^;.\d]{0,40} từ\s*$")
CHANGED_TO = (
    ("up", pattern(r"(?:tăng|nâng|từ [\d.,]+)[^;.]{0,60} (?:lên|đến|tới)\s*$")),
    ("down", pattern(r"giảm[^;.]{0,60} (?:xuống|còn|đến)\s*$")),
)
FROM = pattern(r"\btừ\s*$")
AND_UP = pattern(r"^(?:\s*\([^)]*\))?\s*(?:(?!trở)\w+\s+)?(?:lên|xuống)\b")
AND_MORE = pattern(r"^[^;.,\d]{0,30} trở (?:lên|xuống)")
SAME_OF_YEAR = pattern(
    r"^(?:đến |sang |và )?năm (?P<year>\d{4})(?: (?:là|đạt|mới đạt|tăng lên|còn|giảm còn))?:?\s*$"
)
NUMBERED = re.compile(r"[.)]\s|\t")
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


Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class ReadFigure:
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
    figures: list[ReadFigure]
    unplaced: list[Span]


class FigureReader:
    """Reads one text. `as_of` is the day of the event, for figures that name no day of their own."""

    def __init__(
        self, text: str, words: Vocabulary, as_of: date | None, others: Sequence[Span] = ()
    ) -> None:
        """`others` are the places where the text speaks of an organisation that is not its own."""
        self._text, self._folded = text, plain(text)
        self._words, self._as_of, self._others = words, as_of, Places(others)
        self._sentences = sentences(text)
        self._in_sentence = Places(self._sentences)
        self._aimed = Places(sections(text, self._folded, words.aims_heading))
        self._days = Places(day.span for day in days(self._folded))
        self._rules = [rule for rule in words.figures if self._is_told_here(rule)]
        self._numbers = [n for n in numbers(text) if not self._is_name(n)]

    def read(self, tell: Tell | None = None) -> Reading:
        """`tell` hears how many of the numbers are done."""
        figures: list[ReadFigure] = []
        unplaced: list[Span] = []
        found_at = places(self._text, self._folded, self._sentences, self._numbers)
        for done, place in enumerate(found_at):
            if tell and done % OFTEN == 0:
                tell(done, len(self._numbers))
            found = list(self._figures_of(place)) or self._as_before(place, figures)
            figures += found
            if not found:
                unplaced.append(place.number.span)
        if tell:
            tell(len(self._numbers), len(self._numbers))
        figures += self._nothing()
        figures += self._trends(figures)
        return Reading(_once(sorted(figures, key=lambda f: (f.span, f.indicator))), unplaced)

    def _is_told_here(self, rule: FigureRule) -> bool:
        """Commendations of a text that never speaks of cells or members are those of others."""
        return (
            rule.needs_in_text is None
            or len(self._sentences) < SEVERAL
            or rule.needs_in_text.search(self._folded) is not None
        )

    def _sentence_of(self, span: Span) -> Span | None:
        return self._in_sentence.holding(span)

    def _is_name(self, number: Number) -> bool:
        """A day, a symbol, “Đề án 11”, “3 năm”: a number that counts nothing of ours."""
        if self._days.is_met_by(number.span):
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
        reach = max(0, number.span.start - MARGIN)
        line = self._folded.rfind("\n", reach, number.span.start) + 1 or reach
        is_first = not self._folded[line : number.span.start].strip() and (
            line == 0 or self._folded[line - 1] == "\n"
        )
        return is_first and NUMBERED.match(self._folded, number.span.end) is not None

    def _figures_of(self, place: Place) -> Iterator[ReadFigure]:
        if place.is_no_sentence or self._is_of_something_else(place):
            return
        taken: FigureRule | None = None
        for rule in self._rules:
            if taken is not None and (not rule.together or rule.together != taken.together):
                continue
            if taken is not None and taken.code == rule.code:
                continue
            named = _fits(rule, place)
            if named is None:
                continue
            taken = taken or rule
            yield self._figure(rule, place, named)

    def _as_before(self, place: Place, figures: list[ReadFigure]) -> list[ReadFigure]:
        """“…, năm 2021 đạt 78%; năm 2022 đạt 88,5%”: of the same, in another year."""
        year = SAME_OF_YEAR.search(place.so_far)
        last = figures[-1] if figures else None
        if year is None or last is None or last.sentence_span != place.sentence:
            return []
        if place.is_no_sentence or (last.measure == "%") != place.number.is_percent:
            return []
        told = [f for f in figures if f.span == last.span]
        return [
            replace(
                each,
                value=place.number.as_float,
                bound=place.number.bound,
                period=year["year"],
                trend=None,
                confidence=round(max(LEAST_CONFIDENCE, each.confidence - ELLIPSIS), 2),
                span=place.number.span,
            )
            for each in told
        ]

    def _is_of_something_else(self, place: Place) -> bool:
        """By how much it changed, what it was, what is aimed at, a part of the whole, a condition."""
        number, clause, before = place.number, place.clause, place.so_far
        return bool(
            CHANGED_BY.search(before)
            or CHANGED_FROM.search(before)
            or self._words.aims.search(before)
            or self._is_aimed_at(place)
            or self._words.earlier.search(before)
            or self._words.parts.search(before)
            or self._words.others.search(before)
            or (FROM.search(before) and AND_UP.match(place.rest))
            or any(o.end <= number.span.start for o in self._others.within(clause))
            or (not number.is_percent and FROM.search(before) and AND_MORE.match(place.rest))
            or place.is_told_beside
        )

    def _is_aimed_at(self, place: Place) -> bool:
        """“Chỉ tiêu năm 2024: …; …”, and what stands below “II. PHƯƠNG HƯỚNG”."""
        if self._aimed.holding(place.number.span):
            return True
        colon = self._folded.find(":", place.sentence.start, place.number.span.start)
        return colon > 0 and bool(
            self._words.aims_lead.search(self._folded, place.sentence.start, colon)
        )

    def _figure(self, rule: FigureRule, place: Place, named: dict[str, str]) -> ReadFigure:
        doubt = 0.0 if PARTY_WORDS.search(place.around) else LONELY
        return ReadFigure(
            indicator=rule.code,
            value=place.number.as_float,
            bound=place.number.bound,
            measure=rule.measure.format(**named),
            of=rule.of.format(**named),
            as_of=self._own_day(place.clause) or self._as_of,
            period=self._period(place.clause, place.sentence),
            trend=next((t for t, words in CHANGED_TO if words.search(place.so_far)), None),
            confidence=round(max(LEAST_CONFIDENCE, rule.confidence - doubt), 2),
            span=place.number.span,
            sentence_span=place.sentence,
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

    def _nothing(self) -> Iterator[ReadFigure]:
        for rule in self._words.nothing:
            for found in rule.words.finditer(self._folded):
                span = Span(*found.span())
                sentence = self._sentence_of(span)
                if sentence is not None:
                    yield ReadFigure(
                        rule.code, 0, EXACTLY, rule.measure, rule.of, self._as_of,
                        self._period(span, sentence), None, rule.confidence, span, sentence,
                    )  # fmt: skip

    def _trends(self, figures: list[ReadFigure]) -> Iterator[ReadFigure]:
        numbered = {(f.indicator, f.sentence_span) for f in figures}
        for sentence in self._sentences:
            for rule in self._words.trends:
                for trend, words in (("up", rule.up), ("down", rule.down)):
                    found = words.search(self._folded, sentence.start, sentence.end)
                    if found is None or (rule.code, sentence) in numbered:
                        continue
                    clause = Span(*found.span())
                    yield ReadFigure(
                        rule.code, None, EXACTLY, rule.measure, rule.of, self._as_of,
                        self._period(clause, sentence), trend, rule.confidence, clause, sentence,
                    )  # fmt: skip


def _fits(rule: FigureRule, place: Place) -> dict[str, str] | None:
    """The named groups of the rule's patterns, or None where the rule does not fit."""
    if place.number.is_percent != (rule.measure == "%"):
        return None
    own = place.rest if rule.is_across else place.own
    after = rule.after.match(own) if rule.after else None
    before = rule.before.search(place.before) if rule.before else None
    if (rule.after and not after) or (rule.before and not before):
        return None
    if before and not (after and after.end()) and place.begins_an_item:
        return None
    if not (
        (rule.needs is None or rule.needs.search(f"{place.lead} {own}"))
        and (rule.needs_around is None or rule.needs_around.search(place.around))
        and (rule.refuses is None or rule.refuses.search(place.near) is None)
        and (rule.refuses_before is None or rule.refuses_before.search(place.before) is None)
    ):
        return None
    return {
        name: place.as_written(words)
        for match in (after, before)
        if match is not None
        for name, words in match.groupdict().items()
        if words
    }


def _named(form: str, found: re.Match[str]) -> str:
    groups = [group for group in found.groups() if group]
    if form == "{}" and len(groups) == 2:
        return f"{groups[1]}-01/{groups[1]}-{int(groups[0]):02d}"
    return form.format(*groups) if groups else form


def _once(figures: list[ReadFigure]) -> list[ReadFigure]:
    """The same figure said twice is one, where it is first said; two that disagree are two."""
    kept: dict[tuple[object, ...], ReadFigure] = {}
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
