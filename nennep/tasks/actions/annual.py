"""The tasks of the year: one sheet a cell, a line for each member, decided by the cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.choices import PaperKind
from nennep.meetings.models import Resolution
from nennep.members.models import Member
from nennep.members.queries import roll_on
from nennep.organisation.models import Unit
from nennep.tasks.actions.finding import find_anew
from nennep.tasks.actions.ground import open_book, tell_cell
from nennep.tasks.choices import TaskSource
from nennep.tasks.models import Assignment, Task
from nennep.tasks.queries.wording import basis_of, worded


@dataclass(frozen=True, slots=True)
class YearLine:
    """A member's own task of the year, and who of the committee follows it. No words: none."""

    member: Member
    what: str
    follower: Member | None = None


@transaction.atomic
def set_years_tasks(
    cell: Unit,
    year: int,
    *,
    lines: Sequence[YearLine],
    by: User,
    resolution: Resolution | None = None,
) -> Task:
    """The sheet as it is now; a line that is left empty is taken back, others stay as they are.

    It carries out a decision of the cell only where the paper is named.
    """
    cell = Unit.objects.select_for_update(no_key=True).get(pk=cell.pk)
    _refuse(cell, lines, resolution)
    sheet = _sheet(cell, year, resolution, by)
    there = {each.member_id: each for each in sheet.assignments.filter(withdrawn_on__isnull=True)}
    changed = [line for line in lines if _has_changed(there.get(line.member.pk), line)]
    for line in changed:
        _write(sheet, there.get(line.member.pk), line)
    find_anew(sheet)
    trail.record("year's tasks set", sheet, by=by, year=year, count=len(changed))
    open_book(cell, sheet.given_on)
    tell_cell(cell, [sheet.due_on])
    return sheet


def _sheet(cell: Unit, year: int, resolution: Resolution | None, by: User) -> Task:
    sheet, _is_new = Task.objects.get_or_create(
        unit=cell,
        year=year,
        is_to_units=False,
        defaults={
            "source": TaskSource.PLAN,
            "what": worded("annual.what", year=year),
            "given_on": min(clock.today(), date(year, 12, 31)),
            "due_on": date(year, 12, 31),
            "given_by": by,
        },
    )
    if resolution is not None and resolution.pk != sheet.resolution_id:
        sheet.resolution = resolution
        sheet.source = (
            TaskSource.RESOLUTION
            if resolution.kind == PaperKind.RESOLUTION
            else TaskSource.CONCLUSION
        )
        sheet.given_on = resolution.issued_on or sheet.given_on
        sheet.basis = basis_of(resolution.symbol, resolution.meeting.kind, sheet.given_on)
        sheet.is_of_cell = True
        sheet.save()
    return sheet


def _has_changed(stands: Assignment | None, line: YearLine) -> bool:
    if stands is None:
        return bool(tidy(line.what))
    follower = line.follower.pk if line.follower else None
    return (tidy(line.what), follower) != (stands.part, stands.follower_id)


def _write(sheet: Task, stands: Assignment | None, line: YearLine) -> None:
    what = tidy(line.what)
    if stands is None:
        Assignment.objects.update_or_create(
            task=sheet,
            member=line.member,
            defaults={
                "unit": sheet.unit,
                "part": what,
                "follower": line.follower,
                "due_on": sheet.due_on,
                "withdrawn_on": None,
                "remark": "",
            },
        )
        return
    if what:
        stands.part, stands.follower = what, line.follower
    elif stands.is_open:
        stands.withdrawn_on = clock.today()
    stands.save(update_fields=["part", "follower", "withdrawn_on"])


def _refuse(cell: Unit, lines: Sequence[YearLine], resolution: Resolution | None) -> None:
    if not cell.is_cell or cell.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps no tasks of single members.") % {"unit": cell.name},
            code="figures_only",
        )
    refuse_secret(*(line.what for line in lines))
    if resolution is not None and resolution.meeting.unit_id != cell.pk:
        raise Refusal(
            _("That paper is not one of this cell."), code="paper_of_another", field="resolution"
        )
    there = {entry.member_id for entry in roll_on(cell, clock.today())}
    for line in lines:
        people = [line.member, *([line.follower] if line.follower else [])]
        if stranger := next((p for p in people if p.pk not in there), None):
            raise Refusal(
                _("%(name)s is not on the roll of this cell.") % {"name": stranger.full_name},
                code="not_of_this_cell",
                field="what",
            )
