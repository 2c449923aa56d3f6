"""How the cells of the two districts were rated: those rated well become more from year to year."""

from datetime import date

from nennep.accounts.models import User
from nennep.demo.plan.words import dice
from nennep.organisation.models import Unit
from nennep.recognition.actions import Decision, enter_past
from nennep.recognition.choices import Level

DISTRICTS = ("SOCSON", "PHUCTHO")
# Of a year: the share rated excellent, and rated well at least; the rest completed, or did not.
YEARS = {2021: (0.10, 0.78), 2022: (0.11, 0.84), 2023: (0.12, 0.90)}
NOT_COMPLETED = 0.01


def rate_past_years(seed: int, *, by: User) -> None:
    """Each cell has a standing of its own, so that the same cells do well again."""
    for code in DISTRICTS:
        cells = list(Unit.objects.within(Unit.objects.get(code=code)).cells().order_by("path"))
        standing = {
            cell.pk: dice(seed, "standing of the year", cell.code).random() for cell in cells
        }
        for year, shares in YEARS.items():
            levels = {cell.pk: _level(standing[cell.pk], *shares) for cell in cells}
            decision = Decision(f"Quyết định xếp loại năm {year}", date(year, 12, 28))
            enter_past(cells, year, levels=levels, decision=decision, by=by)


def _level(standing: float, excellent: float, well: float) -> Level:
    if standing < excellent:
        return Level.EXCELLENT
    if standing < well:
        return Level.GOOD
    return Level.NOT_COMPLETED if standing > 1 - NOT_COMPLETED else Level.COMPLETED
