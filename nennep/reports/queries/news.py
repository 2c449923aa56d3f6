"""The draft of a news item about a review: from the data alone, in wording of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from nennep.reports.queries.wording import fill, in_vietnamese, result, with_fraction, wording
from nennep.statements.models import StatedFigure
from nennep.tasks.rules import TaskRules

VOICES = 1  # lines of a kind that a short item has room for
REGIMES = ("MTG_REG.cells", "MTG_THEM.cells", "MTG_STEP.cells", "ATT", "TASK")
Words = Mapping[str, Any]


@dataclass(frozen=True)
class News:
    """`paragraphs` carry their sources as footnotes, for who edits it."""

    headline: str
    paragraphs: tuple[Text, ...]

    @property
    def text(self) -> str:
        return "\n\n".join([self.headline, *(words(each) for each in self.paragraphs)]) + "\n"


@in_vietnamese
def news_of(found: Findings) -> News:
    writer = _Writer(found)
    parts = (
        writer.event(), writer.organisation(), writer.carrying_out(), writer.training(),
        writer.meetings(), writer.outcome(), writer.voices(), writer.proposals(), writer.ahead(),
    )  # fmt: skip
    told = (_joined(part) for part in parts)
    return News(writer.headline(), tuple(each for each in told if each))


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


def _joined(sentences: Iterator[Text]) -> Text:
    """Sentences one after another, with a space between."""
    told: list[str | Run] = []
    for sentence in sentences:
        told += [" "] * bool(told) + ([sentence] if isinstance(sentence, str) else [*sentence])
    return tuple(told)


class _Writer:
    """Writes each part where the findings allow it."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.words = wording("news")
        self.unit = found.of.unit
        self.committee = committee_name(self.unit.name)

    def headline(self) -> str:
        kind = wording("review")["kinds"][self.found.of.kind]
        place = self.unit.name.removeprefix("Đảng bộ ")
        return fill(
            self.words["headline"],
            {},
            place=place[:1].upper() + place[1:],
            kind=kind,
            stated=stated_period(self.found),
            scheme=_short(self.found.highest),
        )

    def event(self) -> Iterator[Text]:
        of = self.found.of
        chain = [*reversed(self.found.above), of.programme]
        told = [document_of(each, in_full=place == 0) for place, each in enumerate(chain)]
        kind = wording("review")["kinds"][of.kind].lower()
        yield self._said(
            "event", "held", day=vn_date(of.held_on or of.last_day), kind=kind,
            stated=stated_period(self.found), documents=" và ".join(told),
        )  # fmt: skip

    def organisation(self) -> Iterator[Text]:
        names = {
            "grassroots": "ORG.grassroots", "members": "ORG.members", "cells": "ORG.cells",
            "grassroots_cells": "ORG.grassroots_cells", "under": "ORG.cells_under_committees",
        }  # fmt: skip
        counts = {name: self._count(code) for name, code in names.items()}
        is_tree = self.found.figure("ORG.grassroots").numerator > 1
        yield self._said("organisation", "tree" if is_tree else "base", **counts)

    def carrying_out(self) -> Iterator[Text]:
        told = self.found.figure("DISS.cells")
        if told.numerator:
            yield self._said("carrying_out", "told_all" if told.value == 1 else "told")
        if count := self._documents():
            yield self._said("carrying_out", "documents", count=count)
        book = RuleBook.load().in_force(TaskRules, self.unit.path, self.found.of.last_day)
        if questions := book.values.scheme.questions:
            listed = [each.question.lower() for each in questions]
            said = f"{', '.join(listed[:-1])} và {listed[-1]}" if listed[1:] else listed[0]
            yield self._said("carrying_out", "motto", name=book.values.scheme.name, questions=said)

    def training(self) -> Iterator[Text]:
        now, year = self.found.figure("TRAIN.secretary"), self.found.of.last_day.year
        if not now.value:
            return
        first = self.found.of.first_day
        whole = [y for y in self.found.years if (y.year, first.month) != (first.year, 12)]
        if all(each.figures["TRAIN.secretary"].value == 1 for each in whole):
            yield self._said("training", "every_year", share=self._share("TRAIN.secretary"))
        else:
            share = self._share("TRAIN.secretary")
            yield self._said("training", "this_year", year=str(year), share=share)

    def meetings(self) -> Iterator[Text]:
        lines = {line.code: line for line in self.found.lines}
        asked = [lines[code] for code in REGIMES if code in lines and lines[code].asked]
        if asked and all(line.position == Position.MET for line in asked):
            yield self._said("meetings", "met_all")
        if {self._value("MTG_REG.cells"), self._value("MTG_THEM.cells")} == {Fraction(1)}:
            yield self._said("meetings", "both_all", share=self._share("MTG_REG.cells"))
        else:
            yield from self._each_regime()
        yield from self._shares("MTG_STEP.cells", "steps")
        attendance = lines.get("ATT")
        if attendance and attendance.asked and attendance.position == Position.MET:
            aim = noted(vn_percent(attendance.asked.aim.share, 0), self._source("ATT"))
            yield self._said("meetings", "attendance_met", aim=aim)
        else:
            yield from self._shares("ATT", "attendance")
        yield from self._shares("TASK", "tasks")

    def _each_regime(self) -> Iterator[Text]:
        if self._value("MTG_REG") is not None:
            yield self._said(
                "meetings",
                "regular",
                held=self._share("MTG_REG"),
                share=self._share("MTG_REG.cells"),
            )
        yield from self._shares("MTG_THEM.cells", "thematic")

    def outcome(self) -> Iterator[Text]:
        well = [year.well for year in self.found.levels]
        if len(well) > 1 and all(a < b for a, b in pairwise(well)):
            yield self._said("meetings", "rising")
        yield from self._shares("EHB", "handbook")

    def voices(self) -> Iterator[Text]:
        yield from self._rewarded()
        for kind in (ContributionKind.WORKED, ContributionKind.NOT_WORKED):
            if lines := self._lines(kind):
                yield self._said("voices", kind.value, lines=lines)

    def _rewarded(self) -> Iterator[Text]:
        """As a confirmed report states it: how many collectives and how many persons."""
        told: dict[str, str | Run] = {}
        for name in ("collectives", "persons"):
            rows = [r.stated for r in self.found.stated_of(f"REWARD.{name}") if r.stated.value]
            if rows:
                told[name] = noted(_number(rows[-1]), sentence_of(rows[-1]))
        if len(told) == 2:
            yield self._said("voices", "rewarded", **told)

    def proposals(self) -> Iterator[Text]:
        lines, parent = self._lines(ContributionKind.PROPOSAL), self.unit.parent
        if lines and parent is not None:
            superior = committee_name(parent.name)
            own = lines.removeprefix(superior.lower()).strip()
            for name in (superior, "Thành ủy", "Huyện ủy", "Đảng ủy"):
                own = own.removeprefix(name[:1].lower() + name[1:]).strip()
            yield self._said("voices", "proposal", superior=superior, lines=own)

    def ahead(self) -> Iterator[Text]:
        yield self._said("voices", "next")

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

    def _shares(self, code: str, sentence: str) -> Iterator[Text]:
        if self._value(code) is not None:
            yield self._said("meetings", sentence, share=self._share(code))

    def _share(self, code: str) -> Run:
        return noted(result(self.found.figure(code)), self._source(code))

    def _count(self, code: str) -> Run:
        return noted(vn_number(self.found.figure(code).numerator), self._source(code))

    def _source(self, code: str) -> str:
        """The item says the percentage alone; its footnote says of how many."""
        figure = self.found.figure(code)
        told = source_of(figure, self.found.review)
        return f"{told} {with_fraction(figure)}." if figure.indicator.is_share else told

    def _said(self, part: str, sentence: str, /, **more: str | Run) -> Text:
        usual: dict[str, str | Run] = {
            "committee": self.committee,
            "unit": self.unit.name,
            "scheme": _short(self.found.highest),
        }
        return noted_fill(self.words[part][sentence], self.found.review, **(usual | more))


def _short(programme: Programme) -> str:
    """“Đề án 11”, as people call it after it was named in full."""
    number = programme.symbol.partition("-")[0]
    return f"{wording('review')['kinds'][programme.kind]} {number}"


def _number(figure: StatedFigure) -> str:
    return vn_number(Fraction(figure.value or 0))
