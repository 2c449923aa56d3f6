"""Slips to be handed over, one to a page, in letters that can be read without glasses."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nennep.papers.drawings import qr_svg
from nennep.papers.pdf import compiled
from nennep.papers.typeface import FAMILY, printed


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one page: for whom, the words to type, the steps, and whom to call.

    `typed` are pairs of a label and what is copied from the paper letter by letter; `link` is what
    the code in the corner opens.
    """

    heading: str
    name: str
    place: str
    link: str
    typed: tuple[tuple[str, str], ...]
    steps_title: str
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    help_title: str
    help: str
    foot: str


def slips_pdf(slips: Sequence[Slip], *, title: str, day: datetime.date) -> bytes:
    """All of them as one PDF, in the order given."""
    codes = {link: qr_svg(link) for link in {slip.link for slip in slips}}
    told = {
        "title": printed(title),
        "font": FAMILY,
        "slips": [_plain(asdict(slip)) for slip in slips],
        "codes": codes,
    }
    return compiled("slips.typ", told, day, is_tagged=False)


def _plain(value: Any) -> Any:
    """With letters that the family can print, whatever a name brings."""
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, dict):
        return {key: _plain(part) if key != "link" else part for key, part in value.items()}
    return [_plain(part) for part in value]
