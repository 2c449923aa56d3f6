"""Courses and their sessions: planned, invited to, recorded, printed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import may
from nennep.core.text import whole_number
from nennep.members.models import Member
from nennep.papers.render import respond, respond_bytes
from nennep.training import actions
from nennep.training.choices import Can, Verdict
from nennep.training.forms import CameForm, CourseForm, ListForm, ReasonForm, SessionForm
from nennep.training.models import CourseSession, Participant
from nennep.training.queries.name_lists import (
    JudgedName,
    judge_names,
    names_in_file,
    names_in_text,
)
from nennep.training.queries.papers import PAPERS, certificate_workbook
from nennep.training.queries.sessions import course_sessions, people_of
from nennep.training.views import frame
from nennep.ui.http import Request


@require_http_methods(["GET", "POST"])
@policy(Can.PLAN_TRAINING)
def plan(request: Request, code: str) -> HttpResponse:
    """A new course with its first session."""
    unit = frame.unit_to(request, Can.PLAN_TRAINING, code)
    form = CourseForm(request.POST if request.method == "POST" else None)
    by: Any = request.user
    planned: list[Any] = []

    def act() -> None:
        planned.append(actions.plan_course(unit, course=form.course, session=form.session, by=by))

    if form.is_bound and form.is_valid() and frame.taken(form, act):
        messages.success(request, _("The course is planned. Now invite people."))
        return redirect("training:session", planned[0].sessions.get().public_id)
    page = {"unit": unit, "form": form, "crumbs": frame.crumbs(unit, (_("New course"), ""))}
    return render(request, "training/plan.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_TRAINING)
def course_page(request: Request, public_id: UUID) -> HttpResponse:
    """A course with its sessions; one more is planned here."""
    can = Can.PLAN_TRAINING if request.method == "POST" else Can.VIEW_TRAINING
    course = frame.course_to(request, can, public_id)
    form = SessionForm(request.POST if request.method == "POST" else None)
    by: Any = request.user
    if form.is_bound and form.is_valid():
        added = frame.taken(form, lambda: actions.add_session(course, session=form.session, by=by))
        if added:
            messages.success(request, _("The session is planned."))
            return redirect("training:course", course.public_id)
    page = {
        "course": course,
        "unit": course.unit,
        "sessions": course_sessions(course),
        "form": form,
        "may_plan": may(request.user, Can.PLAN_TRAINING, course.unit),
        "crumbs": frame.crumbs(course.unit, (_("Course"), "")),
    }
    return render(request, "training/course.html", page, status=422 if form.errors else 200)


@require_GET
@policy(Can.VIEW_TRAINING)
def session_page(request: Request, public_id: UUID) -> HttpResponse:
    """Who is on the list, by name for those who may see names."""
    return _session_page(request, frame.session_to(request, Can.VIEW_TRAINING, public_id))


def _session_page(
    request: Request, session: CourseSession, reason: ReasonForm | None = None
) -> HttpResponse:
    unit = session.course.unit
    rows = session.participants
    page: dict[str, Any] = {
        "session": session,
        "course": session.course,
        "unit": unit,
        "invited": rows.filter(is_invited=True).count(),
        "came": rows.filter(came=True).count(),
        "people": _people(request, session),
        "may_plan": may(request.user, Can.PLAN_TRAINING, unit),
        "may_record": may(request.user, Can.RECORD_TRAINING, unit),
        "reason": reason or ReasonForm(),
        "crumbs": _crumbs(session),
    }
    status = 422 if reason is not None else 200
    return render(request, "training/session.html", page, status=status)


def _people(request: Request, session: CourseSession) -> list[Participant] | None:
    """None for those who may not see names."""
    if not may(request.user, Can.VIEW_TRAINED, session.course.unit):
        return None
    frame.note_look(request, session.course.unit, "who was trained", session=str(session))
    return people_of(session)


def _crumbs(session: CourseSession, *more: tuple[str, str]) -> frame.Crumbs:
    course = session.course
    address = f"/khoa-tap-huan/{course.public_id}/"
    return frame.crumbs(course.unit, (_("Course"), address), (_("Session"), ""), *more)


@require_http_methods(["POST"])
@policy(Can.PLAN_TRAINING)
def change_session(request: Request, public_id: UUID) -> HttpResponse:
    """Invite everybody the course is meant for; take one name off the list; cancel the session."""
    session = frame.session_to(request, Can.PLAN_TRAINING, public_id)
    by: Any = request.user
    if request.POST.get("do") == "cancel":
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        cancelled = bool(reason) and frame.taken(
            form, lambda: actions.cancel_session(session, reason=reason, by=by)
        )
        if not cancelled:
            return _session_page(request, session, form)
        messages.success(request, _("The session is cancelled."))
        return redirect("training:course", session.course.public_id)
    count = actions.invite_holders(session, by=by)
    said = ngettext("%(count)s person is invited.", "%(count)s people are invited.", count)
    messages.success(request, said % {"count": count})
    return redirect("training:session", session.public_id)


@require_http_methods(["GET", "POST"])
@policy(Can.RECORD_TRAINING)
def record(request: Request, public_id: UUID) -> HttpResponse:
    """One screen: everybody came, except …; a list of names, if given, is laid over it first."""
    session = frame.session_to(request, Can.RECORD_TRAINING, public_id)
    frame.note_look(request, session.course.unit, "who was trained", session=str(session))
    people = people_of(session)
    lists = ListForm()
    found: list[JudgedName] = []
    if request.method == "POST" and request.POST.get("do") == "list":
        lists = ListForm(request.POST, request.FILES)
        found = _found(lists, session)
        form = CameForm(None, people=people, found=found, others=_others(found))
        return _record_page(request, session, form, lists, found)
    if request.method == "POST":
        others = _members(request.POST.getlist("others"), session)
        form = CameForm(request.POST, people=people, others=others)
        by: Any = request.user
        if form.is_valid() and frame.taken(
            form, lambda: actions.record_training(session, came=form.came, by=by)
        ):
            messages.success(request, _("Who came is recorded."))
            return redirect("training:session", session.public_id)
        return _record_page(request, session, form, lists, found)
    return _record_page(request, session, CameForm(None, people=people), lists, found)


def _found(form: ListForm, session: CourseSession) -> list[JudgedName]:
    """Nothing is written: what the list says only fills in the screen."""
    if not form.is_valid():
        return []
    given = form.cleaned_data
    try:
        names = names_in_text(given["names"])
        if given["file"]:
            names = [*names_in_file(given["file"].file, given["file"].name), *names]
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field == "file" else None, refusal.message)
        return []
    if not names:
        form.add_error("names", _("Choose a file, or write the names of those who came."))
    return judge_names(session, names)


def _others(found: list[JudgedName]) -> list[Member]:
    meant = {j.member.pk: j.member for j in found if j.member and j.verdict == Verdict.NOT_INVITED}
    return list(meant.values())


def _members(ids: list[str], session: CourseSession) -> list[Member]:
    """Of the people named, those below the unit that holds the session."""
    rows = Member.objects.within(session.course.unit).select_related("unit")
    return list(rows.filter(pk__in=[pk for pk in map(whole_number, ids) if pk is not None]))


def _record_page(
    request: Request,
    session: CourseSession,
    form: CameForm,
    lists: ListForm,
    found: list[JudgedName],
) -> HttpResponse:
    ticked = form.ticked
    page = {
        "session": session,
        "course": session.course,
        "unit": session.course.unit,
        "form": form,
        "lists": lists,
        "rows": [(person, str(person.pk) in ticked) for person in form.people],
        "others": _others(found),
        "troubles": [j for j in found if j.member is None],
        "found": found,
        "crumbs": _crumbs(session, (_("Who came"), "")),
    }
    status = 422 if form.errors or lists.errors else 200
    return render(request, "training/record.html", page, status=status)


@require_GET
@policy(Can.VIEW_TRAINED)
def paper(request: Request, public_id: UUID, paper: str, form: str) -> HttpResponse:
    """The list to be signed, or of those who came; the names are taken away as a file."""
    session = frame.session_to(request, Can.VIEW_TRAINED, public_id)
    if paper not in PAPERS or form not in {"docx", "pdf", "xlsx"}:
        raise Http404
    people = people_of(session)
    frame.note_look(request, session.course.unit, "list of trained taken", count=len(people))
    if form == "xlsx":
        content = certificate_workbook(session, people)
        return respond_bytes(content, f"danh-sach-tap-huan-{session.ends_on:%Y-%m-%d}", "xlsx")
    return respond(PAPERS[paper](session, people), form, is_inline=form == "pdf")  # type: ignore[arg-type]  # one of two
