"""Sheets and facts for tests of scoring."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import by, ready
from nennep.organisation.models import Unit
from nennep.quality.actions import agree_score
from nennep.quality.queries.filled import filled_sheet
from nennep.quality.rules.facts import MeetingFacts
from nennep.quality.rules.in_force import KEYS
from nennep.quality.rules.presets import examples
from nennep.quality.rules.scoring import Given
from nennep.quality.rules.sheets import parse_sheet, read_sheet
from nennep.regulations.actions import enter_value
from nennep.regulations.models import Basis

PRESETS = Path(__file__).resolve().parents[1] / "presets"

GOOD = {
    "kind": "regular", "has_thematic": True, "minutes": 95, "minimum": 90, "in_time": True,
    "present": 29, "required": 30, "unexcused": 0, "excused_running": 0, "speakers": 20,
    "committee_met": True, "members_told": True, "superior_told": True, "papers_days": 1,
    "papers_sent": True, "steps_missing": 0, "minutes_adopted": True, "concluded": True,
    "finished_days": 1, "done": 9, "due": 10,
}  # fmt: skip


def facts(**changes):
    """An exemplary meeting, but for what is said."""
    return MeetingFacts(**GOOD | changes)


def shipped(name):
    """A sheet that is on: RB0 or RB1."""
    table = tomllib.loads((PRESETS / f"{name}.toml").read_text())
    return read_sheet(table["value"][0]["value"])


def example(code):
    """A sheet that is off, with the holes its source leaves."""
    return parse_sheet(examples()[code].sheet_regular)


def simple(*options, most=5, **more):
    """A sheet of one criterion, as it is stored."""
    criterion = {"code": "1", "title": "Một", "max": most, "options": list(options)} | more
    return {
        "title": "Phiếu thử",
        "has_points": True,
        "total": most,
        "criteria": [criterion],
        "classes": [{"class": "good", "from": 1}, {"class": "poor", "from": 0}],
    }


def put_in_force(code="rb2", since=date(2024, 1, 1), scope_path=None):
    """An example sheet entered as a rule of the city's own, or of a part of it."""
    if scope_path is None:
        scope_path = Unit.objects.get(code="CITY").path
    return enter_value(
        KEYS["regular"],
        value=dict(examples()[code].sheet_regular),
        scope_path=scope_path,
        valid_from=since,
        basis=Basis.objects.get(code=examples()[code].basis),
        clause="ví dụ",
        by=by(),
    )


# What a person sets under RB2: everything the facts do not say, at full points.
BY_PERSON = {
    "3.1": 3, "3.2": 2, "4.2": 10, "4.4": 2, "4.7": 1, "5.1": 2, "5.2": 4, "5.3": 3, "6": 5,
}  # fmt: skip


def given(filled=None, **changes):
    """The points a person sets, for the lines that are open; `c7=24` changes criterion 7."""
    points = {code: Given(Fraction(each)) for code, each in BY_PERSON.items()}
    if filled is not None:
        points |= {
            line.criterion.code: Given(line.max)
            for line in filled.now.missing
            if line.criterion.code not in points
        }
    for name, value in changes.items():
        code = name.removeprefix("c").replace("_", ".")
        points[code] = value if isinstance(value, Given) else Given(Fraction(value))
    return points


def scored(cell, meeting=None, **changes):
    """A meeting with its self-score agreed."""
    meeting = meeting or ready(cell)
    filled = filled_sheet(meeting)
    return agree_score(meeting, given=given(filled, **changes), by=cell.secretary)


def closed(cell, **more):
    """A meeting of the cell whose score was agreed on and whose minutes are closed."""
    meeting = ready(cell, **more)
    scored(cell, meeting)
    meetings.close_minutes(meeting, by=cell.secretary)
    return meeting


def text_of(response):
    """As a reader gets it: however the formatter of templates broke its lines and tags."""
    return " ".join(response.content.decode().split()).replace(" >", ">")
