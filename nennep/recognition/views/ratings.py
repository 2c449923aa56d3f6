"""Ratings of a year: what a unit's cells were rated, an office's round, a cell's own rating."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.models import User
from nennep.accounts.queries.asking import user_of
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.scoping import fetch, may
from nennep.indicators.choices import Can as Indicators
from nennep.organisation.models import Unit
from nennep.recognition import actions
from nennep.recognition.choices import FORMS, Can, Level, Standing
from nennep.recognition.forms.ratings import LevelsForm, SelfForm, StrengtheningForm
from nennep.recognition.models import Rating
from nennep.recognition.queries import conditions
from nennep.recognition.queries import ratings as years
from nennep.recognition.queries.rating_papers import decisions_of
from nennep.recognition.rules.ratings import proposed
from nennep.recognition.views import frame
from nennep.ui.asking import answer_of, ask, taken
from nennep.ui.http import Request

SHOWN_AT_ONCE = 6  # organisations; more of them that need no look are folded


@require_GET
@policy(Indicators.VIEW_FIGURES)
def levels(request: Request, code: str, year: int = 0) -> HttpResponse:
    """How the cells of a unit were rated, the cap, the years before, the weak ones."""
    unit = fetch(Unit.objects.all(), request.user, Indicators.VIEW_FIGURES, code=code)
    year = frame.year_or_404(year or years.latest_year(unit))
    now, rules = years.levels_of(unit, [year])[year], years.rules_of(unit, year)
    trend = years.trend_of(unit, year)
    context = {
        "unit": unit,
        "year": year,
        "now": now,
        "levels": [(level, now.counts.get(level, 0)) for level in Level],
        "cap": years.cap_of(unit, year),
        "cap_told": conditions.cap_told(rules),
        "head_rule": conditions.head_rule(rules),
        "trend": trend,
        "is_rising": years.is_rising(trend),
        "has_next": year < clock.today().year,
        "weak": years.weak_cells(unit, year),
        "may_decide": not unit.is_cell and may(request.user, Can.DECIDE_RATINGS, unit),
        "rate_url": _rate_url(request, unit, year),
        "own": Rating.objects.filter(unit=unit, year=year).first(),
        "crumbs": [
            (unit.name, reverse("organisation:unit", args=[unit.code])),
            (_("Ratings of the year"), ""),
        ],
    }
    return render(request, "recognition/levels.html", context)


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_RATINGS)
def decide(request: Request, code: str, year: int) -> HttpResponse:
    """The round of an office: every organisation directly below on one screen, facts beside it."""
    unit = fetch(Unit.objects.all(), request.user, Can.DECIDE_RATINGS, code=code)
    return _levels_page(request, unit, frame.year_or_404(year), is_past=False)


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_RATINGS)
def past(request: Request, code: str, year: int) -> HttpResponse:
    """A year before this software, from its decision."""
    unit = fetch(Unit.objects.all(), request.user, Can.DECIDE_RATINGS, code=code)
    return _levels_page(request, unit, frame.year_or_404(year), is_past=True)


@require_http_methods(["GET", "POST"])
@policy(Can.RATE_SELF)
def rate(request: Request, code: str, year: int) -> HttpResponse:
    """A cell says how it rates its year, with the votes of its meeting."""
    unit = fetch(Unit.objects.all(), request.user, Can.RATE_SELF, code=code)
    return _self_page(request, unit, frame.year_or_404(year))


@require_http_methods(["GET", "POST"])
@policy(Can.ENTER_SELF_RATINGS)
def enter_own(request: Request, code: str, year: int) -> HttpResponse:
    """An office says how its committee rates its year, or what a cell without a telephone sent."""
    unit = fetch(Unit.objects.all(), request.user, Can.ENTER_SELF_RATINGS, code=code)
    return _self_page(request, unit, frame.year_or_404(year), is_entered=True)


def _self_page(
    request: Request, unit: Unit, year: int, *, is_entered: bool = False
) -> HttpResponse:
    """The form, with what the product knows of each condition beside it."""
    own = Rating.objects.filter(unit=unit, year=year).first()
    rules = years.rules_of(unit, year)
    tasks = years.tasks_of([unit], year).get(unit.pk)
    form = SelfForm(request.POST or None, own=own, common_at_most=rules.values.common_points)
    back = reverse("recognition:levels-of-year", args=[unit.code, year])

    def act() -> Rating:
        return actions.rate_self(
            unit, year, rating=form.rating, by=user_of(request), is_entered=is_entered
        )

    if request.method == "POST" and form.is_valid() and taken(form, act):
        messages.success(request, _("The rating stands with the organisation above."))
        return redirect(back)
    title = _("Its own rating of %(year)s") if is_entered else _("Our own rating of %(year)s")
    return ask(
        request, form, title=title % {"year": year}, about=unit.name,
        back_url=back, crumbs=[(_("Ratings of the year"), back)], submit=_("Save"), draft="",
        template="recognition/rate.html", tasks=tasks,
        levels_asked=conditions.levels_asked(rules.values),
        proposal=proposed(own.self_points if own else None, tasks, rules.values),
        waiting=0 if unit.is_cell else years.undecided_below(unit, year),
    )  # fmt: skip


def _rate_url(request: Request, unit: Unit, year: int) -> str:
    """Where the unit's own rating is given: by its secretary, else by an office; nothing for others."""
    by_secretary = unit.is_cell and may(request.user, Can.RATE_SELF, unit)
    if not by_secretary and not may(request.user, Can.ENTER_SELF_RATINGS, unit):
        return ""
    name = "rate" if by_secretary else "enter-own"
    return reverse(f"recognition:{name}", args=[unit.code, year])


@require_http_methods(["GET", "POST"])
@policy(Can.DECIDE_RATINGS)
def weak(request: Request, public_id: UUID) -> HttpResponse:
    """What is done for a cell that did not complete its tasks."""
    rows = Rating.objects.select_related("unit")
    rating = fetch(rows, request.user, Can.DECIDE_RATINGS, public_id=public_id)
    form = StrengtheningForm(request.POST or None, initial={"what": rating.strengthening})
    back = reverse("recognition:levels-of-year", args=[rating.unit.code, rating.year])
    if request.method == "POST" and form.is_valid():
        what = form.cleaned_data["what"]
        if answer_of(
            form, lambda: actions.note_strengthening(rating, what=what, by=user_of(request))
        ):
            return redirect(back)
    return _form(request, form, _("What is done for a weak cell"), rating.unit.name, back)


def _levels_page(request: Request, unit: Unit, year: int, *, is_past: bool) -> HttpResponse:
    """Those without a level to be rated; of the others the one that is asked for, to be changed."""
    found = years.round_of(unit, year)
    changed = "" if is_past else request.GET.get("doi", "")
    found_open = found.open
    typed = [row for row in found.rows if row.unit.code == changed] or found_open
    form = LevelsForm(request.POST or None, rows=typed)
    if request.method == "POST" and form.is_valid():
        count = answer_of(form, lambda: _keep(form, year, is_past=is_past, by=user_of(request)))
        if count is not None:
            said = ngettext("%(count)s rating was kept.", "%(count)s ratings were kept.", count)
            messages.success(request, said % {"count": count})
            if form.is_proposal:
                return redirect(request.path)
            return redirect("recognition:levels-of-year", unit.code, year)
    crumbs = [
        (_("Ratings of the year"), reverse("recognition:levels-of-year", args=[unit.code, year])),
        (_("Decide"), ""),
    ]
    context = {
        "unit": unit,
        "year": year,
        "round": found,
        "form": form,
        "choices": [("", "–"), *((level.value, str(level.label)) for level in Level)],
        "cap": found.cap_of(form.levels if form.is_valid() or not form.is_bound else {}),
        "cap_told": conditions.cap_told(found.rules),
        "head_rule": conditions.head_rule(found.rules),
        "is_past": is_past,
        "folds": _folds(found) if typed is found_open else [],
        "may_fold": not form.errors,
        "decisions": decisions_of(found),
        "forms": FORMS,
        "may_enter": may(request.user, Can.ENTER_SELF_RATINGS, unit),
        "is_change": typed is not found_open and bool(typed) and bool(typed[0].level),
        "crumbs": crumbs,
    }
    return render(request, "recognition/round.html", context, status=422 if form.errors else 200)


def _folds(found: years.Round) -> list[tuple[Standing, int]]:
    """What needs no look one by one, where that is more than a screen of it."""
    counts = [(each, len(found.open_at(each))) for each in (Standing.WAITING, Standing.AGREES)]
    return [(each, count) for each, count in counts if count > SHOWN_AT_ONCE]


def _keep(form: LevelsForm, year: int, *, is_past: bool, by: User) -> int:
    units, levels = [row.unit for row in form.rows], form.levels
    if is_past:
        return actions.enter_past(units, year, levels=levels, decision=form.decided, by=by)
    if form.is_proposal:
        return actions.verify(units, year, levels=levels, by=by)
    kept = actions.decide(
        units, year, levels=levels, reasons=form.reasons, decision=form.decided, by=by
    )
    return len(kept)


def _form(request: Request, form: Form, title: str, lead: str, back: str) -> HttpResponse:
    crumbs = [(_("Ratings of the year"), back)]
    return ask(
        request, form, title=title, about=lead, back_url=back, crumbs=crumbs,
        submit=_("Save"), draft="",
    )  # fmt: skip
