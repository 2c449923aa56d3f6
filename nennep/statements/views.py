"""From a written report to figures that somebody stands for, each with its sentence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.queries.asking import user_of
from nennep.core import jobs
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch, may
from nennep.indicators.choices import Can as Indicators
from nennep.organisation.models import Unit
from nennep.statements import actions
from nennep.statements.choices import Can, Verdict
from nennep.statements.forms import CorrectionForm, ReportForm, VerdictForm
from nennep.statements.jobs import KIND, read_long_report
from nennep.statements.models import StatedFigure, WrittenReport
from nennep.statements.queries import stated
from nennep.ui.http import Request
from nennep.ui.jobs import job_page

AT_ONCE = 30_000  # characters of a text that is read while the page waits
LISTED = 100  # reports on one page, the newest first


@require_GET
@policy(Indicators.VIEW_FIGURES)
def reports(request: Request) -> HttpResponse:
    """Every report the person may see, and the organisations whose reports the person reads in."""
    own = Unit.objects.where_may(request.user, Can.CONFIRM_FIGURES).order_by("depth", "sort_key")
    context = {"reports": _counted(request), "units": own[:1]}
    return render(request, "statements/reports.html", context)


@require_GET
@policy(Indicators.VIEW_FIGURES)
def unit(request: Request, code: str) -> HttpResponse:
    """What written reports state of one organisation, beside what is counted here."""
    found = fetch(Unit.objects.all(), request.user, Indicators.VIEW_FIGURES, code=code)
    rows = stated.compared(found, stated.confirmed_of(found))
    context = {
        "unit": found,
        "rows": rows,
        "reports": [report for report in _counted(request) if report.unit_id == found.pk],
        "may_confirm": may(request.user, Can.CONFIRM_FIGURES, found),
        "crumbs": [(_("Figures of reports"), reverse("statements:reports")), (found.name, "")],
    }
    return render(request, "statements/unit.html", context)


@require_http_methods(["GET", "POST"])
@policy(Can.CONFIRM_FIGURES)
def read(request: Request, code: str) -> HttpResponse:
    """A file is read; nothing of it counts before a person has said so."""
    found = fetch(Unit.objects.all(), request.user, Can.CONFIRM_FIGURES, code=code)
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = _taken_in(request, found, name=file.name, content=file.read())
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("statements:report", report.public_id)
    context = {"unit": found, "form": form, "crumbs": _crumbs(found, _("Read a report"))}
    return render(request, "statements/read.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _taken_in(request: Request, unit: Unit, *, name: str, content: bytes) -> WrittenReport:
    """A long text is read behind a page that says how far it is."""
    person = user_of(request)
    found, is_new = actions.open_report(unit, name=name, content=content, by=person)
    if is_new and len(found.text) <= AT_ONCE:
        return actions.read_figures(found, by=person)
    if is_new:
        title = _("Reading %(file)s") % {"file": found.file_name}
        found.job = jobs.start(
            read_long_report, kind=KIND, title=title, by=person,
            report_id=found.pk, person_id=person.pk,
        )  # fmt: skip
        found.save(update_fields=["job"])
    return found


@require_GET
@policy(Indicators.VIEW_FIGURES)
def report(request: Request, public_id: UUID) -> HttpResponse:
    """The text with its figures marked, and each figure to be confirmed, corrected or rejected."""
    found = _report(request, public_id, Indicators.VIEW_FIGURES)
    running = job_page(
        request,
        found.job,
        lead=found.unit.name,
        note=_("It goes on if you leave this page. Come back to it from the list of reports."),
        crumbs=_crumbs(found.unit, found.title[:60]),
    )
    if running is not None:
        return running
    figures = list(found.figures.select_related("decided_by"))
    for figure in figures:
        figure.report = found
    context = {
        "report": found,
        "unit": found.unit,
        "pieces": list(stated.marked(found, figures)),
        "rows": stated.compared(found.unit, figures),
        "open": sum(figure.is_open for figure in figures),
        "may_confirm": may(request.user, Can.CONFIRM_FIGURES, found.unit),
        "crumbs": _crumbs(found.unit, found.title[:60]),
    }
    return render(request, "statements/report.html", context)


@require_POST
@policy(Can.CONFIRM_FIGURES)
def confirm(request: Request, public_id: UUID) -> HttpResponse:
    found = _report(request, public_id, Can.CONFIRM_FIGURES)
    count = actions.confirm_all(found, by=user_of(request))
    said = ngettext("%(count)s figure confirmed.", "%(count)s figures confirmed.", count)
    messages.success(request, said % {"count": count})
    return redirect("statements:report", found.public_id)


@require_POST
@policy(Can.CONFIRM_FIGURES)
def discard(request: Request, public_id: UUID) -> HttpResponse:
    found = _report(request, public_id, Can.CONFIRM_FIGURES)
    actions.put_aside(found, by=user_of(request))
    messages.success(request, _("The report was put aside."))
    return redirect("statements:unit", found.unit.code)


@require_http_methods(["GET", "POST"])
@policy(Can.CONFIRM_FIGURES)
def correct(request: Request, public_id: UUID) -> HttpResponse:
    """What the sentence says, where the reading took it otherwise."""
    figure = _figure(request, public_id)
    form = CorrectionForm(request.POST or None, figure=figure)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_figure(
                figure, verdict=Verdict.CONFIRMED, correction=form.correction, by=user_of(request)
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _back_to(figure)
    context = {
        "figure": figure,
        "form": form,
        "crumbs": _crumbs(figure.report.unit, stated.name_of(figure.indicator)),
    }
    return render(request, "statements/correct.html", context, status=422 if form.errors else 200)


@require_POST
@policy(Can.CONFIRM_FIGURES)
def decide(request: Request, public_id: UUID) -> HttpResponse:
    figure = _figure(request, public_id)
    form = VerdictForm(request.POST)
    if form.is_valid():
        verdict = Verdict(form.cleaned_data["verdict"])
        actions.decide_figure(figure, verdict=verdict, by=user_of(request))
    return _back_to(figure)


def _counted(request: Request) -> list[Any]:
    found = WrittenReport.objects.visible_to(request.user).select_related("unit").defer("text")
    open_, sure = (Q(figures__verdict=v) for v in (Verdict.OPEN, Verdict.CONFIRMED))
    counted = found.annotate(
        open=Count("figures", filter=open_), confirmed=Count("figures", filter=sure)
    )
    return list(counted[:LISTED])


def _report(request: Request, public_id: UUID, can: str) -> WrittenReport:
    records = WrittenReport.objects.select_related("unit", "read_by", "job")
    return fetch(records, request.user, can, public_id=public_id)


def _figure(request: Request, public_id: UUID) -> StatedFigure:
    records = StatedFigure.objects.select_related("report__unit")
    return fetch(records, request.user, Can.CONFIRM_FIGURES, public_id=public_id)


def _back_to(figure: StatedFigure) -> HttpResponse:
    address = reverse("statements:report", args=[figure.report.public_id])
    return redirect(f"{address}#f{figure.pk}")


def _crumbs(unit: Unit, here: str) -> list[tuple[str, str]]:
    return [
        (_("Figures of reports"), reverse("statements:reports")),
        (unit.name, reverse("statements:unit", args=[unit.code])),
        (here, ""),
    ]
