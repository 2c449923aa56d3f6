from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from nennep.core import clock
from nennep.core.periods import Period, add_months, month_of
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.indicators.choices import Can, IndicatorKind, Structure
from nennep.indicators.forms import PeriodForm
from nennep.indicators.queries import board as boards_query
from nennep.indicators.queries import ways_down
from nennep.indicators.queries.calls import cells_to_call
from nennep.indicators.queries.exits import exits_from
from nennep.indicators.queries.extent import Extent
from nennep.indicators.queries.figures import Figure, FigureSheet, figure_sheet
from nennep.indicators.queries.headlines import grouped, headlines, unconfirmed
from nennep.indicators.queries.own_members import own_members
from nennep.indicators.queries.own_months import own_months
from nennep.indicators.queries.pictures import attendance_multiples, heat_of, trend_of
from nennep.indicators.queries.shortfalls import CELLS_AT_MOST, MEMBERS, shortfalls
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.ui.http import Request

CALLED_AT_MOST = 30
ANY_CODE = "0-0"
# Word, tone and shape of a verdict; nothing where nothing judges.
VERDICTS = {
    True: (gettext_lazy("Met"), "good", "check"),
    False: (gettext_lazy("Not met"), "warn", "triangle"),
    None: None,
}


@require_GET
@policy(Can.VIEW_FIGURES)
def boards(request: Request) -> HttpResponse:
    """The board of the highest unit the person sees figures of; a list where there are several."""
    reaches = {reach.path for reach in request.user.reaches(Can.VIEW_FIGURES)}
    tops = [path for path in reaches if not any(path != p and path.startswith(p) for p in reaches)]
    units = list(Unit.objects.filter(path__in=tops).order_by("depth", "sort_key"))
    if len(units) == 1:
        return redirect("indicators:board", units[0].code)
    return render(request, "indicators/list.html", {"units": units})


@require_GET
@policy(Can.VIEW_FIGURES)
def unit_board(request: Request, code: str) -> HttpResponse:
    """Where a unit stands: a committee's units month by month, or a cell's own months."""
    unit = fetch(Unit.objects.all(), request.user, Can.VIEW_FIGURES, code=code)
    form = PeriodForm(request.GET)
    book = RuleBook.load()
    extent = Extent(unit, form.period)
    sheet = figure_sheet(unit, form.period, book=book, unstored=extent.unstored)
    found = boards_query.board(extent)
    query = form.address
    page = {
        "unit": unit,
        "form": form,
        "query": query,
        "board": found,
        "sheet": sheet,
        "headlines": headlines(sheet),
        "unconfirmed": unconfirmed(sheet),
        "exits": exits_from(unit, request.user, query),
        "attendance": attendance_multiples(found, sheet["ATT"].norm),
        "crumbs": _crumbs(request, unit, "indicators:board", query),
    }
    if unit.is_cell:
        months = own_months(unit, form.period, request.user)
        return render(request, "indicators/cell.html", {**page, "months": months})
    address = _addresses("indicators:board", query)
    page["heat"] = heat_of(found, lambda row: address(row.code)) if found.rows else None
    page["units"] = [(row, address(row.code)) for row in found.rows]
    called = _called_months(form.period)
    calls = cells_to_call(unit, called, CALLED_AT_MOST, person=request.user, book=book)
    page["calls"] = calls
    page["called"] = [(cell, address(cell.code)) for cell in calls.cells]
    return render(request, "indicators/board.html", page)


def _addresses(url_name: str, query: str, *more: str) -> Callable[[str], str]:
    """The same page of many units; the address is worked out once, not a hundred times."""
    pattern = f"{reverse(url_name, args=[ANY_CODE, *more])}?{query}"
    return lambda code: pattern.replace(ANY_CODE, quote(code, safe=""), 1)


def _called_months(period: Period) -> tuple[date, ...]:
    """The period's last month that has begun, and the one before it."""
    last = min(period.last, month_of(clock.today()))
    return last, add_months(last, -1)


def _crumbs(request: Request, unit: Unit, url_name: str, query: str) -> list[tuple[str, str]]:
    """The units above that the person may see figures of, then the unit itself."""
    reaches = [reach.path for reach in request.user.reaches(Can.VIEW_FIGURES)]
    above = [
        (each.name, f"{reverse(url_name, args=[each.code])}?{query}")
        for each in Unit.objects.above(unit)
        if any(each.path.startswith(path) for path in reaches)
    ]
    return [*above, (unit.name, "")]


@require_GET
@policy(Can.VIEW_FIGURES)
def figures(request: Request, code: str) -> HttpResponse:
    """Every indicator of a unit and period, with its norm and source."""
    unit = fetch(Unit.objects.all(), request.user, Can.VIEW_FIGURES, code=code)
    form = PeriodForm(request.GET)
    sheet = figure_sheet(unit, form.period, form.structure)
    return render(
        request,
        "indicators/figures.html",
        {
            "unit": unit,
            "form": form,
            "query": form.address,
            "sheet": sheet,
            "groups": grouped(sheet),
            "crumbs": _crumbs(request, unit, "indicators:figures", form.address),
        },
    )


@require_GET
@policy(Can.VIEW_FIGURES)
def figure(request: Request, code: str, indicator: str) -> HttpResponse:
    """One indicator: what it divides by what, by which rule, and the rows it is made of."""
    if indicator not in BY_CODE:
        raise Http404
    unit = fetch(Unit.objects.all(), request.user, Can.VIEW_FIGURES, code=code)
    form = PeriodForm(request.GET)
    book = RuleBook.load()
    extent = Extent(unit, form.period)
    sheet = figure_sheet(unit, form.period, form.structure, book, extent.unstored)
    return render(
        request,
        "indicators/figure.html",
        {
            "unit": unit,
            "form": form,
            "query": form.address,
            "sheet": sheet,
            "figure": sheet[indicator],
            "crumbs": _figure_crumbs(request, unit, form.address, sheet[indicator]),
            **_ways_down(request, extent, sheet, indicator, form, book),
        },
    )


def _figure_crumbs(
    request: Request, unit: Unit, query: str, shown: Figure
) -> list[tuple[str, str]]:
    above = _crumbs(request, unit, "indicators:figures", query)[:-1]
    own = (unit.name, f"{reverse('indicators:figures', args=[unit.code])}?{query}")
    return [*above, own, (_(shown.indicator.name), "")]


def _ways_down(
    request: Request,
    extent: Extent,
    sheet: FigureSheet,
    code: str,
    form: PeriodForm,
    book: RuleBook,
) -> dict[str, Any]:
    """Units below, cells that fall short, months; the structure of now has no single way down."""
    unit, period, shown = extent.unit, extent.period, sheet[code]
    if form.structure == Structure.NOW:
        return {}
    is_flow = shown.indicator.kind == IndicatorKind.FLOW
    if unit.is_cell and code in MEMBERS:
        return {"members": own_members(unit, request.user)}
    if unit.is_cell:
        is_of_months = shown.indicator.kind != IndicatorKind.STOCK
        months = ways_down.by_month(unit, code, period, book, request.user) if is_of_months else []
        return {"months": months, "trend": trend_of(shown, months) if is_flow else ""}
    months = ways_down.over_time(extent, code, book) if is_flow else []
    is_small = sheet["ORG.cells"].numerator <= CELLS_AT_MOST
    address = _addresses("indicators:figure", form.address, code)
    below = ways_down.below(extent, code, book)
    return {
        "below": [(row, address(row.unit.code), VERDICTS[row.figure.is_met]) for row in below],
        "over_time": months,
        "trend": trend_of(shown, months) if months else "",
        "shortfalls": shortfalls(unit, code, period, request.user) if is_small else None,
    }
