"""Who holds a post in a cell, and how their account stands towards it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.core.fields import below, holding_on
from nennep.members.choices import (
    OFFICE_ROLES,
    OFFICE_SLUGS,
    ROLE_OF_TITLE,
    OfficeState,
    PositionTitle,
)
from nennep.members.models import Handover, Position
from nennep.members.queries.positions import CELL_BODIES
from nennep.organisation.models import Unit

# Posts with what is asked about each; the checker of types does not know annotations.
Posts = QuerySet[Any, Any]
SHOWN = 50

# What of a row fills which field.
COLUMNS = {
    "position_id": "pk",
    "title": "title",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "member_id": "member_id",
    "member_public_id": "member__public_id",
    "name": "member__full_name",
    "user_id": "member__user_id",
    "user_public_id": "member__user__public_id",
    "username": "member__user__username",
    "unit_id": "body__unit_id",
    "unit_code": "body__unit__code",
    "unit_name": "body__unit__name",
    "parent_name": "body__unit__parent__name",
    "state": "state",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody's post in a cell. `user_id` is their account, whether it has the role or not."""

    position_id: int
    title: str
    valid_from: date
    valid_to: date | None
    member_id: int
    member_public_id: UUID
    name: str
    user_id: int | None
    user_public_id: UUID | None
    username: str | None
    unit_id: int
    unit_code: str
    unit_name: str
    parent_name: str | None
    state: str

    @property
    def role(self) -> Role:
        return ROLE_OF_TITLE[PositionTitle(self.title)]

    @property
    def title_label(self) -> str:
        return str(PositionTitle(self.title).label)

    @property
    def state_label(self) -> str:
        return str(OfficeState(self.state).label)

    @property
    def place(self) -> str:
        """Where the post is, as a slip says it."""
        return ", ".join(filter(None, (self.unit_name, self.parent_name)))


def offices_under(unit: Unit, day: date, *, role: str = "", state: str = "") -> Posts:
    """The posts in cells at and below the unit on a day, cell by cell, the secretary first."""
    rows = _posts(unit, day).order_by("body__unit__path", "rank", "member__sort_key", "pk")
    if role:
        rows = rows.filter(role=role)
    if state:
        rows = rows.filter(state=state)
    return rows.values(*COLUMNS.values())


def _posts(unit: Unit, day: date) -> Posts:
    return Position.objects.filter(
        holding_on(day),
        below("body__unit__path", unit.path),
        body__kind__in=CELL_BODIES,
        body__unit__ended_on__isnull=True,
    ).annotate(role=_role(), rank=_rank(), state=_state(day))


def as_offices(rows: Iterable[dict[str, Any]]) -> list[Office]:
    """In their order, somebody who holds a post in two bodies of one cell once."""
    offices: dict[tuple[int, int, str], Office] = {}
    for row in rows:
        office = Office(**{name: row[column] for name, column in COLUMNS.items()})
        offices.setdefault((office.member_id, office.unit_id, office.role), office)
    return list(offices.values())


def _role() -> Case:
    whens = [When(title=title, then=Value(role.value)) for title, role in ROLE_OF_TITLE.items()]
    return Case(*whens, output_field=CharField())


def _rank() -> Case:
    whens = [When(title=title, then=Value(at)) for at, title in enumerate(ROLE_OF_TITLE)]
    return Case(*whens, output_field=IntegerField())


def _state(day: date) -> Case:
    """An account that was closed is none; a role that is to begin counts as held."""
    holds = Grant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        user_id=OuterRef("member__user_id"),
        unit_id=OuterRef("body__unit_id"),
        role=OuterRef("role"),
        ended_at__isnull=True,
    )
    return Case(
        When(
            Q(member__user__isnull=True) | Q(member__user__is_active=False),
            then=Value("no_account"),
        ),
        When(~Exists(holds), then=Value("no_role")),
        When(member__user__last_login__isnull=True, then=Value("not_yet")),
        default=Value("in_use"),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Tally:
    """How many hold a post that brings a role, and how many of these stand in each state."""

    role: Role
    states: dict[OfficeState, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def in_use(self) -> int:
        return self.states.get(OfficeState.IN_USE, 0)

    @property
    def not_yet(self) -> int:
        return self.states.get(OfficeState.NOT_YET, 0)

    @property
    def lacking(self) -> int:
        """Without an account, or with one that lacks the role."""
        return self.total - self.in_use - self.not_yet

    @property
    def slug(self) -> str:
        """What the post is called in an address."""
        return next(slug for slug, role in OFFICE_SLUGS.items() if role == self.role)


def tallies(unit: Unit, day: date) -> list[Tally]:
    """The posts under a unit by role and state. One query."""
    rows = _posts(unit, day).values_list("role", "state").annotate(Count("pk")).order_by()
    found: dict[str, dict[OfficeState, int]] = {role: {} for role in OFFICE_ROLES}
    for role, state, count in rows:
        found[role][OfficeState(state)] = count
    return [Tally(Role(role), states) for role, states in found.items()]


def unmatched_grants(unit: Unit, day: date) -> QuerySet[Grant]:
    """Roles of a post that go on although their holder, a member, holds no such post any more."""
    posts: Posts = Position.objects.all()
    held = posts.annotate(role=_role()).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        member__user_id=OuterRef("user_id"),
        body__unit_id=OuterRef("unit_id"),
        body__kind__in=CELL_BODIES,
        role=OuterRef("role"),
    )
    return (
        Grant.objects.within(unit)
        .filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            ~Exists(held),
            role__in=OFFICE_ROLES,
            ended_at__isnull=True,
            user__is_active=True,
            user__member__isnull=False,
        )
        .select_related("user", "unit")
        .order_by("unit__path", "pk")
    )


def planned_handovers(unit: Unit, day: date) -> list[Handover]:
    """Handovers at and below the unit whose day has not come. The nearest first."""
    coming = Handover.objects.within(unit).filter(on__gt=day, taken_back_at__isnull=True)
    return list(
        coming.select_related("unit", "former__member", "successor__member").order_by("on", "pk")[
            :SHOWN
        ]
    )
