"""Step 5: what happens to the finished papers, the lines, the signed pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.meetings import actions
from nennep.meetings.choices import Can, PaperKind
from nennep.meetings.forms.concluding import ResultForm
from nennep.meetings.forms.following import AddendumForm, CopyForm
from nennep.meetings.models import Meeting, ResolutionItem, SignedCopy
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.views import frame
from nennep.meetings.views.request import Request
from nennep.papers.render import safe_stem

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def follow(request: Request, public_id: UUID) -> HttpResponse:
    is_change = request.method == "POST"
    can = Can.RECORD_MEETINGS if is_change else Can.VIEW_MEETINGS
    meeting = frame.meeting_to(request, can, public_id)
    do = request.POST.get("do", "")
    copy = CopyForm(*(request.POST, request.FILES) if do == "copy" else ())
    addendum = AddendumForm(request.POST if do == "addendum" else None)
    results = _results(meeting, request.POST if do == "results" else None)
    if is_change and _is_done(request, meeting, do, copy, addendum, results):
        return redirect("meetings:follow", meeting.public_id)
    context = _context(meeting) | {"copy": copy, "addendum": addendum, "results": results}
    return frame.show(
        request,
        "follow",
        meeting,
        Can.RECORD_MEETINGS,
        context,
        status=422 if is_change else 200,
    )


def _results(meeting: Meeting, data: Any) -> list[ResultForm]:
    lines = ResolutionItem.objects.filter(resolution__meeting=meeting).select_related(
        "who", "resolution__meeting"
    )
    return [
        ResultForm(data, line=line) for line in lines.order_by("resolution_id", "position", "id")
    ]


def _is_done(
    request: Request,
    meeting: Meeting,
    do: str,
    copy: CopyForm,
    addendum: AddendumForm,
    results: list[ResultForm],
) -> bool:
    by = request.user
    if do == "finished_sent":
        actions.mark_finished_sent(meeting, by=by)
        return True
    if do == "unmark":
        actions.unmark(meeting, "finished_sent", by=by)
        return True
    if do == "addendum":
        return addendum.is_valid() and frame.taken(
            addendum,
            lambda: actions.add_addendum(meeting, text=addendum.cleaned_data["text"], by=by),
        )
    if do == "copy":
        return copy.is_valid() and frame.taken(copy, lambda: _keep_copy(meeting, copy, by))
    return do == "results" and _are_kept(request, results)


def _keep_copy(meeting: Meeting, form: CopyForm, by: Any) -> None:
    file = form.cleaned_data["file"]
    actions.keep_signed_copy(meeting, name=file.name, content=file.read(), by=by)


def _are_kept(request: Request, results: list[ResultForm]) -> bool:
    if not all([form.is_valid() for form in results]):  # noqa: C419 -- every form says what is wrong
        return False
    for form in results:
        if form.has_changed():
            given = form.cleaned_data
            done_on = (form.line.done_on or clock.today()) if given["is_done"] else None
            try:
                actions.record_result(
                    form.line, result=given["result"], done_on=done_on, by=request.user
                )
            except Refusal as refusal:
                form.add_error("result", refusal.message)
                return False
    messages.success(request, _("The results are kept."))
    return True


def _context(meeting: Meeting) -> dict[str, Any]:
    rules = rules_of(meeting)
    return {
        "papers": [
            (paper, "nghi-quyet" if paper.kind == PaperKind.RESOLUTION else "ket-luan")
            for paper in meeting.resolutions.order_by("id")
        ],
        "copies": list(meeting.signed_copies.all()),
        "addenda": list(meeting.addenda.select_related("added_by")),
        "finished_days": rules.values.finished_days_after,
        "finished_source": rules.source_of("finished_days_after"),
    }


@require_GET
@policy(Can.VIEW_MEETINGS)
def signed_copy(request: Request, public_id: UUID) -> HttpResponse:
    """The file again through the guard; its type is the one read from its bytes."""
    copies = SignedCopy.objects.select_related("meeting__unit")
    copy = fetch(copies, request.user, Can.VIEW_MEETINGS, public_id=public_id)
    frame.note_look(request, copy.meeting, "signed copy opened", name=copy.name)
    content = actions.read_signed_copy(copy)
    extension = EXTENSIONS.get(copy.content_type, "bin")
    response = HttpResponse(content, content_type=copy.content_type)
    stem = safe_stem(copy.name.rpartition(".")[0] or copy.name) or "ban-ky"
    response["Content-Disposition"] = f'attachment; filename="{stem}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
