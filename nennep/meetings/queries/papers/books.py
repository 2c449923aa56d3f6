"""The year's minutes, and the year's resolutions, each as one numbered book to be bound."""

from datetime import date

from nennep.core.fields import holding_on
from nennep.core.text import vn_date
from nennep.meetings.choices import MeetingKind
from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.queries.minutes import minutes_of
from nennep.meetings.queries.papers.minutes import paper_of as minutes_paper_of
from nennep.meetings.queries.papers.phrases import meeting_words
from nennep.meetings.queries.papers.resolution import paper_of as resolution_of
from nennep.meetings.rules.presets import worded
from nennep.organisation.models import Placement, Unit
from nennep.papers.paper import Book, Masthead, Paper, Paragraph


def minutes_book(unit: Unit, year: int, *, of_committee: bool = False) -> Book:
    """All closed minutes of meetings held in the year, in the order of their days."""
    told = minutes_of(_held(unit, year, of_committee=of_committee))
    entries = [
        worded("book.entry_minutes", meeting=meeting_words(each.meeting), day=vn_date(each.day))
        for each in told
    ]
    days = [each.day for each in told]
    title = "book.committee" if of_committee else "book.minutes"
    papers = [minutes_paper_of(each) for each in told]
    return _book(unit, year, title, papers, entries, days, "book.count_minutes")


def resolutions_book(unit: Unit, year: int) -> Book:
    """All issued resolutions and conclusions of the year, in the order of day and number."""
    issued = Resolution.objects.filter(
        meeting__unit=unit, number__isnull=False, issued_on__year=year
    )
    rows = list(issued.select_related("meeting").order_by("issued_on", "kind", "number"))
    meetings = {row.meeting_id: row.meeting for row in rows}
    told_of = {told.meeting.pk: told for told in minutes_of(list(meetings.values()))}
    papers, entries, days = [], [], []
    for row in rows:
        told = told_of[row.meeting_id]
        paper = next(each for each in told.papers if each.pk == row.pk)
        papers.append(resolution_of(paper, told))
        summary = paper.summary or meeting_words(told.meeting)
        day = paper.issued_on or told.day
        days.append(day)
        entries.append(
            worded("book.entry_paper", symbol=paper.symbol, day=vn_date(day), summary=summary)
        )
    return _book(unit, year, "book.resolutions", papers, entries, days, "book.count_resolutions")


def _held(unit: Unit, year: int, *, of_committee: bool) -> list[Meeting]:
    closed = Meeting.objects.closed().filter(unit=unit, started_at__year=year)
    committee = {"kind": MeetingKind.CELL_COMMITTEE}
    closed = closed.filter(**committee) if of_committee else closed.exclude(**committee)
    return list(closed.order_by("started_at", "id"))


def _book(
    unit: Unit,
    year: int,
    title: str,
    papers: list[Paper],
    entries: list[str],
    days: list[date],
    count: str,
) -> Book:
    last = date(year, 12, 31)
    place = Placement.objects.filter(holding_on(last), unit=unit).first()
    above = None
    if place and place.parent_id:
        above = Placement.objects.filter(holding_on(last), unit_id=place.parent_id).first()
    cell = place.name if place else unit.name
    lines = [worded("book.bound")]
    if days:
        counted = worded(count, count=len(papers), first=vn_date(days[0]), last=vn_date(days[-1]))
        lines.insert(0, counted)
    else:
        papers = [Paper(None, worded(title), [Paragraph(worded("book.empty"))], day=last)]
        entries = [worded("book.empty")]
    return Book(
        worded(title),
        papers,
        subtitle=worded("book.year", year=year),
        masthead=Masthead(above.name if above else "", cell),
        entries=entries,
        cover_lines=lines,
        day=days[-1] if days else last,
        file_stem=f"{worded(title)} {cell} {year}",
    )
