from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nennep.core.fields import PathField, below
from nennep.core.ids import new_public_id
from nennep.core.scoping import NOTHING, ScopedQuerySet
from nennep.core.text import vn_date
from nennep.regulations.choices import BasisKind, Can, Force, Mark
from nennep.regulations.rules import Entry, RuleSource, is_in_force

if TYPE_CHECKING:
    from nennep.core.person import Person, Reach

DAY = timedelta(days=1)
SEGMENT = 5  # a path is made of segments of this width, terminator included


def paths_over(path: str) -> list[str]:
    """The scopes a place is under: everything, its root, … and the place itself."""
    return [path[:end] for end in range(0, len(path) + 1, SEGMENT)]


def in_force_on(day: date, prefix: str = "") -> Q:
    """The same as `HasForce.is_in_force`, asked of the database."""
    first, last = f"{prefix}in_force_from", f"{prefix}in_force_to"
    begun = Q(**{f"{first}__isnull": True}) | Q(**{f"{first}__lte": day})
    return begun & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day}))


def force_between(first: date | None, last: date | None, day: date) -> Force:
    """Both days belong to it; an unknown one takes nothing away."""
    if first is not None and day < first:
        return Force.COMING
    return Force.RUNNING if is_in_force(first, last, day) else Force.OVER


def begun_on(day: date, prefix: str = "") -> Q:
    """Of a `Basis`: by the day it came into force, else it was issued, else by its year."""
    first, issued, year = (
        f"{prefix}{name}" for name in ("in_force_from", "issued_on", "issued_year")
    )
    undated = Q(**{f"{first}__isnull": True, f"{issued}__isnull": True})
    return (
        Q(**{f"{first}__lte": day})
        | Q(**{f"{first}__isnull": True, f"{issued}__lte": day})
        | (undated & (Q(**{f"{year}__isnull": True}) | Q(**{f"{year}__lte": day.year})))
    )


def ended_by(day: date, prefix: str = "") -> Q:
    """Of a `Basis`: its last day is past; where none is known, what replaced it has begun."""
    last, replacement = f"{prefix}in_force_to", f"{prefix}replaced_by"
    replaced = Q(**{f"{last}__isnull": True, f"{replacement}__isnull": False})
    return Q(**{f"{last}__lt": day}) | (replaced & begun_on(day, f"{replacement}__"))


class HasForce(models.Model):
    """A document in force from a day to a day, both of which belong to it; either may be unknown."""

    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, day: date) -> bool:
        return is_in_force(self.in_force_from, self.in_force_to, day)

    def force_on(self, day: date) -> Force:
        """Turns by itself on its day."""
        return force_between(self.in_force_from, self.in_force_to, day)


class Basis(HasForce):
    """A document that rules rest on: what it is, since when, and what took its place.

    `code` is stable and names it in the presets; symbols repeat (01-HD/TW of 2021 and of 2026).
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    symbol = models.CharField(_("number and symbol"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=BasisKind)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=400)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    source_url = models.CharField(_("source address"), max_length=500, blank=True)
    mark = models.CharField(_("certainty"), max_length=1, choices=Mark)
    note = models.TextField(_("note"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("basis")
        ordering = ["symbol", "issued_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_basis_ends_after_it_begins",
                condition=Q(in_force_to__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_to__gte=F("in_force_from")),
            ),
            models.CheckConstraint(
                name="a_basis_does_not_replace_itself",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
            ),
            models.CheckConstraint(
                name="a_checked_basis_names_who_checked_it",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    @property
    def told(self) -> str:
        """Its symbol, day and title: what tells it from another document with the same symbol."""
        day = vn_date(self.issued_on) if self.issued_on else self.issued_year
        return f"{self.symbol}, {day}: {self.title}" if day else f"{self.symbol}: {self.title}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def first_day(self) -> date | None:
        """As far as it is known: of a document of which only the year is, that year's first day."""
        year = date(self.issued_year, 1, 1) if self.issued_year else None
        return self.in_force_from or self.issued_on or year

    @property
    def last_day(self) -> date | None:
        """Where it is not known, the day before what replaced it began; reads `replaced_by`."""
        if self.in_force_to is not None or self.replaced_by is None:
            return self.in_force_to
        return (self.replaced_by.first_day or date.min + DAY) - DAY

    def force_on(self, day: date) -> Force:
        """The same as `begun_on` and `ended_by`, asked of one that was read with `replaced_by`."""
        return force_between(self.first_day, self.last_day, day)


class RuleValueQuerySet(ScopedQuerySet["RuleValue"]):
    """Rules for all are seen by everybody; local ones by those above and below their scope."""

    to_view: ClassVar[str] = Can.VIEW_RULES
    path_lookup: ClassVar[str] = "scope_path"

    def visible_to(self, person: Person) -> Self:
        reaches = [r for r in person.reaches(Can.VIEW_RULES) if r.only is None]
        return self.filter(reduce(or_, map(self._above_or_below, reaches), NOTHING))

    def where_may(self, person: Person, can: str) -> Self:
        """A rule for all is managed by whoever's right reaches a root of the tree."""
        reaches = [r for r in person.reaches(can) if r.only is None]
        return self.filter(reduce(or_, map(self._managed, reaches), NOTHING))

    def of(self, key: str, scope_path: str) -> Self:
        """All values one rule has had at one place, oldest first: its past."""
        return self.filter(key=key, scope_path=scope_path).order_by("valid_from", "id")

    def valid_on(self, day: date) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def unconfirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=True)

    @staticmethod
    def _above_or_below(reach: Reach) -> Q:
        return below("scope_path", reach.path) | Q(scope_path__in=paths_over(reach.path))

    @staticmethod
    def _managed(reach: Reach) -> Q:
        inside = below("scope_path", reach.path)
        return inside | Q(scope_path="") if len(reach.path) <= SEGMENT else inside


class RuleValue(models.Model):
    """What one rule says, for all ("") or for a subtree, for a time; both days belong to it.

    At one place a rule has at most one value a day; the actions keep that, under the lock of
    `RuleStamp`. A change closes the value and opens another: the past is never overwritten.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    scope_path = PathField(max_length=80, blank=True)
    key = models.CharField(_("rule"), max_length=80)
    value = models.JSONField(_("value"), encoder=DjangoJSONEncoder)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="values")
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    mark = models.CharField(_("certainty"), max_length=1, choices=Mark)
    note = models.TextField(_("note"), blank=True)
    rule_set = models.CharField(max_length=40, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("checked on"), null=True, blank=True)

    objects = RuleValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        ordering = ["key", "scope_path", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_value_per_rule_place_and_first_day",
                fields=["key", "scope_path", "valid_from"],
            ),
            models.UniqueConstraint(
                name="one_open_value_per_rule_and_place",
                fields=["key", "scope_path"],
                condition=Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(
                name="a_value_ends_on_or_after_its_first_day",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="a_checked_value_names_who_checked_it",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.valid_from}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_local(self) -> bool:
        return self.scope_path != ""

    @property
    def is_setting(self) -> bool:
        """[D]: our own choice where the rules are silent."""
        return self.mark == Mark.DERIVED

    @property
    def path(self) -> str:
        """Where the trail files it."""
        return self.scope_path

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def entry(self) -> Entry:
        """The value as the rules compute with it; reads the basis."""
        source = RuleSource(
            symbol=self.basis.symbol,
            title=self.basis.title,
            clause=self.clause,
            mark=self.mark,
            is_confirmed=self.is_confirmed,
            source_url=self.basis.source_url,
            scope_path=self.scope_path,
            valid_from=self.valid_from,
            public_id=str(self.public_id),
        )
        return Entry(self.scope_path, self.key, self.value, self.valid_from, self.valid_to, source)


class RuleStamp(models.Model):
    """One row that changes with every write to the rules: it says whether a kept book is stale.

    Its value is random, so that a write that was undone never looks like a later one.
    """

    stamp = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_rule_stamp", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.stamp)


class CalendarDay(models.Model):
    """A day that is a working day, or none, against the national calendar."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return str(self.day)
