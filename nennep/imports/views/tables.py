"""A table that was read: what its columns mean, the verdict on each row, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nennep.accounts.queries.asking import user_of
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.core.sheets.kept import unpack
from nennep.core.text import whole_number
from nennep.imports import actions
from nennep.imports.actions.reading import source_of
from nennep.imports.choices import Can, Kind, Verdict
from nennep.imports.forms import AnswersForm
from nennep.imports.models import Import
from nennep.imports.queries import preview as shown
from nennep.imports.queries.attendance import namesakes_in
from nennep.imports.queries.first_steps import is_being_set_up
from nennep.imports.queries.kinds import cells_of, importer_of
from nennep.imports.views import frame
from nennep.ui.form_fields import MappingForm
from nennep.ui.http import Request
from nennep.ui.jobs import job_page
from nennep.ui.taking import page_of

ROWS_ON_A_PAGE = 50
SAMPLES = 3
PROBLEMS_LISTED = 100


@require_http_methods(["GET", "POST"])
@policy(Can.IMPORT_TABLES)
def columns(request: Request, public_id: UUID) -> HttpResponse:
    """What each column means; asked for only where it does not show by itself."""
    taken = frame.taken_of(request, public_id)
    frame.refuse_over(taken)
    headings = unpack(bytes(taken.table)).headings
    choices = [(c.key, c.title) for c in importer_of(taken.kind).shape.columns]
    data = request.POST if request.method == "POST" else None
    mapping = dict(taken.mapping["columns"])
    form = MappingForm(data, headings=headings, choices=choices, mapping=mapping)
    if data is not None and form.is_valid():
        try:
            taken = actions.map_columns(taken, chosen=form.chosen, by=user_of(request))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return frame.judged(request, taken)
    samples = list(shown.samples_of(taken, SAMPLES))
    rows = [
        {
            "heading": heading,
            "field": form[f"column_{heading.column}"] if not heading.barred else None,
            "samples": [shown.as_text(row.at(heading.column)) for row in samples],
        }
        for heading in headings
    ]
    context = {
        "taken": taken,
        "unit": taken.unit,
        "form": form,
        "rows": rows,
        "crumbs": frame.crumbs(taken.unit, taken.file_name, taken.meeting),
    }
    return render(request, "imports/columns.html", context, status=422 if form.errors else 200)


@require_GET
@policy(Can.IMPORT_TABLES)
def preview(request: Request, public_id: UUID) -> HttpResponse:
    """The verdict on every row, while nothing is written yet; afterwards, what came of it."""
    taken = frame.taken_of(request, public_id)
    running = job_page(
        request,
        taken.job,
        lead=taken.unit.name,
        note=_("It goes on if you leave this page. Come back to it from the list of files."),
        crumbs=frame.crumbs(taken.unit, taken.file_name, taken.meeting),
    )
    if running is not None:
        return running
    if not taken.is_open:
        shown = {"is_being_set_up": is_being_set_up(request.user)}
        return render(request, "imports/result.html", _frame(taken) | shown)
    return render(request, "imports/preview.html", _frame(taken) | _verdicts(request, taken))


@require_POST
@policy(Can.IMPORT_TABLES)
def answer(request: Request, public_id: UUID) -> HttpResponse:
    taken = frame.taken_of(request, public_id)
    form = _answers_form(taken, request.POST)
    if form.is_valid():
        taken = actions.answer(taken, answers=form.answers)
    elif taken.judged_at is not None:
        page = _frame(taken) | _verdicts(request, taken) | {"answers": form}
        return render(request, "imports/preview.html", page, status=422)
    return frame.judged(request, taken)


@require_POST
@policy(Can.IMPORT_TABLES)
def others(request: Request, public_id: UUID) -> HttpResponse:
    """Rows that a person says are none of those that stand there already."""
    taken = frame.taken_of(request, public_id)
    _source, _places, answers = source_of(taken)
    named = map(whole_number, request.POST.getlist("row"))
    rows = frozenset(row for row in named if row is not None)
    taken = actions.answer(taken, answers=answers.with_others(rows))
    return frame.judged(request, taken)


@require_POST
@policy(Can.IMPORT_TABLES)
def take(request: Request, public_id: UUID) -> HttpResponse:
    taken = frame.taken_of(request, public_id)
    frame.take_in(request, taken)
    return redirect("imports:preview", taken.public_id)


@require_POST
@policy(Can.IMPORT_TABLES)
def discard(request: Request, public_id: UUID) -> HttpResponse:
    taken = actions.discard(frame.taken_of(request, public_id), by=user_of(request))
    messages.success(request, _("The file was put aside. Nothing of it is kept."))
    return redirect(frame.home_of(taken))


@require_POST
@policy(Can.IMPORT_TABLES)
def undo(request: Request, public_id: UUID) -> HttpResponse:
    taken = actions.undo(frame.taken_of(request, public_id), by=user_of(request))
    messages.success(request, _("Everything this file brought is gone again."))
    return redirect(frame.home_of(taken))


def _frame(taken: Import) -> dict[str, Any]:
    return {
        "taken": taken,
        "unit": taken.unit,
        "importer": importer_of(taken.kind),
        "job": taken.job,
        "upload_again": frame.upload_again(taken),
        "counts": taken.counts,
        "crumbs": frame.crumbs(taken.unit, taken.file_name, taken.meeting),
    }


def _verdicts(request: Request, taken: Import) -> dict[str, Any]:
    chosen = request.GET.get("ket-qua", "")
    verdict = chosen if chosen in Verdict.values else ""
    lines = shown.unpack_verdicts(bytes(taken.verdicts), verdict)
    page = page_of(request, lines, ROWS_ON_A_PAGE)
    kept = unpack(bytes(taken.table))
    places = {column: key for column, key in taken.mapping["columns"] if key}
    importer = importer_of(taken.kind)
    titles = {
        column: importer.shape.by_key[key].title
        for column, key in places.items()
        if key not in importer.heads
    }
    problems = shown.problems_of(taken, PROBLEMS_LISTED)
    return {
        "is_judged": taken.judged_at is not None,
        "verdict": verdict,
        "filters": [(v, v.label, taken.counts.get(v, 0)) for v in importer.verdicts],
        "page": page,
        "rows": shown.shown_rows(taken, list(page.object_list), titles),
        "titles": list(titles.values()),
        "to_take": taken.counts.get(Verdict.NEW, 0) + taken.counts.get(Verdict.CHANGED, 0),
        "problems": problems,
        "answers": _answers_form(taken, None),
        "are_all_asked": bool(problems) and all(p.question for p in problems),
        "barred": [h for h in kept.headings if h.barred],
        "unknown": [h for h in kept.headings if h.is_unknown and h.column not in places],
    }


def _answers_form(taken: Import, data: Any) -> AnswersForm:
    source, places, answers = source_of(taken)
    form = AnswersForm(
        data,
        questions=taken.counts.get("questions", {}),
        answers=answers,
        asks_first_day=taken.kind == Kind.MEMBERS,
    )
    if taken.meeting is not None:
        cells = cells_of(taken.kind, source, places, answers)
        form.ask_of_roll_call(
            namesakes=namesakes_in(source, cells, taken.meeting),
            is_taken=hasattr(taken.meeting, "roll_call"),
        )
    return form
