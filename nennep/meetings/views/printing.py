"""Papers of a meeting and of a year: on the page, as a file, through the guard each time."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core import trail
from nennep.core.policies import policy
from nennep.core.scoping import ScopedQuerySet, fetch
from nennep.meetings.choices import Can, PaperKind
from nennep.meetings.models import Meeting
from nennep.meetings.queries import papers
from nennep.meetings.views import frame
from nennep.meetings.views.request import Request
from nennep.organisation.models import Unit
from nennep.papers.paper import Book, Paper
from nennep.papers.render import files_at, respond
from nennep.papers.render import render as render_paper

FORMS = ("pdf", "docx")


class ReadableUnits(ScopedQuerySet[Unit]):
    """Units whose minutes a person may read."""

    to_view = Can.VIEW_MEETINGS
    path_lookup = "path"


def _sign_in(meeting: Meeting, address: str) -> Paper:
    return papers.sign_in_paper(meeting, address)


def _issued(kind: str) -> Callable[[Meeting, str], Paper]:
    def build(meeting: Meeting, address: str) -> Paper:
        return papers.resolution_paper(get_object_or_404(meeting.resolutions, kind=kind))

    return build


# What each address prints; the addresses are words of the field.
PAPERS: dict[str, Callable[[Meeting, str], Paper | Book]] = {
    "bo-tai-lieu": lambda meeting, address: papers.bundle(meeting),
    "chuong-trinh": lambda meeting, address: papers.agenda_paper(meeting),
    "giay-moi": lambda meeting, address: papers.invitation_paper(meeting),
    "danh-sach-ky": _sign_in,
    "bien-ban-trang": lambda meeting, address: papers.blank_minutes_paper(meeting),
    "bien-ban": lambda meeting, address: papers.minutes_paper(meeting),
    "nghi-quyet": _issued(PaperKind.RESOLUTION),
    "ket-luan": _issued(PaperKind.CONCLUSION),
}
BOOKS: dict[str, Callable[[Unit, int], Book]] = {
    "bien-ban": papers.minutes_book,
    "hop-chi-uy": lambda unit, year: papers.minutes_book(unit, year, of_committee=True),
    "nghi-quyet": papers.resolutions_book,
}


def _paper(request: Request, meeting: Meeting, name: str) -> Paper | Book:
    if name not in PAPERS:
        raise Http404
    address = request.build_absolute_uri(reverse("meetings:meeting", args=[meeting.public_id]))
    return PAPERS[name](meeting, address)


@require_GET
@policy(Can.VIEW_MEETINGS)
def paper_page(request: Request, public_id: UUID, paper: str) -> HttpResponse:
    """The paper as a page, to read and to print."""
    meeting = frame.meeting_to(request, Can.VIEW_MEETINGS, public_id)
    return render(
        request,
        "papers/paper.html",
        {
            "title": frame.title_of(meeting),
            "back": reverse("meetings:meeting", args=[public_id]),
            "back_words": _("Back to the meeting"),
            "files": files_at(
                lambda form: reverse("meetings:paper-file", args=[public_id, paper, form])
            ),
            "paper": render_paper(_paper(request, meeting, paper), "html"),
        },
    )


@require_GET
@policy(Can.VIEW_MEETINGS)
def paper_file(request: Request, public_id: UUID, paper: str, form: str) -> HttpResponse:
    """Taken away as a file: seen through the guard again, and noted if from above the cell."""
    meeting = fetch(frame.meetings(), request.user, Can.VIEW_MEETINGS, public_id=public_id)
    if form not in FORMS:
        raise Http404
    frame.note_look(request, meeting, "paper taken", paper=paper, form=form)
    return respond(_paper(request, meeting, paper), form)  # type: ignore[arg-type]  # one of FORMS


@require_GET
@policy(Can.VIEW_MEETINGS)
def yearly_book(request: Request, code: str, book: str, year: int, form: str) -> HttpResponse:
    """The year's minutes or resolutions as one numbered book, to print and bind."""
    unit = fetch(ReadableUnits(Unit), request.user, Can.VIEW_MEETINGS, code=code)
    if form not in FORMS or book not in BOOKS or not unit.is_cell:
        raise Http404
    if not any(reach.path == unit.path for reach in request.user.reaches(Can.VIEW_MEETINGS)):
        trail.record_look("yearly book taken", unit, by=request.user, book=book, year=year)
    return respond(BOOKS[book](unit, year), form)  # type: ignore[arg-type]  # one of FORMS
