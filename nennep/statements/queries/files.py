"""Reads a report from the bytes of a file, and tells what was found as plain values."""

from pathlib import PurePath
from typing import Any

from nennep.core.documents import read_document, text_of
from nennep.core.secret_guard import refuse_secret
from nennep.statements.models import WrittenReport
from nennep.statements.rules.events import Event
from nennep.statements.rules.figures import ReadFigure, Tell
from nennep.statements.rules.reading import Report, read_report
from nennep.statements.rules.spans import Span

HEAD = 2_000  # characters in which a mark of secrecy stands


def read_file(content: bytes, *, name: str, tell: Tell | None = None) -> Report:
    return read_report(text_of_file(content, name=name), tell)


def text_of_file(content: bytes, *, name: str) -> str:
    """Refused: what cannot be read, and what carries a mark of secrecy; nothing of it is kept."""
    plain_name = PurePath(name).name
    text = text_of(content, read_document(content, name=plain_name), name=plain_name)
    refuse_secret(text[:HEAD], file_name=plain_name)
    return text


def told(report: Report) -> dict[str, Any]:
    """The report as the command line and other programs get it; spans are [start, end)."""
    text = report.text
    return {
        "unit": None
        if report.unit is None
        else {"name": report.unit.name, "span": report.unit.span.pair},
        "event": _event(report.event),
        "schemes": [
            {
                "symbol": scheme.symbol,
                "kind": scheme.kind,
                "issuer": scheme.issuer,
                "date": scheme.day and scheme.day.isoformat(),
                "span": scheme.span.pair,
            }
            for scheme in report.schemes
        ],
        "figures": [_figure(figure, text) for figure in report.figures],
        "statements": [
            {"kind": s.kind, "text": s.text, "speaker": s.speaker, "span": s.span.pair}
            for s in report.sayings
        ],
        "unplaced": [{"text": span.of(text), "span": span.pair} for span in report.unplaced],
    }


def _event(event: Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    evidence: Span | None = event.evidence
    return {
        "kind": event.kind,
        "date": event.day and event.day.isoformat(),
        "span": event.span.pair,
        "year_inferred": event.year_inferred,
        "year_evidence": evidence.pair if evidence else None,
    }


def _figure(figure: ReadFigure, text: str) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "value": figure.value,
        "bound": figure.bound,
        "measure": figure.measure,
        "of": figure.of,
        "as_of": figure.as_of and figure.as_of.isoformat(),
        "period": figure.period,
        "trend": figure.trend,
        "confidence": figure.confidence,
        "sentence": figure.sentence_span.of(text),
        "span": figure.span.pair,
        "sentence_span": figure.sentence_span.pair,
    }


def stored(report: WrittenReport, confirmed: int) -> dict[str, Any]:
    """What is kept of a report: `confirmed` now, and every figure with what was said of it."""
    return {
        "report": str(report.public_id),
        "unit": report.unit.code,
        "file": report.file_name,
        "sha256": report.sha256,
        "confirmed": confirmed,
        "figures": [
            {
                "indicator": figure.indicator,
                "value": None if figure.value is None else float(figure.value),
                "bound": figure.bound,
                "measure": figure.measure,
                "of": figure.of,
                "as_of": figure.as_of and figure.as_of.isoformat(),
                "period": figure.period or None,
                "trend": figure.trend or None,
                "verdict": figure.verdict,
            }
            for figure in report.figures.all()
        ],
    }
