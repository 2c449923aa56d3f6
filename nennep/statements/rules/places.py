"""Where a number stands in its text: the words around it that may say what it counts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from nennep.statements.rules.numbers import Number
from nennep.statements.rules.plain import pattern
from nennep.statements.rules.sentences import clauses
from nennep.statements.rules.spans import Span

GAP = re.compile(r"^\s*(?:(?:so|tong so|dong chi|luot)\s+)?")
# The counts before what a bracketed share is of: “Có 21.980/22.450 đảng viên (97,9%)”.
COUNTED = re.compile(r"^.*\d(?:[\d./ ]*\d)?\s+")
BRACKET = pattern(r"\((?:đạt|chiếm|tỷ lệ|=|tương đương|\s)*$")
# “từ 90 đến 120 phút”: both are of what follows the second.
BULLET = re.compile(r"^(?:[-+*•–]|\w{1,2}[.)])\s+")
UP_TO = pattern(r"\s*(?:đến|tới|-|–)\s*$")
# “tăng từ 94,2% (năm 2020) lên”: what it was says nothing of what it is.
IT_WAS = pattern(
    r"từ\s+[\d.,]+\s*(?:%|phần trăm)?(?:\s*\([^)]*\)|\s*(?:hồi |vào |của |trong )?năm \d{4})?"
    r"\s+(?:\w+\s+)?(?=(?:lên|xuống|còn)\b)"
)
# “năm 2023 là 96,1%, năm 2024 là”: each year is told by itself.
YEAR_BEFORE = pattern(
    r"năm\s+\d{4}\s*(?:là|đạt|:|có)?\s*[\d.,]+\s*%\s*[,;]?\s*(?:và )?(?=năm\s+\d{4})"
)
TOLD_AS = pattern(r"[\s,;(:–-]*(?:đạt|chiếm|bằng|tỷ lệ|tức)?(?: tỷ lệ)?\s*$")
# “90% đảng viên dự sinh hoạt, 100% bí thư chi bộ …”: a new item with a noun of its own.
NEW_ITEM = pattern(r"[,+]\s*(?:và |có |trên |hơn |gần |khoảng )*$")
OWN_NOUN = pattern(
    r"(?:số |các |tổng số )?(?:chi bộ|đảng viên|bí thư|phó bí thư|cấp ủy|chi ủy|tổ chức|buổi|cuộc|đồng chí|hộ |hội viên|đoàn viên)"
)
TOLD_AFTER = 2  # numbers after “31/33 chi bộ …” of which one may be its share: “đủ 4 quý (93,9%)”
LONGEST_SENTENCE, MOST_NUMBERS = 4_000, 60  # beyond which nobody means one thing by it
NEARLY = 0.1  # percentage points between a share that is told and the one of “n/m” beside it


@dataclass(frozen=True)
class Place:
    """`folded` is the whole text; `beside` are the numbers of the clause, in order."""

    text: str
    folded: str
    number: Number
    sentence: Span
    clause: Span
    beside: tuple[Number, ...]

    @property
    def is_no_sentence(self) -> bool:
        """Rows of a table run together, or what somebody made to keep the reader busy."""
        too_long = self.sentence.end - self.sentence.start > LONGEST_SENTENCE
        return too_long or len(self.beside) > MOST_NUMBERS

    @cached_property
    def around(self) -> str:
        return self.folded[self.sentence.start : self.sentence.end]

    @cached_property
    def rest(self) -> str:
        """What follows the number in its clause, over other numbers too."""
        return GAP.sub("", self.folded[self.number.span.end : self.clause.end], count=1)

    @cached_property
    def so_far(self) -> str:
        """The clause up to the number, without the sign of a list before it."""
        return BULLET.sub("", self.folded[self.clause.start : self.number.span.start], count=1)

    @cached_property
    def before(self) -> str:
        """`so_far`, without what it was before, and without the “n/m” whose share the number is."""
        last = next((n for n in reversed(self.beside) if self._is_earlier(n)), None)
        if last is None or not _tells_share_of(self.number, last, self.text):
            return YEAR_BEFORE.sub("", IT_WAS.sub("", self.so_far))
        start, end = self.clause.start, self.number.span.start
        so_far = self.folded[start : last.span.start] + self.folded[last.span.end : end]
        return BULLET.sub("", BRACKET.sub("", so_far), count=1)

    @cached_property
    def begins_an_item(self) -> bool:
        """What stands before the number speaks of something else."""
        return bool(NEW_ITEM.search(self.so_far) and OWN_NOUN.match(self.own))

    @cached_property
    def is_told_beside(self) -> bool:
        """“4.320/4.478 đảng viên …, đạt 96,5%”: the share as the report tells it is the figure."""
        later = [n for n in self.beside if self._is_later(n)][:TOLD_AFTER]
        return any(_tells_share_of(n, self.number, self.text) for n in later)

    @cached_property
    def lead(self) -> str:
        """What the clause begins with, and what follows the last comma before the number.

        Words between two other numbers of the kind belong to those.
        """
        first = min((o.start for o in self._others), default=self.clause.end)
        words = self.folded[self.clause.start : min(first, self.number.span.start)]
        if self._last > self.clause.start:
            own = self.folded[self._last : self.number.span.start]
            words += " " + own.rpartition(",")[2]
        return words

    @cached_property
    def near(self) -> str:
        return self.folded[self._last : self._following]

    @cached_property
    def own(self) -> str:
        """What follows the number at once.

        A share in brackets follows what it is of: “21.980 đảng viên (97,9%) đã cài đặt”; so does the
        share of “27/29 chi bộ, đạt 93,1%”.
        """
        text, start, end = self.folded, self.number.span.start, self.number.span.end
        earlier = [n for n in self.beside if self._is_earlier(n)][-TOLD_AFTER:]
        ratio = next((n for n in earlier if "/" in n.span.of(self.text)), None)
        if ratio is not None and _tells_share_of(self.number, ratio, self.text):
            of = TOLD_AS.sub("", text[ratio.span.end : start])
            if of.strip():
                return f"{of.strip()} {text[end : self._following].strip(' )')}"
        if self.number.is_percent and BRACKET.search(text, self._last, start):
            closing = text.find(")", end, self._following)
            opening = text.rfind("(", self._last, start)
            if closing > 0 and opening > 0:
                of = COUNTED.sub("", text[self._last : opening])
                return f"{of.strip()} {text[closing + 1 : self._following].strip()}"
        return GAP.sub("", text[self._end : self._following], count=1)

    def as_written(self, words: str) -> str:
        """The folded words as the clause writes them, with their accents; the nearest to the number."""
        after = self.folded.find(words, self.number.span.end, self.clause.end)
        before = self.folded.rfind(words, self.clause.start, self.number.span.start)
        start = after if after >= 0 else before
        return " ".join(self.text[start : start + len(words)].lower().split())

    @cached_property
    def _end(self) -> int:
        """Where the number ends, with the one it reaches up to."""
        end = self.number.span.end
        following = next((n for n in self.beside if self._is_later(n)), None)
        if following is not None and UP_TO.fullmatch(self.folded[end : following.span.start]):
            return following.span.end
        return end

    @cached_property
    def _others(self) -> list[Span]:
        return [
            n.span for n in self.beside
            if n.is_percent == self.number.is_percent
            and (self._is_earlier(n) or n.span.start >= self._end)
        ]  # fmt: skip

    @cached_property
    def _last(self) -> int:
        start = self.number.span.start
        return max((o.end for o in self._others if o.end <= start), default=self.clause.start)

    @cached_property
    def _following(self) -> int:
        return min((o.start for o in self._others if o.start >= self._end), default=self.clause.end)

    def _is_earlier(self, other: Number) -> bool:
        return other.span.end <= self.number.span.start

    def _is_later(self, other: Number) -> bool:
        return other.span.start >= self.number.span.end


def places(text: str, folded: str, within: list[Span], numbers: list[Number]) -> Iterator[Place]:
    """Each number in its sentence and clause; `within` are the sentences, both in order."""
    starts = [sentence.start for sentence in within]

    def sentence_of(number: Number) -> int:
        return bisect_right(starts, number.span.start) - 1

    for index, group in groupby(numbers, key=sentence_of):
        sentence = within[max(index, 0)]
        held = [number for number in group if sentence.holds(number.span)]
        first = [number.span.start for number in held]
        for clause in clauses(text, sentence):
            some = slice(bisect_left(first, clause.start), bisect_left(first, clause.end))
            beside = tuple(number for number in held[some] if clause.holds(number.span))
            yield from (Place(text, folded, n, sentence, clause, beside) for n in beside)


def _tells_share_of(share: Number, ratio: Number, text: str) -> bool:
    is_ratio = "/" in ratio.span.of(text)
    return is_ratio and share.is_percent and abs(share.value - ratio.value) <= NEARLY
