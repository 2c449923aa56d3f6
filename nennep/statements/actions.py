"""Taking a written report in, and saying of each figure whether it is what the report states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.text import tidy
from nennep.organisation.models import Unit
from nennep.statements.choices import Bound, Verdict
from nennep.statements.models import StatedFigure, WrittenReport
from nennep.statements.queries.files import text_of_file
from nennep.statements.queries.stated import known_indicators
from nennep.statements.rules.figures import ReadFigure, Tell
from nennep.statements.rules.reading import read_report

LONGEST_NAME = 200
LONGEST_TITLE = 400
LONGEST_OF = 120
LONGEST_MEASURE = 60


@dataclass(frozen=True)
class Correction:
    """What the report states, as a person reads it; `value` in units of `measure`."""

    indicator: str
    value: Decimal | None
    bound: str
    of: str
    as_of: date | None


def take_in_report(
    unit: Unit, *, name: str, content: bytes, by: User, tell: Tell | None = None
) -> WrittenReport:
    """The report with every figure open. The same file again is the report already there.

    Refused: what cannot be read or carries a mark of secrecy (nothing is kept), and what has no text.
    `tell` hears how many of its numbers are done.
    """
    report, is_new = open_report(unit, name=name, content=content, by=by)
    return read_figures(report, by=by, tell=tell) if is_new else report


@transaction.atomic
def open_report(unit: Unit, *, name: str, content: bytes, by: User) -> tuple[WrittenReport, bool]:
    """The report with its text and no figure yet, and whether it was not there before."""
    digest = sha256(content).hexdigest()
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    known = WrittenReport.objects.filter(unit=unit, sha256=digest).first()
    if known is not None:
        return known, False
    text = text_of_file(content, name=name)
    if not text.strip():
        raise Refusal(
            _("No text was found in this file. A scanned paper has to be typed first."),
            code="no_text",
        )
    report = WrittenReport.objects.create(
        unit=unit,
        file_name=tidy(PurePath(name).name)[-LONGEST_NAME:],
        sha256=digest,
        title=_title(text),
        text=text,
        read_by=by,
        read_at=clock.now(),
    )
    return report, True


def read_figures(report: WrittenReport, *, by: User, tell: Tell | None = None) -> WrittenReport:
    """Its text is read outside of any transaction: others write meanwhile."""
    found = read_report(report.text, tell)
    with transaction.atomic():
        report.event = found.event.kind if found.event else ""
        report.held_on = found.event.day if found.event else None
        report.save(update_fields=["event", "held_on"])
        StatedFigure.objects.bulk_create(_row(report, figure) for figure in found.figures)
        count = len(found.figures)
        trail.record("took in a report", report, by=by, sha256=report.sha256, count=count)
    return report


@transaction.atomic
def confirm_all(report: WrittenReport, *, by: User) -> int:
    """How many figures were still open and are confirmed now, as they were read."""
    WrittenReport.objects.select_for_update().get(pk=report.pk)
    count = StatedFigure.objects.filter(report=report, verdict=Verdict.OPEN).update(
        verdict=Verdict.CONFIRMED, decided_by=by, decided_at=clock.now()
    )
    if count:
        trail.record("confirmed stated figures", report, by=by, count=count)
    return count


@transaction.atomic
def decide_figure(
    figure: StatedFigure, *, verdict: Verdict, by: User, correction: Correction | None = None
) -> StatedFigure:
    """Confirms, corrects and confirms, or rejects; opening it again is allowed.

    Refused: an indicator that the catalogue does not know, a share above 100 %.
    """
    figure = (
        StatedFigure.objects.select_for_update(of=("self",))
        .select_related("report__unit")
        .get(pk=figure.pk)
    )
    if correction is not None:
        _correct(figure, correction)
    figure.verdict = verdict
    is_open = verdict == Verdict.OPEN
    figure.decided_by = None if is_open else by
    figure.decided_at = None if is_open else clock.now()
    figure.save()
    trail.record(
        "decided a stated figure",
        figure.report,
        by=by,
        indicator=figure.indicator,
        verdict=figure.verdict,
        value=None if figure.value is None else f"{figure.value.normalize():f}",
    )
    return figure


@transaction.atomic
def put_aside(report: WrittenReport, *, by: User) -> None:
    """Deletes the report and what was read of it. Refused once a figure was confirmed."""
    report = WrittenReport.objects.select_for_update().get(pk=report.pk)
    if report.figures.filter(verdict=Verdict.CONFIRMED).exists():
        raise Refusal(
            _(
                "Figures of this report were confirmed. Reject them first, then put the report aside."
            ),
            code="confirmed_figures",
        )
    trail.record("put aside a report", report, by=by, sha256=report.sha256)
    report.delete()


def _correct(figure: StatedFigure, correction: Correction) -> None:
    if correction.indicator not in known_indicators():
        raise Refusal(
            _("The catalogue has no such indicator. Choose one of the list."),
            code="no_such_indicator",
        )
    if correction.value is None and not figure.trend:
        raise Refusal(_("A figure needs a value."), code="no_value")
    is_share = figure.measure == "%"
    if is_share and correction.value is not None and not 0 <= correction.value <= 100:
        raise Refusal(_("A share lies between 0 and 100 %."), code="not_a_share")
    said = {name: _plain(value) for name, value in asdict(correction).items()}
    before = {name: _plain(getattr(figure, name)) for name in said}
    if said == before:
        return
    figure.as_read = figure.as_read or before
    figure.indicator = correction.indicator
    figure.value = correction.value
    figure.bound = Bound(correction.bound)
    figure.of = correction.of
    figure.as_of = correction.as_of


def _plain(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)


def _row(report: WrittenReport, figure: ReadFigure) -> StatedFigure:
    return StatedFigure(
        report=report,
        indicator=figure.indicator,
        value=None if figure.value is None else Decimal(str(figure.value)),
        bound=figure.bound,
        measure=figure.measure[:LONGEST_MEASURE],
        of=figure.of[:LONGEST_OF],
        as_of=figure.as_of,
        period=figure.period or "",
        trend=figure.trend or "",
        confidence=Decimal(str(figure.confidence)),
        start=figure.span.start,
        end=figure.span.end,
        sentence_start=figure.sentence_span.start,
        sentence_end=figure.sentence_span.end,
    )


def _title(text: str) -> str:
    lines: Iterable[str] = (line.strip(" *-#") for line in text.split("\n"))
    return next(line for line in lines if line)[:LONGEST_TITLE]
