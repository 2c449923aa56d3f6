"""A score sheet while it is written: plain content, changed part by part, holes allowed."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from nennep.quality.choices import CLASSES, LeftOut
from nennep.quality.rules.sheets import BadSheet, parse_sheet, problems_of

BLANK: dict[str, Any] = {
    "title": "",
    "has_points": True,
    "total": 100,
    "left_out": LeftOut.KEEP.value,
    "criteria": [],
    "classes": [],
}
HEAD = ("title", "has_points", "total", "left_out", "classes", "gates", "note")


def blank() -> dict[str, Any]:
    return deepcopy(BLANK)


def copy_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """A sheet to begin from, without the name and certainty of the one it was copied from."""
    copied = deepcopy(dict(content))
    for name in ("code", "mark"):
        copied.pop(name, None)
    return copied


def with_head(content: Mapping[str, Any], **head: Any) -> dict[str, Any]:
    return {**content, **{name: head[name] for name in HEAD if name in head}}


def with_criterion(
    content: Mapping[str, Any], place: int, criterion: Mapping[str, Any]
) -> dict[str, Any]:
    """The criterion at a place is replaced; one place beyond the last adds it."""
    criteria = list(content.get("criteria", ()))
    if place < len(criteria):
        criteria[place] = dict(criterion)
    else:
        criteria.append(dict(criterion))
    return {**content, "criteria": criteria}


def without_criterion(content: Mapping[str, Any], place: int) -> dict[str, Any]:
    criteria = [c for n, c in enumerate(content.get("criteria", ())) if n != place]
    return {**content, "criteria": criteria}


def moved(content: Mapping[str, Any], place: int, by: int) -> dict[str, Any]:
    """The criterion changes places with its neighbour; at the end of the list nothing happens."""
    criteria = list(content.get("criteria", ()))
    other = place + by
    if 0 <= place < len(criteria) and 0 <= other < len(criteria):
        criteria[place], criteria[other] = criteria[other], criteria[place]
    return {**content, "criteria": criteria}


def cut_offs(least: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The classes that have a cut-off, the best first."""
    return [{"class": k, "from": least[k]} for k in CLASSES if least.get(k) is not None]


def faults(content: Mapping[str, Any]) -> Sequence[BadSheet]:
    """Everything that keeps the draft from being used; what cannot even be read comes alone."""
    try:
        return list(problems_of(parse_sheet(content)))
    except BadSheet as bad:
        return [bad]
