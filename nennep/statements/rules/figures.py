"""Finds the figures of the indicator catalogue in a text, each with its sentence as evidence."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nennep.statements.rules.asides import Asides
from nennep.statements.rules.dates import days, month_end, part_of_year
from nennep.statements.rules.numbers import EXACTLY, Number, numbers
from nennep.statements.rules.places import Place, places
from nennep.statements.rules.plain import pattern, plain
from nennep.statements.rules.sentences import clauses, sentences
from nennep.statements.rules.spans import Places, Span
from nennep.statements.rules.vocabulary import FigureRule, TrendRule, Vocabulary

LEAST_CONFIDENCE = 0.5
SEVERAL = 4  # sentences from which on a text says what it is about
MARGIN = 40  # characters before the number of a heading
OFTEN = 200  # numbers between two reports of how far it is
ELLIPSIS = 0.1  # … where what the number is of was said before
LONELY = 0.15  # less sure where the sentence says nothing of Party work at all
PARTY_WORDS = pattern(r"(?:đảng|chi bộ|sinh hoạt|ủy|đề án|bí thư)")
CHANGED_TO = (
    ("up", pattern(r"(?:tăng|nâng|từ [\d.,]+)[^;.]{0,60} (?:lên|đến|tới)\s*$")),
    ("down", pattern(r"giảm[^;.]{0,60} (?:xuống|còn|đến)\s*$")),
)
SAME_OF_YEAR = pattern(
    r"^(?:đến |sang |và )?(?:năm (?P<year>\d{4})|(?:quý (?:[ivx]+|\d)|tháng \d{1,2})(?:/\d{4})?)"
    r"(?: (?:là|đạt|mới đạt|tăng lên|còn|giảm còn))?:?\s*$"
)
# “94,4% (2021), 97,7% (2022) và 99,1% (2023)”.
IN_A_ROW = pattern(r"\d\s*%?\s*\((?:năm )?\d{4}\)\s*(?:,|;|và)\s*$")
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
YEAR_BEHIND = pattern(r"(?:\s+(?:trong |vào |của )?năm |\s*\((?:năm )?)(?P<year>\d{4})\b")
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
class Told:
    """What the words at a place tell of its number, whether or not it is a figure of the unit."""

    place: Place
    rules: list[tuple[FigureRule, dict[str, str]]]


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
        self._words, self._as_of = words, as_of
        self._asides = Asides(text, self._folded, words, others)
        self._sentences = sentences(text)
        self._in_sentence = Places(self._sentences)
        self._days = Places(day.span for day in days(self._folded))
        is_ours = words.others_head.search(self._folded) is None
        self._rules = [rule for rule in words.figures if is_ours and self._is_told_here(rule)]
        self._numbers = [n for n in numbers(text) if not self._is_name(n)]
        self._last: Told | None = None

    def read(self, tell: Tell | None = None) -> Reading:
        """`tell` hears how many of the numbers are done."""
        figures: list[ReadFigure] = []
        unplaced: list[Span] = []
        found_at = places(self._text, self._folded, self._sentences, self._numbers)
        for done, place in enumerate(found_at):
            if tell and done % OFTEN == 0:
                tell(done, len(self._numbers))
            found = self._figures_of(place)
            figures += found
            if not found:
                unplaced.append(place.number.span)
        if tell:
            tell(len(self._numbers), len(self._numbers))
        figures += self._nothing()
        figures += self._trends(figures)
        return Reading(_once(sorted(figures, key=lambda f: (f.span, f.indicator))), unplaced)

    def _is_told_here(self, rule: FigureRule) -> bool:
        """Commendations and meetings of a text that never speaks of cells or members are those of others."""
        if len(self._sentences) < SEVERAL:
            return True
        needed = (self._words.about, rule.needs_in_text)
        return all(words is None or words.search(self._folded) is not None for words in needed)

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

    def _figures_of(self, place: Place) -> list[ReadFigure]:
        if place.is_no_sentence:
            return []
        told, is_beside = list(self._told_by(place)), self._asides.hold(place)
        if told:
            self._last = Told(place, told)
            return [] if is_beside else [self._figure(*each, place) for each in told]
        return [] if is_beside else list(self._as_before(place))

    def _told_by(self, place: Place) -> Iterator[tuple[FigureRule, dict[str, str]]]:
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
            yield rule, named

    def _as_before(self, place: Place) -> Iterator[ReadFigure]:
        """“…, năm 2021 đạt 78%; năm 2022 đạt 88,5%”, “… 84%; tỷ lệ chung toàn tỉnh là 91%”: of the same."""
        last = self._last
        if last is None or last.place.number.is_percent != place.number.is_percent:
            return
        year = SAME_OF_YEAR.search(place.so_far)
        is_here = last.place.sentence == place.sentence and (year or self._is_in_a_row(place))
        if not is_here and not (
            self._words.same.search(place.so_far) and self._is_next(last.place.sentence, place)
        ):
            return
        for rule, named in last.rules:
            figure = self._figure(rule, named, place)
            sure = round(max(LEAST_CONFIDENCE, figure.confidence - ELLIPSIS), 2)
            period = (year["year"] if year else None) or figure.period
            yield replace(figure, confidence=sure, period=period)

    def _is_in_a_row(self, place: Place) -> bool:
        return self._year_behind(place) is not None and bool(IN_A_ROW.search(place.so_far))

    def _is_next(self, sentence: Span, place: Place) -> bool:
        """In the sentence, or the one after it."""
        between = self._folded[sentence.end : place.sentence.start]
        return sentence == place.sentence or not between.strip()

    def _figure(self, rule: FigureRule, named: dict[str, str], place: Place) -> ReadFigure:
        doubt = 0.0 if PARTY_WORDS.search(place.around) else LONELY
        return ReadFigure(
            indicator=rule.code,
            value=place.number.as_float,
            bound=place.number.bound,
            measure=rule.measure.format(**named),
            of=rule.of.format(**named),
            as_of=self._own_day(place.clause) or self._as_of,
            period=self._beside(place) or self._period(place.clause, place.sentence),
            trend=next((t for t, words in CHANGED_TO if words.search(place.so_far)), None),
            confidence=round(max(LEAST_CONFIDENCE, rule.confidence - doubt), 2),
            span=place.number.span,
            sentence_span=place.sentence,
        )

    def _own_day(self, clause: Span) -> date | None:
        stretch = self._folded[clause.start : clause.end]
        if ended := month_end(stretch):
            return ended
        for day in days(stretch):
            if UNTIL.search(stretch[: day.span.start]):
                year = day.year or (self._as_of.year if self._as_of else None)
                return day.on(year) if year else None
        return None

    def _beside(self, place: Place) -> str | None:
        """What stands right beside the number: “tháng 2: 88%”, “từ 92,1% năm 2018 lên 99,4% năm 2023”."""
        year = self._as_of.year if self._as_of else None
        return part_of_year(place.so_far, year) or self._year_behind(place)

    def _year_behind(self, place: Place) -> str | None:
        found = YEAR_BEHIND.match(self._folded, place.number.span.end, place.clause.end)
        return found["year"] if found else None

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
                if sentence is not None and not self._asides.are_aimed_at(span, sentence, sentence):
                    yield ReadFigure(
                        rule.code, 0, EXACTLY, rule.measure, rule.of, self._as_of,
                        self._period(span, sentence), None, rule.confidence, span, sentence,
                    )  # fmt: skip

    def _trends(self, figures: list[ReadFigure]) -> Iterator[ReadFigure]:
        at = Places(figure.span for figure in figures)
        codes: dict[Span, set[str]] = defaultdict(set)
        for figure in figures:
            codes[figure.span].add(figure.indicator)
        for sentence in self._sentences:
            for clause in clauses(self._text, sentence):
                numbered = {code for span in at.within(clause) for code in codes[span]}
                for rule in self._words.trends:
                    if rule.code not in numbered:
                        yield from self._trend(rule, clause, sentence)

    def _trend(self, rule: TrendRule, clause: Span, sentence: Span) -> Iterator[ReadFigure]:
        for trend, words in (("up", rule.up), ("down", rule.down)):
            if found := words.search(self._folded, clause.start, clause.end):
                span = Span(*found.span())
                yield ReadFigure(
                    rule.code, None, EXACTLY, rule.measure, rule.of, self._as_of,
                    self._period(span, sentence), trend, rule.confidence, span, sentence,
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
    """The same figure said twice is one, where it is first said; two that disagree are two.

    “cấp ủy” of the headline are the “cấp ủy viên” of the body.
    """
    kept: list[ReadFigure] = []
    known: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for figure in figures:
        told = (figure.indicator, figure.value, figure.bound, figure.measure, figure.trend)
        if not any(_begins(figure.of, of) or _begins(of, figure.of) for of in known[told]):
            kept.append(figure)
        known[told].append(figure.of)
    return kept


def _begins(short: str, long: str) -> bool:
    return f"{long} ".startswith(f"{short} ")
