from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.regulations import actions, queries
from nennep.regulations.choices import CELL_LABELS, COLUMN_LABELS, Can
from nennep.regulations.forms import (
    BasisForm,
    CalendarDayForm,
    DayForm,
    EnterForm,
    FilterForm,
    ReplaceForm,
    ReplacementForm,
    RuleChoiceForm,
    WithdrawForm,
    initial_of,
)
from nennep.regulations.models import Basis, CalendarDay, RuleValue
from nennep.ui.http import Request


def _values() -> Any:
    return RuleValue.objects.select_related("basis", "entered_by", "confirmed_by")


def _bases() -> Any:
    return Basis.objects.select_related("replaced_by", "entered_by", "confirmed_by")


def _managing_all(request: Request) -> bool:
    return queries.may_manage(request.user, "")


def _refuse_strangers(request: Request, scope_path: str = "") -> None:
    if not queries.may_manage(request.user, scope_path):
        raise PermissionDenied


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the action took it; a refusal stands beside its field."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


@require_GET
@policy(Can.VIEW_RULES)
def rule_list(request: Request) -> HttpResponse:
    filters = FilterForm(request.GET or None)
    confirmed, total = queries.confirmed_counts(request.user)
    return render(
        request,
        "regulations/list.html",
        {
            "filters": filters,
            "groups": queries.rules_listed(request.user, **filters.asked()),
            "confirmed": confirmed,
            "total": total,
            "may_manage": bool(request.user.reaches(Can.MANAGE_RULES)),
        },
    )


@require_GET
@policy(Can.VIEW_RULES)
def rule_detail(request: Request, public_id: UUID) -> HttpResponse:
    value = fetch(_values(), request.user, Can.VIEW_RULES, public_id=public_id)
    return render(
        request,
        "regulations/detail.html",
        {
            "row": queries.rows_of([value])[0],
            "value": value,
            "lines": [_line(row) for row in queries.value_lines(value.key, value.value)],
            "past": queries.past_of(value),
            "overrides": queries.overrides_of(value, request.user),
            "may_manage": queries.may_manage(request.user, value.scope_path),
            "withdraw_form": WithdrawForm(),
            "is_over": value.valid_to is not None and value.valid_to < clock.today(),
        },
    )


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    """A step with what is said of it, in words; what is not said is left out."""
    return {
        "title": row.get("title", ""),
        "facts": [
            (COLUMN_LABELS[column], words.get(row[column], row[column]))
            for column, words in CELL_LABELS.items()
            if row.get(column)
        ],
    }


@require_POST
@policy(Can.MANAGE_RULES)
def confirm(request: Request, public_id: UUID) -> HttpResponse:
    value = fetch(_values(), request.user, Can.MANAGE_RULES, public_id=public_id)
    actions.confirm_value(value, by=request.user)
    messages.success(request, _("Recorded as checked against the original."))
    return redirect("regulations:detail", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def unconfirm(request: Request, public_id: UUID) -> HttpResponse:
    value = fetch(_values(), request.user, Can.MANAGE_RULES, public_id=public_id)
    actions.unconfirm_value(value, by=request.user)
    messages.success(request, _("The check was taken back."))
    return redirect("regulations:detail", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def withdraw(request: Request, public_id: UUID) -> HttpResponse:
    value = fetch(_values(), request.user, Can.MANAGE_RULES, public_id=public_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Give the last day of the rule."), code="day_missing", field="last_day")
    actions.withdraw_value(value, last_day=form.cleaned_data["last_day"], by=request.user)
    messages.success(request, _("The rule ends with that day. What it said before is kept."))
    return redirect("regulations:detail", public_id)


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_RULES)
def replace(request: Request, public_id: UUID) -> HttpResponse:
    value = fetch(_values(), request.user, Can.MANAGE_RULES, public_id=public_id)
    if value.key not in queries.known_keys():
        raise Refusal(_("No part of the program uses this rule any more."), code="unknown_rule")
    form = ReplaceForm(
        request.POST or None, key=value.key, shown=value.value, initial=initial_of(value)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _done(
            form,
            lambda: actions.replace_value(
                value,
                value=form.value(),
                since=given["since"],
                basis=given["basis"],
                clause=given["clause"],
                mark=given["mark"],
                note=given["note"],
                by=request.user,
            ),
        ):
            messages.success(request, _("The new value is entered; the old one is kept."))
            return redirect("regulations:detail", public_id)
    context = {"form": form, "value": value, "row": queries.rows_of([value])[0]}
    return render(request, "regulations/replace.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_RULES)
def enter(request: Request) -> HttpResponse:
    key = request.GET.get("key", "")
    if key not in queries.known_keys():
        return render(request, "regulations/choose.html", {"form": RuleChoiceForm()})
    form = EnterForm(request.POST or None, key=key)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        scope = queries.scope_of(request.user, place) if place else ""
        if scope is None:
            form.add_error("place", _("There is no unit with this code where you manage rules."))
        elif not queries.may_manage(request.user, scope):
            form.add_error("place", _("You manage rules for a part only. Give the unit's code."))
        elif _done(form, lambda: _enter(request, key, scope, form)):
            messages.success(request, _("The rule is entered."))
            return redirect(f"{reverse('regulations:list')}?key={key}")
    context = {"form": form, "key": key, "label": queries.rule_label(key)}
    return render(request, "regulations/enter.html", context, status=422 if form.errors else 200)


def _enter(request: Request, key: str, scope_path: str, form: EnterForm) -> None:
    given = form.cleaned_data
    actions.enter_value(
        key,
        value=form.value(),
        scope_path=scope_path,
        valid_from=given["valid_from"],
        valid_to=given["valid_to"],
        basis=given["basis"],
        clause=given["clause"],
        mark=given["mark"],
        note=given["note"],
        by=request.user,
    )


@require_GET
@policy(Can.VIEW_RULES)
def basis_list(request: Request) -> HttpResponse:
    context = {"bases": queries.bases_listed(), "may_manage": _managing_all(request)}
    return render(request, "regulations/bases.html", context)


@require_GET
@policy(Can.VIEW_RULES)
def basis_detail(request: Request, public_id: UUID) -> HttpResponse:
    basis = get_object_or_404(_bases(), public_id=public_id)
    values = RuleValue.objects.visible_to(request.user).filter(basis=basis).select_related("basis")
    return render(
        request,
        "regulations/basis.html",
        {
            "basis": basis,
            "replaces": basis.replaces.all(),
            "rows": queries.rows_of(values),
            "may_manage": _managing_all(request),
            "replacement_form": ReplacementForm(),
        },
    )


@require_POST
@policy(Can.MANAGE_RULES)
def confirm_basis(request: Request, public_id: UUID) -> HttpResponse:
    _refuse_strangers(request)
    basis = get_object_or_404(Basis, public_id=public_id)
    actions.confirm_basis(basis, by=request.user)
    messages.success(request, _("Recorded as checked against the original."))
    return redirect("regulations:basis", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def unconfirm_basis(request: Request, public_id: UUID) -> HttpResponse:
    _refuse_strangers(request)
    basis = get_object_or_404(Basis, public_id=public_id)
    actions.unconfirm_basis(basis, by=request.user)
    messages.success(request, _("The check was taken back."))
    return redirect("regulations:basis", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def replace_basis(request: Request, public_id: UUID) -> HttpResponse:
    _refuse_strangers(request)
    basis = get_object_or_404(Basis, public_id=public_id)
    form = ReplacementForm(request.POST)
    if not form.is_valid():
        raise Refusal(
            _("Choose the document that takes its place, and the day."), code="replacement_missing"
        )
    actions.replace_basis(basis, **form.cleaned_data, by=request.user)
    messages.success(request, _("Recorded. Look through the rules that rest on it."))
    return redirect("regulations:basis", public_id)


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_RULES)
def add_basis(request: Request) -> HttpResponse:
    _refuse_strangers(request)
    form = BasisForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(form, lambda: actions.add_basis(**form.cleaned_data, by=request.user))
    ):
        messages.success(request, _("The document is in the list."))
        return redirect("regulations:bases")
    context = {"form": form}
    return render(
        request, "regulations/add_basis.html", context, status=422 if form.errors else 200
    )


@require_GET
@policy(Can.VIEW_RULES)
def calendar(request: Request) -> HttpResponse:
    return render(request, "regulations/calendar.html", _calendar(request, CalendarDayForm()))


@require_POST
@policy(Can.MANAGE_RULES)
def mark_day(request: Request) -> HttpResponse:
    _refuse_strangers(request)
    form = CalendarDayForm(request.POST)
    if not form.is_valid():
        return render(request, "regulations/calendar.html", _calendar(request, form), status=422)
    actions.mark_day(**form.cleaned_data, by=request.user)
    messages.success(request, _("The day is entered."))
    return redirect("regulations:calendar")


def _calendar(request: Request, form: CalendarDayForm) -> dict[str, Any]:
    year = clock.today().year
    return {
        "form": form,
        "year": year,
        "holidays": queries.holidays_of(year),
        "days": CalendarDay.objects.all(),
        "may_manage": _managing_all(request),
    }


@require_POST
@policy(Can.MANAGE_RULES)
def clear_day(request: Request) -> HttpResponse:
    _refuse_strangers(request)
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Say which day it is."), code="day_missing", field="day")
    actions.clear_day(form.cleaned_data["day"], by=request.user)
    messages.success(request, _("The national calendar holds for that day again."))
    return redirect("regulations:calendar")
