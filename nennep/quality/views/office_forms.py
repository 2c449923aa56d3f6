"""An office's own forms of the class tables: keeping one, what its columns mean, filling it in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.http import Request
from nennep.core import trail
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.core.sheets.filling import Form
from nennep.papers.render import respond_bytes
from nennep.quality.actions import office_forms as actions
from nennep.quality.choices import Can, FormKind
from nennep.quality.forms.deciding import PeriodChoiceForm
from nennep.quality.forms.office_forms import KeepFormForm
from nennep.quality.models import OfficeForm
from nennep.quality.queries.classes import class_table
from nennep.quality.queries.form_lines import month_lines, period_lines
from nennep.quality.queries.office_forms import (
    content_of,
    fill_kept,
    find_form_head,
    shape_of_form,
)
from nennep.quality.queries.periods import period_table
from nennep.quality.views.classes import class_unit, crumbs, month_asked
from nennep.ui.form_fields import MappingForm


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_CLASSES)
def office_forms(request: Request, code: str) -> HttpResponse:
    """The forms of this unit; a new one is shown with what its headings seem to mean."""
    unit = class_unit(request, Can.DECIDE_CLASSES, code)
    form = KeepFormForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            kept = actions.keep_form(
                unit,
                kind=told["kind"],
                name=told["name"] or told["file"].name,
                content=told["file"].read(),
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("quality:office-form", kept.public_id)
    context = {
        "unit": unit,
        "form": form,
        "kept": OfficeForm.objects.filter(unit=unit, put_aside_at=None),
        "crumbs": crumbs(request, unit, "quality:office-forms", ""),
    }
    return render(request, "quality/office_forms.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_CLASSES)
def office_form(request: Request, public_id: UUID) -> HttpResponse:
    """What each column is filled with: proposed by the headings, confirmed by a person."""
    kept = _form(request, public_id)
    headings = find_form_head(Form(content_of(kept)), kept.kind).head.headings
    form = MappingForm(
        request.POST or None,
        headings=headings,
        choices=[(each.key, each.title) for each in shape_of_form(kept.kind).columns],
        mapping={int(column): key for column, key in kept.columns.items()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_columns(kept, columns=form.chosen, by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The form is ready; it is offered beside the table."))
            name = "quality:classes" if kept.kind == FormKind.MONTH else "quality:period"
            return redirect(name, kept.unit.code)
    context = {
        "kept": kept,
        "unit": kept.unit,
        "form": form,
        "rows": [(each, form[f"column_{each.column}"]) for each in headings],
        "crumbs": [
            *crumbs(request, kept.unit, "quality:office-forms", "")[:-1],
            (kept.unit.name, reverse("quality:office-forms", args=[kept.unit.code])),
            (kept.name, ""),
        ],
    }
    return render(request, "quality/office_form.html", context, status=422 if form.errors else 200)


@require_POST
@policy(Can.DECIDE_CLASSES)
def put_form_aside(request: Request, public_id: UUID) -> HttpResponse:
    kept = actions.put_form_aside(_form(request, public_id), by=request.user)
    messages.success(request, _("The form is put aside; it is offered no more."))
    return redirect("quality:office-forms", kept.unit.code)


@require_GET
@policy(Can.VIEW_CLASSES)
def filled_form(request: Request, code: str, public_id: UUID) -> HttpResponse:
    """The table of the unit in a form of its own office or of one above it."""
    unit = class_unit(request, Can.VIEW_CLASSES, code)
    kept = get_object_or_404(OfficeForm.objects.for_unit(unit), public_id=public_id)
    if kept.kind == FormKind.MONTH:
        month = month_asked(request)
        lines, told = month_lines(class_table(unit, month)), f"{month:%Y-%m}"
    else:
        asked = PeriodChoiceForm(request.GET)
        lines = period_lines(period_table(unit, asked.year, asked.part))
        told = f"{asked.year}-{asked.part}"
    content = fill_kept(kept, lines)
    trail.record_look(
        "classes taken as a file", unit, by=request.user, period=told, title=kept.name
    )
    return respond_bytes(content, f"{kept.name} {unit.code} {told}", "xlsx")


def _form(request: Request, public_id: UUID) -> OfficeForm:
    return fetch(
        OfficeForm.objects.select_related("unit"),
        request.user,
        Can.DECIDE_CLASSES,
        public_id=public_id,
    )
