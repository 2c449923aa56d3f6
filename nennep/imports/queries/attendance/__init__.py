"""What a list of who attended would change in the roll call of a meeting."""

from nennep.imports.queries.attendance.judging import (
    KEPT,
    NOBODY,
    REST,
    WHO,
    CalledPlan,
    judge_attendance,
    namesakes_in,
)
from nennep.imports.queries.attendance.rows import ABSENT

__all__ = [
    "ABSENT",
    "KEPT",
    "NOBODY",
    "REST",
    "WHO",
    "CalledPlan",
    "judge_attendance",
    "namesakes_in",
]
