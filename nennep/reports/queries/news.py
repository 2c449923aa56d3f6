"""The draft of a news item about a review: from the data alone, in wording of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from nennep.core.text import vn_date, vn_number, vn_percent
from nennep.organisation.rules import committee_name
from nennep.papers.paper import Align, Note, Paper, Paragraph, Run, Text, noted, words
from nennep.programmes.models import Programme
from nennep.programmes.rules import Position
from nennep.regulations.queries import RuleBook
from nennep.reports.choices import ContributionKind
from nennep.reports.queries.findings import Findings
from nennep.reports.queries.notes import noted_fill, source_of
from nennep.reports.queries.programme_chapters import document_of, sentence_of, stated_period
from nennep.reports.queries.recorded_chapters import source_of_row
from nennep.reports.queries.wording import fill, in_vietnamese, result, with_fraction, wording
from nennep.statements.models import StatedFigure
from nennep.tasks.rules import TaskRules

VOICES = 1  # lines of a kind that a short item has room for
REGIMES = ("MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "ATT", "TASK")
NAMED_AS = 2  # words of “Huyện ủy”, by which the committee goes once it was named in full
Words = Mapping[str, Any]


@dataclass(frozen=True)
class News:
    """`paragraphs` carry their sources as footnotes, for who edits it."""

    headline: str
    paragraphs: tuple[Text, ...]

    @property
    def text(self) -> str:
        return "\n\n".join([self.headline, *(words(each) for each in self.paragraphs)]) + "\n"


@dataclass(frozen=True)
class Sentence:
    """`name` is where its words stand in the preset, `part.sentence`."""

    name: str
    text: Text

    @property
    def length(self) -> int:
        """As an editor counts: what stands between spaces."""
        return len(words(self.text).split())


Sentences = Iterator[Sentence]


@in_vietnamese
def news_of(found: Findings) -> News:
    writer = _Writer(found)
    parts = (
        writer.event(), writer.organisation(), writer.carrying_out(), writer.meetings(),
        writer.outcome(), writer.voices(), writer.proposals(), writer.rewarded(),
    )  # fmt: skip
    headline = writer.headline()
    kept = _fitting([list(part) for part in parts], len(headline.split()))
    return News(headline, tuple(_joined(part) for part in kept if part))


@in_vietnamese
def news_paper(found: Findings) -> Paper:
    news, preset = news_of(found), wording("news")
    return Paper(
        None,
        preset["kind_title"],
        [
            Paragraph((Run(news.headline, bold=True),), align=Align.CENTER),
            *(Paragraph(each) for each in news.paragraphs),
            Note(preset["note"]),
        ],
        day=found.of.last_day,
        file_stem=f"tin-{found.of.unit.code}-{found.of.last_day:%Y-%m}",
    )


def _fitting(parts: Sequence[Sequence[Sentence]], length: int) -> Iterator[list[Sentence]]:
    """Every sentence of its facts, and of what else could be told the first that have room."""
    room: Words = wording("news")["length"]
    more: Sequence[str] = room["more"]
    told = [sentence for part in parts for sentence in part]
    length += sum(sentence.length for sentence in told if sentence.name not in more)
    taken: set[str] = set()
    for sentence in sorted((s for s in told if s.name in more), key=lambda s: more.index(s.name)):
        if length < room["about"] and length + sentence.length <= room["most"]:
            taken.add(sentence.name)
            length += sentence.length
    for part in parts:
        yield [each for each in part if each.name in taken or each.name not in more]


def _joined(sentences: Sequence[Sentence]) -> Text:
    """Sentences one after another, with a space between."""
    told: list[str | Run] = []
    for sentence in sentences:
        text = sentence.text
        told += [" "] * bool(told) + ([text] if isinstance(text, str) else [*text])
    return tuple(told)


class _Writer:
    """Writes each part where the findings allow it; of what is nought it writes another sentence or none."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.words = wording("news")
        self.unit = found.of.unit
        self.committee = committee_name(self.unit.name)
        self.lines = {line.code: line for line in found.lines}

    def headline(self) -> str:
        place = self.unit.name.removeprefix("Đảng bộ ")
        return fill(
            self.words["headline"],
            {},
            place=place[:1].upper() + place[1:],
            stated=stated_period(self.found),
            scheme=_short(self.found.highest),
        )

    def event(self) -> Sentences:
        of = self.found.of
        chain = [*reversed(self.found.above), of.programme]
        told = [document_of(each, in_full=place == 0) for place, each in enumerate(chain)]
        kind = wording("review")["kinds"][of.kind].lower()
        yield self._said(
            "event.held", day=vn_date(of.held_on or of.last_day), kind=kind,
            stated=stated_period(self.found), documents=" và ".join(told),
        )  # fmt: skip

    def organisation(self) -> Sentences:
        names = {
            "grassroots": "ORG.grassroots", "members": "ORG.members", "cells": "ORG.cells",
            "grassroots_cells": "ORG.grassroots_cells", "under": "ORG.cells_under_committees",
        }  # fmt: skip
        counts: dict[str, str | Run] = {name: self._count(code) for name, code in names.items()}
        whole, cells = (self._number(f"ORG.{name}") for name in ("grassroots", "grassroots_cells"))
        counts["committees"] = vn_number(whole - cells)
        if whole <= 1:
            shape = "base"
        elif not cells:
            shape = "committees"
        else:
            shape = "cells" if whole == cells else "tree"
        if self._number("ORG.cells"):
            yield self._said(f"organisation.{shape}", **counts)

    def carrying_out(self) -> Sentences:
        yield from self._shares("DISS.cells", "carrying_out.told")
        if count := self._documents():
            yield self._said("carrying_out.documents", count=count)
        yield from self._adopted()
        yield from self._motto()
        yield from self._training()

    def _adopted(self) -> Sentences:
        below = len(self.found.below)
        adopted = sum(each.is_adopted for each in self.found.below)
        if adopted:
            ending = "_all" if adopted == below else ""
            count = noted(vn_number(adopted), self._register())
            yield self._said(f"carrying_out.adopted{ending}", count=count, below=vn_number(below))

    def _motto(self) -> Sentences:
        book = RuleBook.load().in_force(TaskRules, self.unit.path, self.found.of.last_day)
        scheme = book.values.scheme
        if listed := [each.question.lower() for each in scheme.questions]:
            said = f"{', '.join(listed[:-1])} và {listed[-1]}" if listed[1:] else listed[0]
            name = scheme.name.partition(" (")[0]
            yield self._said("carrying_out.motto", name=name, questions=said)

    def _training(self) -> Sentences:
        now, last = self.found.figure("TRAIN.secretary"), self.found.of.last_day
        if not now.value:
            return
        first = self.found.of.first_day
        whole = [y for y in self.found.years if (y.year, first.month) != (first.year, 12)]
        if not all(each.figures["TRAIN.secretary"].value == 1 for each in whole):
            sentence = "this_year"
        else:
            is_tree = self._number("ORG.grassroots") > 1
            sentence = "every_year" if is_tree else "every_year_base"
        share = self._share("TRAIN.secretary")
        yield self._said(f"training.{sentence}", year=str(last.year), share=share)

    def meetings(self) -> Sentences:
        yield from self._counted()
        if {self._value("MTG_REG.cells"), self._value("MTG_THEM.cells")} == {Fraction(1)}:
            yield self._said("meetings.both_all", share=self._share("MTG_REG.cells"))
        else:
            yield from self._regular()
            yield from self._shares("MTG_THEM.cells", "meetings.thematic")
        yield from self._shares("MTG_STEP.cells", "meetings.steps")
        yield from self._attendance()
        yield from self._shares("SPEAK", "meetings.speakers")
        yield from self._shares("TASK", "meetings.tasks")
        yield from self._shares("TASK_DONE", "meetings.tasks_done")

    def _counted(self) -> Sentences:
        held = {"regular": "MTG_REG", "thematic": "MTG_THEM"}
        if all(self._number(code) for code in held.values()):
            period = self.found.review.period
            yield self._said(
                "meetings.counted",
                first=f"{period.first.month}-{period.first.year}",
                last=f"{period.last.month}-{period.last.year}",
                **{name: self._count(code) for name, code in held.items()},
            )

    def _regular(self) -> Sentences:
        if self._value("MTG_REG"):
            ending = "" if self._value("MTG_REG.cells") else "_none"
            held, share = self._share("MTG_REG"), self._share("MTG_REG.cells")
            yield self._said(f"meetings.regular{ending}", held=held, share=share)

    def _attendance(self) -> Sentences:
        line = self.lines.get("ATT")
        if line and line.asked and line.position == Position.MET:
            aim = noted(vn_percent(line.asked.aim.share, 0), self._source("ATT"))
            yield self._said("meetings.attendance_met", aim=aim)
        else:
            yield from self._shares("ATT", "meetings.attendance")

    def outcome(self) -> Sentences:
        yield from self._targets()
        levels = self.found.levels
        well = [year.well for year in levels]
        if len(well) > 1 and all(a < b for a, b in pairwise(well)):
            yield self._said("outcome.rising")
        if levels and levels[-1].well_share:
            share = noted(vn_percent(levels[-1].well_share), self._source("RANK.well"))
            yield self._said("outcome.well", year=str(levels[-1].year), share=share)
        yield from self._shares("EHB", "outcome.handbook")
        if self._number("SUP.visits"):
            yield self._said("outcome.visits", visits=self._count("SUP.visits"))
        yield from self._shares("PROP", "outcome.answered")

    def _targets(self) -> Sentences:
        asked = [self.lines[code] for code in REGIMES if code in self.lines]
        known = [line for line in asked if line.asked and line.position != Position.UNKNOWN]
        met = sum(line.position == Position.MET for line in known)
        if not known:
            return
        if met == len(known):
            yield self._said("outcome.met_all")
        elif met:
            counts = {"count": len(known), "met": met, "rest": len(known) - met}
            told: dict[str, str | Run] = {name: vn_number(n) for name, n in counts.items()}
            yield self._said("outcome.met", **told)
        else:
            yield self._said("outcome.met_none")

    def voices(self) -> Sentences:
        if answered := len(self.found.answered):
            count = noted(vn_number(answered), self._register())
            yield self._said("voices.sent", count=count)
        for kind in (ContributionKind.WORKED, ContributionKind.NOT_WORKED):
            if chosen := self.found.chosen(kind)[:VOICES]:
                who, said = chosen[0].contributor.unit.name, chosen[0].text.rstrip(".")
                yield self._said(f"voices.{kind.value}", who=who, lines=said)

    def rewarded(self) -> Sentences:
        """As decided for this review; where nothing was, as a confirmed report states it."""
        told: dict[str, str | Run] = {}
        decided = self.found.commended.of_rounds
        kinds = {"collectives": decided.collectives, "persons": decided.persons}
        for name, own in kinds.items():
            rows = [r.stated for r in self.found.stated_of(f"REWARD.{name}") if r.stated.value]
            if own:
                told[name] = noted(vn_number(len(own)), source_of_row(own[0]))
            elif rows and not decided.rows:
                told[name] = noted(_number(rows[-1]), sentence_of(rows[-1]))
        if told:
            ending = "" if len(told) > 1 else f"_{next(iter(told))}"
            yield self._said(f"voices.rewarded{ending}", **told)

    def proposals(self) -> Sentences:
        lines, parent = self._lines(ContributionKind.PROPOSAL), self.unit.parent
        if lines and parent is not None:
            superior = committee_name(parent.name)
            own = lines.removeprefix(superior.lower()).strip()
            for name in (superior, "Thành ủy", "Huyện ủy", "Đảng ủy"):
                own = own.removeprefix(name[:1].lower() + name[1:]).strip()
            yield self._said("voices.proposal", superior=superior, lines=own)

    def _lines(self, kind: ContributionKind) -> str:
        """The chosen lines in one sentence, their own words."""
        lines = [line.text.rstrip(".") for line in self.found.chosen(kind)[:VOICES]]
        return "; ".join(line[:1].lower() + line[1:] for line in lines)

    def _documents(self) -> Run | None:
        """Of the committee itself as registered; else as a confirmed report states it."""
        if self.found.own_documents:
            return noted(vn_number(self.found.own_documents), self._register())
        stated = [row.stated for row in self.found.stated_of("DOC") if row.stated.value]
        return noted(_number(stated[-1]), sentence_of(stated[-1])) if stated else None

    def _register(self) -> str:
        day = vn_date(self.found.of.last_day)
        return fill(wording("review")["notes"]["adopted"], {}, as_of=day)

    def _value(self, code: str) -> Fraction | None:
        return self.found.figure(code).value

    def _number(self, code: str) -> int:
        return self.found.figure(code).numerator

    def _shares(self, code: str, sentence: str) -> Sentences:
        """The share as its sentence says it; all and none have words of their own where the preset has them."""
        value = self._value(code)
        if value is None:
            return
        ending = {Fraction(1): "_all", Fraction(0): "_none"}.get(value, "")
        part, _dot, name = sentence.partition(".")
        if ending and f"{name}{ending}" in self.words[part]:
            yield self._said(f"{sentence}{ending}", share=self._share(code))
        elif value:
            yield self._said(sentence, share=self._share(code))

    def _share(self, code: str) -> Run:
        return noted(result(self.found.figure(code)), self._source(code))

    def _count(self, code: str) -> Run:
        return noted(vn_number(self.found.figure(code).numerator), self._source(code))

    def _source(self, code: str) -> str:
        """The item says the percentage alone; its footnote says of how many."""
        figure = self.found.figure(code)
        told = source_of(figure, self.found.review)
        return f"{told} {with_fraction(figure)}." if figure.indicator.is_share else told

    def _said(self, name: str, /, **more: str | Run) -> Sentence:
        part, _dot, sentence = name.partition(".")
        usual: dict[str, str | Run] = {
            "committee": self.committee,
            "short": " ".join(self.committee.split()[:NAMED_AS]),
            "scheme": _short(self.found.highest),
        }
        text = noted_fill(self.words[part][sentence], self.found.review, **(usual | more))
        return Sentence(name, text)


def _short(programme: Programme) -> str:
    """“Đề án 11”, as people call it after it was named in full."""
    number = programme.symbol.partition("-")[0]
    return f"{wording('review')['kinds'][programme.kind]} {number}"


def _number(figure: StatedFigure) -> str:
    return vn_number(Fraction(figure.value or 0))
