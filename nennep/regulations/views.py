from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
from nennep.regulations.choices import Can
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
from nennep.regulations.models import Basis, CalendarDay, RuleValue, RuleValueQuerySet
from nennep.ui.asking import ask, taken
from nennep.ui.http import Request


def _values() -> RuleValueQuerySet:
    return RuleValue.objects.select_related("basis", "entered_by", "confirmed_by")


def _bases() -> Any:
    return Basis.objects.select_related("replaced_by", "entered_by", "confirmed_by")


def _managing_all(request: Request) -> bool:
    return queries.may_manage(request.user, "")


def _refuse_strangers(request: Request) -> None:
    if not _managing_all(request):
        raise PermissionDenied


def _managed(request: Request, public_id: UUID) -> RuleValue:
    return fetch(_values(), request.user, Can.MANAGE_RULES, public_id=public_id)


def _managed_basis(request: Request, public_id: UUID) -> Basis:
    _refuse_strangers(request)
    return get_object_or_404(Basis, public_id=public_id)


def _way_to(name: str) -> list[tuple[str, str]]:
    """The list of rules, or the list of documents below it."""
    way = [(_("Rules"), reverse("regulations:list"))]
    if name == "bases":
        way.append((_("Documents"), reverse("regulations:bases")))
    return way


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
    row = queries.rows_of([value])[0]
    return render(
        request,
        "regulations/detail.html",
        {
            "crumbs": [*_way_to("list"), (row.label, "")],
            "row": row,
            "value": value,
            "lines": queries.value_lines(value.key, value.value),
            "past": queries.past_of(value),
            "overrides": queries.overrides_of(value, request.user),
            "may_manage": queries.may_manage(request.user, value.scope_path),
            "withdraw_form": WithdrawForm(),
            "is_over": value.valid_to is not None and value.valid_to < clock.today(),
            "sheet_page": queries.page_of(value),
        },
    )


@require_POST
@policy(Can.MANAGE_RULES)
def confirm(request: Request, public_id: UUID) -> HttpResponse:
    actions.confirm(_managed(request, public_id), by=request.user)
    messages.success(request, _("Recorded as checked against the original."))
    return redirect("regulations:detail", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def unconfirm(request: Request, public_id: UUID) -> HttpResponse:
    actions.unconfirm(_managed(request, public_id), by=request.user)
    messages.success(request, _("The check was taken back."))
    return redirect("regulations:detail", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def withdraw(request: Request, public_id: UUID) -> HttpResponse:
    value = _managed(request, public_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Give the last day of the rule."), code="day_missing", field="last_day")
    actions.withdraw_value(value, last_day=form.cleaned_data["last_day"], by=request.user)
    messages.success(request, _("The rule ends with that day. What it said before is kept."))
    return redirect("regulations:detail", public_id)


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_RULES)
def replace(request: Request, public_id: UUID) -> HttpResponse:
    value = _managed(request, public_id)
    if value.key not in queries.known_keys():
        raise Refusal(_("No part of the program uses this rule any more."), code="unknown_rule")
    if page := queries.known_rule(value.key).page:
        return redirect(page, public_id)
    form = ReplaceForm(
        request.POST or None, key=value.key, shown=value.value, initial=initial_of(value)
    )
    if form.is_valid() and taken(form, lambda: _replace(value, form, request)):
        messages.success(request, _("The new value is entered; the old one is kept."))
        return redirect("regulations:detail", public_id)
    row, own_page = queries.rows_of([value])[0], reverse("regulations:detail", args=[public_id])
    now = _("Now: %(shown)s. Meetings before the day you give are judged by this value for ever.")
    return ask(
        request,
        form,
        title=_("Change a rule from a day on"),
        about=row.label,
        lead=now % {"shown": row.shown},
        submit=_("Enter the new value"),
        back_url=own_page,
        crumbs=[*_way_to("list"), (row.label, own_page)],
    )


def _replace(value: RuleValue, form: ReplaceForm, request: Request) -> None:
    given = form.cleaned_data
    source = {name: given[name] for name in ("since", "basis", "clause", "mark", "note")}
    actions.replace_value(value, value=form.value(), **source, by=request.user)


@require_http_methods(["GET", "POST"])
@policy(Can.MANAGE_RULES)
def enter(request: Request) -> HttpResponse:
    key = request.GET.get("key", "")
    if key not in queries.known_keys():
        page = {"form": RuleChoiceForm(), "crumbs": [*_way_to("list"), (_("Enter a rule"), "")]}
        return render(request, "regulations/choose.html", page)
    if pages := queries.known_rule(key).pages:
        return redirect(pages)
    form = EnterForm(request.POST or None, key=key)
    if form.is_valid() and _is_entered(request, key, form):
        messages.success(request, _("The rule is entered."))
        return redirect(f"{reverse('regulations:list')}?key={key}")
    return ask(
        request,
        form,
        title=queries.rule_label(key),
        lead=_(
            "A value for one unit holds for everything below it too, and goes before the general one."
        ),
        submit=_("Enter the rule"),
        back_url=reverse("regulations:list"),
        crumbs=[*_way_to("list"), (_("Enter a rule"), reverse("regulations:enter"))],
        draft=f"rule-new-{key}",
    )


def _is_entered(request: Request, key: str, form: EnterForm) -> bool:
    place = form.cleaned_data["place"]
    scope = queries.scope_of(request.user, place) if place else ""
    if scope is None:
        form.add_error("place", _("There is no unit with this code where you manage rules."))
    elif not queries.may_manage(request.user, scope):
        form.add_error("place", _("You manage rules for a part only. Give the unit's code."))
    else:
        return taken(form, lambda: _enter(request, key, scope, form))
    return False


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
    context = {
        "crumbs": [*_way_to("list"), (_("Documents"), "")],
        "bases": queries.bases_listed(),
        "may_manage": _managing_all(request),
    }
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
            "crumbs": [*_way_to("bases"), (basis.symbol, "")],
            "basis": basis,
            "replaces": basis.replaces.all(),
            "document_page": queries.document_page_of(request.user, basis),
            "rows": queries.rows_of(values),
            "may_manage": _managing_all(request),
            "replacement_form": ReplacementForm(),
        },
    )


@require_POST
@policy(Can.MANAGE_RULES)
def confirm_basis(request: Request, public_id: UUID) -> HttpResponse:
    actions.confirm(_managed_basis(request, public_id), by=request.user)
    messages.success(request, _("Recorded as checked against the original."))
    return redirect("regulations:basis", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def unconfirm_basis(request: Request, public_id: UUID) -> HttpResponse:
    actions.unconfirm(_managed_basis(request, public_id), by=request.user)
    messages.success(request, _("The check was taken back."))
    return redirect("regulations:basis", public_id)


@require_POST
@policy(Can.MANAGE_RULES)
def replace_basis(request: Request, public_id: UUID) -> HttpResponse:
    basis = _managed_basis(request, public_id)
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
        and taken(form, lambda: actions.add_basis(**form.cleaned_data, by=request.user))
    ):
        messages.success(request, _("The document is in the list."))
        return redirect("regulations:bases")
    return ask(
        request,
        form,
        title=_("Add a document"),
        lead=_("Write what identifies it. Secret documents are not entered here."),
        submit=_("Add the document"),
        back_url=reverse("regulations:bases"),
        crumbs=_way_to("bases"),
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
        "crumbs": [*_way_to("list"), (_("Working days"), "")],
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
