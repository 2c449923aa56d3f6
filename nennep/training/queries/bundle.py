"""What an office posts in the e-handbook about a meeting, prepared as files. Nothing is sent."""

import io
import zipfile
from collections.abc import Iterator

from nennep.core.text import vn_date
from nennep.meetings.choices import Presence
from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.queries.papers import (
    agenda_paper,
    invitation_paper,
    minutes_paper,
    resolution_paper,
)
from nennep.papers.render import render
from nennep.papers.xlsx import Sheet, SheetColumn, Value, workbook
from nennep.training.queries.wording import worded

# The same bytes for the same meeting: no file says when it was packed.
PACKED = (1980, 1, 1, 0, 0, 0)


def meeting_bundle(meeting: Meeting) -> bytes:
    """A ZIP: invitation and agenda before the meeting, attendance and finished papers after it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in _files(meeting):
            packed.writestr(zipfile.ZipInfo(name, PACKED), data)
    return content.getvalue()


def _files(meeting: Meeting) -> Iterator[tuple[str, bytes]]:
    yield f"{worded('bundle.read_me')}.txt", worded("bundle.words").encode()
    yield f"{worded('bundle.invitation')}.pdf", render(invitation_paper(meeting), "pdf")
    yield f"{worded('bundle.agenda')}.pdf", render(agenda_paper(meeting), "pdf")
    if not meeting.is_closed:
        return
    if meeting.attendances.exists():
        yield f"{worded('bundle.attendance')}.xlsx", attendance_workbook(meeting)
    yield f"{worded('bundle.minutes')}.pdf", render(minutes_paper(meeting), "pdf")
    issued = Resolution.objects.filter(meeting=meeting, number__isnull=False)
    for number, paper in enumerate(issued.order_by("pk"), 1):
        yield (
            f"{worded('bundle.resolution', number=number)}.pdf",
            render(resolution_paper(paper), "pdf"),
        )


def attendance_workbook(meeting: Meeting) -> bytes:
    """Who was there: present, absent with a reason or without one; the reason itself stays here."""
    words = {
        Presence.PRESENT: worded("bundle.present"),
        Presence.EXCUSED: worded("bundle.excused"),
        Presence.UNEXCUSED: worded("bundle.unexcused"),
    }
    people = meeting.attendances.select_related("member").order_by("member__sort_key", "pk")
    rows: list[list[Value]] = [
        [number, each.member.full_name, words[Presence(each.presence)]]
        for number, each in enumerate(people, 1)
    ]
    columns = [
        SheetColumn(worded("table.number"), width=6, kind="number"),
        SheetColumn(worded("table.name"), width=30),
        SheetColumn(worded("bundle.presence"), width=24),
    ]
    day = meeting.started_at.date() if meeting.started_at else None
    heading = worded("bundle.heading", cell=meeting.unit.name, day=vn_date(day))
    return workbook([Sheet(worded("bundle.presence"), columns, rows, heading=heading)], day=day)
