"""The score of one meeting as the command line's contract has it."""

from typing import Any

from nennep.quality.choices import Origin
from nennep.quality.queries.class_files import number_json
from nennep.quality.queries.filled import Filled
from nennep.quality.queries.words import facts_told, verdict_words
from nennep.quality.rules.scoring import Line


def score_json(filled: Filled) -> dict[str, Any]:
    """`class` follows from the lines shown; self, vote and official are what was recorded."""
    kept = filled.kept if filled.agreed else None
    official = filled.kept.official_class if filled.kept else ""
    return {
        "rubric": filled.sheet.code,
        "basis": filled.held_by.source.symbol,
        "criteria": [_line(line, filled) for line in filled.shown.lines if line.is_asked],
        "total": number_json(filled.shown.total),
        "class": filled.shown.klass,
        "self": (kept.self_class or None) if kept else None,
        "vote": (kept.vote_class or None) if kept else None,
        "official": official or None,
    }


def _line(line: Line, filled: Filled) -> dict[str, Any]:
    """A line that waits for points is a person's to set; met or not met is told with the fact."""
    told = facts_told(line.criterion, filled.facts)
    verdict = verdict_words(line)
    return {
        "code": line.criterion.code,
        "max": number_json(line.criterion.max),
        "points": number_json(line.points),
        "from": line.origin or Origin.PERSON.value,
        "fact": " → ".join(filter(None, (told, verdict))) or None,
        "reason": line.reason or None,
    }
