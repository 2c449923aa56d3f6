"""What an organisation that begins here still lacks, in the order in which it is brought in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.accounts.choices import Can as Accounts
from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.core.fields import holding_on
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.imports.choices import Can
from nennep.meetings.models import Meeting
from nennep.members.choices import Can as Members
from nennep.members.choices import PositionTitle
from nennep.members.models import Position, Standing
from nennep.organisation.choices import Can as Organisation
from nennep.organisation.models import Term, Unit, UnitQuerySet

SECRETARIES = (Role.SECRETARY, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` cells have it; `url` leads to where it is brought in, if the person may."""

    title: str
    text: str
    done: int
    total: int
    url: str
    action: str

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done >= self.total


def top_of(person: Person) -> Unit | None:
    """The highest organisation the person manages."""
    paths = sorted(reach.path for reach in person.reaches(Organisation.MANAGE_UNITS))
    return Unit.objects.filter(path__in=paths[:1]).first()


def is_being_set_up(person: Person) -> bool:
    """Nobody can sign in for a cell yet, and none has a meeting: the board would have nothing to say."""
    top = top_of(person)
    if top is None:
        return False
    signs_in = Grant.objects.valid().within(top).filter(role__in=SECRETARIES)
    return not (Meeting.objects.live().within(top).exists() or signs_in.exists())


def first_steps(unit: Unit, person: Person, day: date) -> list[Step]:
    """Seven questions to the database, however many cells there are."""
    cells = Unit.objects.within(unit).cells().living()
    named = cells.filter(is_figures_only=False)
    count, with_names = cells.count(), named.count()
    return [
        _units(unit, person, count),
        Step(
            _("The rolls of the cells"),
            _("Every cell has its members. Lists may name many cells at once."),
            _having(named, Standing.objects.filter(valid_to__isnull=True)),
            with_names,
            _import(unit, person, Members.MANAGE_MEMBERS, "dang-vien"),
            _("Take in a list of members"),
        ),
        Step(
            _("Secretaries"),
            _("Every cell has a secretary: in the list of members, or on the member's page."),
            _having(
                named,
                Position.objects.filter(holding_on(day), title=PositionTitle.SECRETARY),
                "body__unit",
            ),
            with_names,
            _import(unit, person, Members.MANAGE_MEMBERS, "dang-vien"),
            _("Take in a list of members"),
        ),
        Step(
            _("Terms"),
            _(
                "Resolutions are numbered within the term: every cell has one that runs. Take the"
                " organisations away as a table, write the first day of each term, take it in again."
            ),
            _having(named, Term.objects.on(day), "body__unit"),
            with_names,
            _import(unit, person, Organisation.MANAGE_UNITS, "to-chuc"),
            _("Take in the terms"),
        ),
        Step(
            _("Accounts of the secretaries"),
            _("Somebody can sign in for every cell: its secretary or deputy."),
            _having(cells, Grant.objects.valid().filter(role__in=SECRETARIES)),
            count,
            reverse("members:offices", args=[unit.code])
            if may(person, Accounts.LOOK_AFTER_ACCOUNTS, unit)
            else "",
            _("To the posts and accounts"),
        ),
        Step(
            _("The first meetings"),
            _("The secretary plans the month's meeting on the first page after signing in."),
            _having(cells, Meeting.objects.live()),
            count,
            reverse("organisation:unit", args=[unit.code]),
            _("To the organisation"),
        ),
    ]


def _units(unit: Unit, person: Person, count: int) -> Step:
    return Step(
        _("The organisations"),
        _("The committees and cells below this organisation, from one spreadsheet or one by one."),
        count,
        count,
        reverse("imports:upload", args=[unit.code, "to-chuc"])
        if may(person, Can.IMPORT_TABLES, unit)
        else reverse("organisation:create", args=[unit.code]),
        _("Take in the organisations"),
    )


def _import(unit: Unit, person: Person, verb: str, kind: str) -> str:
    """The page that takes the list in; nothing for who may not, such as an administrator."""
    if may(person, verb, unit) and may(person, Can.IMPORT_TABLES, unit):
        return reverse("imports:upload", args=[unit.code, kind])
    return ""


def _having(cells: UnitQuerySet, rows: QuerySet[object], unit: str = "unit") -> int:  # type: ignore[type-var]
    return cells.filter(Exists(rows.filter(**{unit: OuterRef("pk")}))).count()
