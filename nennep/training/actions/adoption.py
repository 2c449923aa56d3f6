"""The e-handbook is counted, cell by cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.members.queries import Strength, strength_on
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.training.actions.ground import tell_cells
from nennep.training.choices import HandbookApp
from nennep.training.models import EHandbookAdoption
from nennep.training.queries.in_force import APP_KEY

COLUMNS = [
    "members",
    "exempt",
    "installed",
    "installed_exempt",
    "signed_in",
    "reasons",
    "entered_by",
]


@dataclass(frozen=True, slots=True)
class CellCount:
    """What is counted in one cell; `installed_exempt` of the members who are exempt."""

    cell: Unit
    installed: int
    signed_in: int = 0
    installed_exempt: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def count_adoption(unit: Unit, *, counts: Sequence[CellCount], on: date, by: User) -> int:
    """One grid for the cells below; counted again on the same day, it says it anew.

    Refuses a day for which no e-handbook is asked about, and numbers that contradict the roll.
    """
    if on > clock.today():
        raise Refusal(_("That day has not come yet."), code="in_future", field="on")
    app = app_on(unit, on)
    strengths = strength_on([count.cell.pk for count in counts], on)
    rows = []
    for count in counts:
        _refuse_outsider(unit, count.cell)
        _refuse_contradiction(count, strengths[count.cell.pk])
        rows.append(_row(count, strengths[count.cell.pk], app, on, by))
    _write(rows)
    trail.record("e-handbook counted", unit, by=by, kind=app, on=on, count=len(rows))
    tell_cells({count.cell.pk for count in counts})
    return len(rows)


@transaction.atomic
def load_adoption(
    unit: Unit,
    *,
    counts: Iterable[CellCount],
    strengths: Mapping[int, Strength],
    on: date,
    by: User,
) -> int:
    """Many cells at once, with strengths that are known already; figures are recomputed by the caller."""
    app = app_on(unit, on)
    rows = [_row(count, strengths[count.cell.pk], app, on, by) for count in counts]
    _write(rows)
    trail.record("e-handbook counts loaded", unit, by=by, kind=app, on=on, count=len(rows))
    return len(rows)


def app_on(unit: Unit, on: date) -> HandbookApp:
    """The e-handbook that is asked about there on that day."""
    entry = RuleBook.load().entry_on(APP_KEY, unit.path, on)
    if entry is None:
        raise Refusal(
            _(
                "No rule says which e-handbook was in use on %(day)s. Choose another day, or enter the rule."
            )
            % {"day": vn_date(on)},
            code="no_app",
            field="on",
        )
    return HandbookApp(entry.value)


def _row(count: CellCount, strength: Strength, app: str, on: date, by: User) -> EHandbookAdoption:
    return EHandbookAdoption(
        unit=count.cell,
        app=app,
        on=on,
        members=strength.total,
        exempt=strength.exempt,
        installed=count.installed,
        installed_exempt=count.installed_exempt,
        signed_in=count.signed_in,
        reasons={code: number for code, number in count.reasons.items() if number},
        entered_by=by,
    )


def _write(rows: Sequence[EHandbookAdoption]) -> None:
    EHandbookAdoption.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "app", "on"], update_fields=COLUMNS
    )


def _refuse_outsider(unit: Unit, cell: Unit) -> None:
    if not cell.is_cell or not cell.path.startswith(unit.path):
        raise Refusal(
            _("“%(unit)s” does not stand under “%(giver)s”.")
            % {"unit": cell.name, "giver": unit.name},
            code="not_below",
        )


def _refuse_contradiction(count: CellCount, strength: Strength) -> None:
    """Each number is part of another one; a sentence for the first that is not."""
    liable = strength.total - strength.exempt
    numbers = {
        "unit": count.cell.name,
        "members": strength.total,
        "exempt": strength.exempt,
        "liable": liable,
        "installed": count.installed,
    }
    place = f"_{count.cell.pk}"
    checks = (
        (
            count.installed <= strength.total,
            "installed",
            _("“%(unit)s” had %(members)s members that day: no more can have installed it."),
        ),
        (
            count.signed_in <= count.installed,
            "signed_in",
            _("“%(unit)s”: %(installed)s have installed it, no more can sign in."),
        ),
        (
            count.installed_exempt <= min(strength.exempt, count.installed),
            "installed_exempt",
            _("“%(unit)s”: %(exempt)s members are exempt, no more of these can have installed it."),
        ),
        (
            count.installed - count.installed_exempt <= liable,
            "installed_exempt",
            _(
                "“%(unit)s”: only %(liable)s members are not exempt. Write how many of the"
                " %(installed)s who installed it are exempt."
            ),
        ),
        (
            sum(count.reasons.values()) <= strength.total - count.installed,
            "reasons",
            _("“%(unit)s”: more reasons are counted than members without it."),
        ),
    )
    for is_sound, name, sentence in checks:
        if not is_sound:
            raise Refusal(sentence % numbers, code=f"{name}_contradicts", field=f"{name}{place}")
