"""Score sheets: those in force, the examples, and making one's own without code."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.http import Request
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.scoping import fetch
from nennep.core.text import whole_number
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.choices import SheetKind
from nennep.quality.forms.sheets import BeginForm, CriterionForm, EntryForm, HeadForm, YearForm
from nennep.quality.models import SheetDraft
from nennep.quality.queries.sheets import (
    SHEET_KEYS,
    YEAR_KEYS,
    fault_words,
    sheets_listed,
    shown_sheet,
    shown_year,
)
from nennep.quality.rules.presets import examples
from nennep.regulations.actions import enter_value
from nennep.regulations.choices import Can as CanRule
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.queries import may_manage, rows_of, scope_of

DRAFTS = SheetDraft.objects.select_related("unit", "changed_by")


@require_GET
@policy(CanRule.VIEW_RULES)
def sheets(request: Request) -> HttpResponse:
    may_draft = bool(request.user.reaches(CanRule.MANAGE_RULES))
    return render(
        request,
        "quality/sheets.html",
        {
            "listed": sheets_listed(request.user),
            "examples": list(examples().values()),
            "drafts": DRAFTS.visible_to(request.user) if may_draft else [],
            "may_draft": may_draft,
            "kinds": SheetKind,
        },
    )


@require_GET
@policy(CanRule.VIEW_RULES)
def sheet(request: Request, public_id: UUID) -> HttpResponse:
    """A sheet in force, or the rule of a year, in words."""
    values = RuleValue.objects.select_related("basis", "confirmed_by")
    value = fetch(values, request.user, CanRule.VIEW_RULES, public_id=public_id)
    if value.key not in {*SHEET_KEYS, *YEAR_KEYS}:
        raise Http404
    is_year = value.key in YEAR_KEYS
    return render(
        request,
        "quality/sheet.html",
        {
            "row": rows_of([value])[0],
            "value": value,
            "shown": None if is_year else shown_sheet(value.value),
            "year": shown_year(value.value) if is_year else None,
            "may_draft": bool(request.user.reaches(CanRule.MANAGE_RULES)),
            "start": f"rule-{value.public_id}",
            "kind": value.key.rpartition("_")[2],
        },
    )


@require_GET
@policy(CanRule.VIEW_RULES)
def example(request: Request, example_code: str) -> HttpResponse:
    """What one place uses, as far as its source tells; it judges nothing here."""
    found = examples().get(example_code)
    if found is None:
        raise Http404
    return render(
        request,
        "quality/example.html",
        {
            "example": found,
            "basis": Basis.objects.filter(code=found.basis).first(),
            "shown": shown_sheet(found.sheet_regular),
            "year": shown_year(found.year) if found.year else None,
            "faults": fault_words(found.sheet_regular),
            "may_draft": bool(request.user.reaches(CanRule.MANAGE_RULES)),
            "start": f"example-{found.code}",
            "kind": SheetKind.REGULAR.value,
        },
    )


@require_POST
@policy(CanRule.MANAGE_RULES)
def begin(request: Request) -> HttpResponse:
    """A draft at the topmost unit the person manages rules for."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Choose what to begin from."), code="no_start")
    kind = form.cleaned_data["kind"] or SheetKind.REGULAR
    start, _dash, name = form.cleaned_data["start"].partition("-")
    content, begun_from, basis = _start(request, start, name)
    draft = actions.begin_sheet(
        _top(request),
        content=content,
        kind=kind,
        begun_from=begun_from,
        basis_code=basis,
        by=request.user,
    )
    return redirect("quality:draft", draft.public_id)


def _start(request: Request, start: str, name: str) -> tuple[Any, str, str]:
    if start == "example" and (found := examples().get(name)):
        return found.sheet_regular, found.name, found.basis
    if start == "rule":
        try:
            wanted = UUID(name)
        except ValueError:
            raise Http404 from None
        value = fetch(RuleValue.objects.all(), request.user, CanRule.VIEW_RULES, public_id=wanted)
        if value.key in SHEET_KEYS:
            return value.value, str(value.value.get("title", "")), value.basis.code
    if start != "blank":
        raise Http404
    return None, "", ""


def _top(request: Request) -> Unit:
    reaches = sorted(r.path for r in request.user.reaches(CanRule.MANAGE_RULES) if r.only is None)
    unit = Unit.objects.filter(path__in=reaches).order_by("depth", "path").first()
    if unit is None:
        raise PermissionDenied
    return unit


@require_http_methods(["GET", "POST"])
@policy(CanRule.MANAGE_RULES)
def draft(request: Request, public_id: UUID) -> HttpResponse:
    """The whole draft: its head, its criteria in order, what is still wrong, and putting it in force."""
    found = fetch(DRAFTS, request.user, CanRule.MANAGE_RULES, public_id=public_id)
    do = request.POST.get("do", "")
    head = HeadForm(request.POST if do == "head" else None, content=found.content)
    basis = Basis.objects.filter(code=found.basis_code).first()
    initial = {"place": found.unit.code, "basis": basis}
    entry = EntryForm(request.POST if do == "enter" else None, initial=initial)
    if do and (answer := _on_draft(request, found, do, head, entry)):
        return answer
    return render(
        request,
        "quality/draft.html",
        {
            "draft": found,
            "head": head,
            "entry": entry,
            "shown": shown_sheet(found.content),
            "faults": fault_words(found.content),
            "next_place": len(found.content.get("criteria", ())),
        },
        status=422 if do else 200,
    )


def _on_draft(
    request: Request, found: SheetDraft, do: str, head: HeadForm, entry: EntryForm
) -> HttpResponse | None:
    """What a button of the page does; None where a form has to be shown again."""
    here = redirect("quality:draft", found.public_id)
    what, _dash, named = do.partition("-")
    place = whole_number(named)
    if what in {"up", "down"} and place is not None:
        actions.move_criterion(found, place, down=what == "down", by=request.user)
        return here
    if what == "remove" and place is not None:
        actions.remove_criterion(found, place, by=request.user)
        return here
    if do == "discard":
        actions.discard_sheet(found, by=request.user)
        messages.success(request, _("The draft was thrown away."))
        return redirect("quality:sheets")
    if do == "head" and head.is_valid():
        actions.edit_sheet(found, by=request.user, **head.head)
        messages.success(request, _("The sheet is kept."))
        return here
    return _enter(request, found, entry) if do == "enter" and entry.is_valid() else None


def _enter(request: Request, found: SheetDraft, form: EntryForm) -> HttpResponse | None:
    given = dict(form.cleaned_data)
    code = given.pop("place")
    path = scope_of(request.user, code)
    unit = Unit.objects.filter(path=path).first() if path else None
    if unit is None:
        form.add_error("place", _("There is no unit with this code where you manage rules."))
        return None
    try:
        value = actions.enter_sheet(found, unit=unit, by=request.user, **given)
    except Refusal as refusal:
        field = {"valid_from": "since", "value": None}.get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, refusal.message)
        return None
    messages.success(request, _("The sheet is in force from that day on."))
    return redirect("quality:sheet", value.public_id)


@require_http_methods(["GET", "POST"])
@policy(CanRule.MANAGE_RULES)
def draft_criterion(request: Request, public_id: UUID, place: int) -> HttpResponse:
    """One criterion of a draft, with its ladder; one place beyond the last adds one."""
    found = fetch(DRAFTS, request.user, CanRule.MANAGE_RULES, public_id=public_id)
    criteria = found.content.get("criteria", [])
    if place > len(criteria):
        raise Http404
    raw = criteria[place] if place < len(criteria) else None
    has_points = bool(found.content.get("has_points", True))
    form = CriterionForm(request.POST or None, raw=raw, has_points=has_points)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_criterion(found, place, criterion=form.criterion, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect(reverse("quality:draft", args=[found.public_id]) + f"#tc-{place}")
    context = {"draft": found, "form": form, "is_new": raw is None}
    return render(request, "quality/criterion.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy(CanRule.MANAGE_RULES)
def year_rule(request: Request) -> HttpResponse:
    """How the classes of the months make the class of a year or half-year."""
    data = request.POST or None
    form, entry = YearForm(data), EntryForm(data)
    if request.method == "POST" and form.is_valid() and entry.is_valid():
        given = dict(entry.cleaned_data)
        path = scope_of(request.user, given.pop("place"))
        if path is None or not may_manage(request.user, path):
            entry.add_error("place", _("There is no unit with this code where you manage rules."))
        elif _year_entered(request, form, entry, path, given):
            return redirect("quality:sheets")
    return render(
        request,
        "quality/year_rule.html",
        {"form": form, "entry": entry},
        status=422 if form.errors or entry.errors else 200,
    )


def _year_entered(
    request: Request, form: YearForm, entry: EntryForm, path: str, given: dict[str, Any]
) -> bool:
    since = given.pop("since")
    try:
        enter_value(
            f"quality.{form.cleaned_data['key']}",
            value=form.rule,
            scope_path=path,
            valid_from=since,
            by=request.user,
            **given,
        )
    except Refusal as refusal:
        field = "since" if refusal.field == "valid_from" else refusal.field
        entry.add_error(field if field in entry.fields else None, refusal.message)
        return False
    messages.success(request, _("The rule is entered."))
    return True
