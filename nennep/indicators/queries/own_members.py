"""The members behind a figure of tasks, for the cell's own people and who may read content."""

from nennep.core import trail
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.organisation.models import Unit
from nennep.tasks.choices import Can
from nennep.tasks.queries.coverage import CellCoverage, cell_coverage


def own_members(cell: Unit, person: Person) -> CellCoverage | None:
    """As of today, by name; None where the person may not see names. A look from above is noted."""
    if cell.is_figures_only or not may(person, Can.VIEW_MEMBER_TASKS, cell):
        return None
    if not any(reach.path == cell.path for reach in person.reaches(Can.VIEW_MEMBER_TASKS)):
        trail.record_look("tasks of a cell", cell, by=person)
    return cell_coverage(cell)
