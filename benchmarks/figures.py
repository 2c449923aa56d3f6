"""Figures from the sums that are kept, against the single attendances they stand for."""

from fractions import Fraction
from statistics import median

from django.db import connection

from benchmarks.printing import say
from benchmarks.timing import ONE_YEAR, THREE_YEARS, on_the_way_down, seconds
from nennep.indicators.queries.figures import figure_sheet
from nennep.organisation.models import Unit

ROWS = """
    SELECT SUM(CASE WHEN a.presence = 'present' THEN 1 ELSE 0 END), COUNT(*)
    FROM meetings_attendance a
    JOIN meetings_meeting m ON m.id = a.meeting_id
    JOIN organisation_unit u ON u.id = m.unit_id
    WHERE a.status <> 'exempt' AND {counted}
"""
TOTALS = """
    SELECT COALESCE(SUM(r.present), 0), COALESCE(SUM(r.required), 0)
    FROM meetings_rollcall r
    JOIN meetings_meeting m ON m.id = r.meeting_id
    JOIN organisation_unit u ON u.id = m.unit_id
    WHERE r.is_typed AND {counted}
"""
COUNTED = """
    u.path >= %s AND u.path < %s AND m.period BETWEEN %s AND %s
    AND m.kind IN ('regular', 'combined') AND m.closed_at IS NOT NULL AND m.cancelled_at IS NULL
"""


def measure(database: str) -> None:
    for kind, unit in on_the_way_down().items():
        year, years = _alternating(unit)
        name = f"figures of a {kind}: 36 months against 12"
        say(name, years / year, "×", 1.3, database)
    _against_rows(Unit.objects.get(parent=None), database)


def _alternating(unit: Unit, times: int = 30) -> tuple[float, float]:
    """One year and three years in turn, so that whatever else the machine does slows both."""
    figure_sheet(unit, THREE_YEARS)
    pairs = [
        (
            seconds(lambda: figure_sheet(unit, ONE_YEAR)),
            seconds(lambda: figure_sheet(unit, THREE_YEARS)),
        )
        for _ in range(times)
    ]
    return median(year for year, _ in pairs), median(years for _, years in pairs)


def _against_rows(top: Unit, database: str) -> None:
    """All figures of a review from the sums, against the one of them that a statement gives."""
    answers: list[Fraction] = []
    direct = min(seconds(lambda: answers.append(attendance_from_rows(top))) for _ in range(2))
    kept = median(seconds(lambda: figure_sheet(top, THREE_YEARS)) for _ in range(15))
    assert answers[0] == figure_sheet(top, THREE_YEARS)["ATT"].value, "the sums differ"
    name = "a review's figures from the sums kept, against one of them from the attendance rows"
    say(name, direct / kept, "×", 100, database, at_least=True)


def attendance_from_rows(unit: Unit) -> Fraction:
    """ATT the way it would be asked without sums: every single attendance, and typed totals."""
    span = [unit.path, unit.path + "~", THREE_YEARS.first, THREE_YEARS.last]
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(counted=COUNTED), span)
        present, required = cursor.fetchone()
        cursor.execute(TOTALS.format(counted=COUNTED), span)
        typed_present, typed_required = cursor.fetchone()
    return Fraction(int(present + typed_present), int(required + typed_required))
