"""What a report says without a figure: mottoes, requests, and the words of a named speaker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nennep.statements.rules.plain import CAPITAL, plain
from nennep.statements.rules.sentences import clauses, sentences
from nennep.statements.rules.spans import Span
from nennep.statements.rules.vocabulary import Vocabulary

# A person: two capitalised words at least, the last of them not of an office.
NAME = re.compile(rf"(?:[{CAPITAL}][a-zà-ỹđ]+\s+){{1,4}}(?!ủy|Ủy)[{CAPITAL}][a-zà-ỹđ]+")
TITLED = re.compile(rf"(?:Ông|Bà|Đồng chí|đồng chí|Đ/c|đ/c)\s+(?=[{CAPITAL}])")
LONGEST_INTRODUCTION = 140  # characters of post and name before what was said


@dataclass(frozen=True)
class Saying:
    kind: str
    text: str
    speaker: str | None
    span: Span


def sayings(text: str, words: Vocabulary) -> list[Saying]:
    folded, found = plain(text), list[Saying]()
    for sentence in sentences(text):
        speaker = _speaker(text, folded, sentence, words)
        said = list(_kinds(text, folded, sentence, words))
        found += [Saying(kind, span.of(text), speaker, span) for kind, span in said]
        if speaker is not None and not said:
            found.append(Saying("speech", sentence.of(text), speaker, sentence))
    return found


def _kinds(text: str, folded: str, sentence: Span, words: Vocabulary) -> Iterator[tuple[str, Span]]:
    for kind, when in words.statements:
        for clause in clauses(text, sentence):
            if when.search(folded, clause.start, clause.end):
                yield kind, sentence if kind in {"request", "motto"} else clause
                break


def _speaker(text: str, folded: str, sentence: Span, words: Vocabulary) -> str | None:
    """“Phó Bí thư Thường trực Huyện ủy Phúc Thọ Đoàn Tuấn Anh cho biết”: post and name as written."""
    for said in words.said.finditer(folded, sentence.start, sentence.end):
        if said.start() - sentence.start > LONGEST_INTRODUCTION:
            return None
        post = words.post.search(folded, sentence.start, said.start())
        if post is None:
            continue
        titled = TITLED.search(text, sentence.start, said.start())
        start = min(post.start(), titled.start()) if titled else post.start()
        introduction = " ".join(text[start : said.start()].strip(" ,").split())
        if NAME.search(introduction):
            return introduction
    return None
