from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nennep.core import clock
from nennep.core.periods import Period, month_of
from nennep.core.policies import policy
from nennep.core.scoping import fetch
from nennep.core.text import vn_month
from nennep.indicators.choices import Can, Structure
from nennep.indicators.forms import PeriodForm
from nennep.indicators.queries import board as boards_query
from nennep.indicators.queries import ways_down
from nennep.indicators.queries.board import Board, BoardRow
from nennep.indicators.queries.figures import FigureSheet, figure_sheet
from nennep.indicators.queries.pictures import attendance_multiples, heat_of
from nennep.indicators.rules.catalogue import BY_CODE
from nennep.members.queries import secretaries_on
from nennep.organisation.models import Unit
from nennep.papers.render import respond_bytes
from nennep.papers.xlsx import Sheet, SheetColumn, workbook
from nennep.regulations.queries import RuleBook
from nennep.ui.http import Request

HEADLINES = ("MTG_REG", "MTG_THEM", "ATT", "MTG_STEP")
CALLED_AT_MOST = 30


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
    unit = fetch(Unit.objects.all(), request.user, Can.VIEW_FIGURES, code=code)
    form = PeriodForm(request.GET)
    found = boards_query.board(unit, form.period)
    sheet = figure_sheet(unit, form.period)
    query = form.address
    return render(
        request,
        "indicators/board.html",
        {
            "unit": unit,
            "form": form,
            "query": query,
            "board": found,
            "sheet": sheet,
            "headlines": [sheet[name] for name in HEADLINES],
            "heat": heat_of(found, lambda row: _address(row, query)) if found.rows else "",
            "attendance": attendance_multiples(found, sheet["ATT"].norm),
            "calls": _calls(unit, form.period),
            "crumbs": _crumbs(request, unit, "indicators:board", query),
        },
    )


def _address(row: BoardRow, query: str) -> str:
    return f"{reverse('indicators:board', args=[row.code])}?{query}"


def _calls(unit: Unit, period: Period) -> dict[str, Any]:
    """Who to call about the period's last month, with the secretary's name and office phone."""
    today = clock.today()
    month = min(period.last, month_of(today))
    cells = boards_query.cells_to_call(unit, month)
    shown = cells[:CALLED_AT_MOST]
    secretaries = secretaries_on([cell.unit_id for cell in shown], today)
    rows = [(cell, secretaries.get(cell.unit_id)) for cell in shown]
    return {"month": month, "rows": rows, "count": len(cells)}


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
def board_workbook(request: Request, code: str) -> HttpResponse:
    """Exactly the table of the board, as a workbook."""
    unit = fetch(Unit.objects.all(), request.user, Can.VIEW_FIGURES, code=code)
    found = boards_query.board(unit, PeriodForm(request.GET).period)
    content = workbook([_board_sheet(found)], title=unit.name, day=found.as_of)
    return respond_bytes(content, f"bang-{unit.code.lower()}", "xlsx")


def _board_sheet(found: Board) -> Sheet:
    numbers = [
        _("Meetings due"),
        _("Held"),
        _("Held late"),
        _("Reason accepted"),
        _("Reason waits"),
        _("Not reported"),
    ]
    columns = [SheetColumn(_("Unit"), width=44, kind="text")]
    columns += [SheetColumn(name, width=12, kind="number") for name in numbers]
    columns += [
        SheetColumn(_("Share held"), width=12, kind="percent"),
        SheetColumn(_("Required to attend"), width=14, kind="number"),
        SheetColumn(_("Present"), width=12, kind="number"),
        SheetColumn(_("Attendance"), width=12, kind="percent"),
    ]
    rows: list[list[Any]] = []
    for row in found.rows:
        t = row.total
        counts = [t.due, t.held, t.late, t.excused, t.waiting, t.silent]
        rows.append([row.name, *counts, t.share, t.required, t.present, t.attendance])
    first, last = vn_month(found.period.first), vn_month(found.period.last)
    return Sheet(
        _("Board"), columns=columns, rows=rows, heading=f"{found.unit.name}, {first} – {last}"
    )


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
    sheet = figure_sheet(unit, form.period, form.structure, book)
    return render(
        request,
        "indicators/figure.html",
        {
            "unit": unit,
            "form": form,
            "query": form.address,
            "sheet": sheet,
            "figure": sheet[indicator],
            "crumbs": _crumbs(request, unit, "indicators:figures", form.address),
            **_ways_down(unit, sheet, indicator, form, book),
        },
    )


def _ways_down(
    unit: Unit, sheet: FigureSheet, indicator: str, form: PeriodForm, book: RuleBook
) -> dict[str, Any]:
    """Units below, or a cell's months; the structure of now has no single way down."""
    if form.structure == Structure.NOW:
        return {}
    if unit.is_cell:
        return {"months": ways_down.by_month(unit, indicator, sheet.period, book)}
    return {"below": ways_down.below(unit, indicator, sheet.period, book)}
