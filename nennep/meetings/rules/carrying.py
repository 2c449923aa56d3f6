"""What of last month's resolution is still open, and the lines every draft begins with."""

from dataclasses import dataclass
from datetime import date

from nennep.core.periods import add_months, day_in
from nennep.meetings.rules.presets import preset


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a draft resolution: what, who (as a post), until when."""

    what: str
    who: str
    due_on: date


def routine_lines(period: date) -> tuple[DraftLine, ...]:
    """What every cell sets itself for the next month; the words ship as a preset."""
    following = add_months(period, 1)
    month = f"{following.month}/{following.year}"
    return tuple(
        DraftLine(
            row["what"].format(month=month),
            row["who"],
            day_in(following, row["day"]),
        )
        for row in preset("wording")["routine"]
    )


def is_routine(what: str, period: date) -> bool:
    """A routine line is not carried over: next month's draft has its own."""
    return any(line.what == what for line in routine_lines(period))
