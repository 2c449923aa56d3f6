"""The table of a page, taken away as a file by whoever may see the page."""

from collections.abc import Callable

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nennep.core import clock, trail
from nennep.core.text import vn_date
from nennep.papers.delimited import delimited
from nennep.papers.render import respond_bytes, safe_stem
from nennep.papers.shown_tables import read_table
from nennep.papers.taken_tables import sheet_of
from nennep.papers.xlsx import Sheet, workbook
from nennep.ui.taking import Handed, Wanted, wanted

OK = 200


class TakenTableMiddleware:
    """Inside everything that guards a page: what it does not show cannot be taken away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = wanted(request)
        if asked is None or response.status_code != OK:
            return response
        handed: Handed | None = getattr(request, "handed_table", None)
        if handed is None:
            raise Http404("no such table on this page")
        return _taken(request, asked, handed)


def _taken(request: HttpRequest, asked: Wanted, handed: Handed) -> HttpResponse:
    """The file. That it was taken is a line of the trail, whoever's names it holds."""
    today = clock.today()
    unit = handed.unit if isinstance(handed.unit, Model) else None
    place = str(getattr(unit, "name", ""))
    heading = _("%(table)s, on %(day)s") % {
        "table": f"{handed.label}. {place}" if place else handed.label,
        "day": vn_date(today),
    }
    sheet = sheet_of(read_table(handed.html), handed.label, request.GET.dict(), heading=heading)
    trail.record_look(
        "table taken away",
        unit,
        by=request.user,  # type: ignore[arg-type]  # who has not signed in is handed nothing
        title=handed.label,
        form=asked.form,
        count=len(sheet.rows),
    )
    stem = f"{safe_stem(handed.label)[:32]} {safe_stem(place)[:34]} {today.isoformat()}"
    return respond_bytes(_written(sheet, asked.form), stem, asked.form)


def _written(sheet: Sheet, form: str) -> bytes:
    if form == "csv":
        return delimited(sheet)
    return workbook([sheet], title=sheet.heading, day=clock.today())
