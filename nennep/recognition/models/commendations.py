"""Commendation: rounds, what is proposed from below, and the register of what was decided."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.fields import PathField, below
from nennep.core.ids import new_public_id
from nennep.core.scoping import NOTHING, ScopedQuerySet
from nennep.library.choices import Issuer
from nennep.library.models import Document
from nennep.organisation.models import Unit
from nennep.recognition.choices import Can, Honoured, Rhythm, RoundState
from nennep.regulations.models import Basis, paths_over

if TYPE_CHECKING:
    from nennep.core.person import Person, Reach


class CommendationRoundQuerySet(ScopedQuerySet["CommendationRound"]):
    """Seen under its unit's committee, and by those below who may propose in it."""

    to_view = Can.VIEW_COMMENDATIONS

    def visible_to(self, person: Person) -> Self:
        reaches = [r for r in person.reaches(self.to_view) if r.only is None]
        return self.filter(reduce(or_, map(_below_or_above, reaches), NOTHING))


def _below_or_above(reach: Reach) -> Q:
    return below("unit__path", reach.path) | Q(unit__path__in=paths_over(reach.path)[1:])


class CommendationRound(models.Model):
    """A round of commendation (đợt khen thưởng): its occasion, the period it looks at, its grounds.

    Not periodic: a review of the programme that `basis` is, or another occasion. `grounds` is the
    clause it rests on, as the rule in force said it or as it was typed. It is open until it is
    considered (`votes_cast` voted), and ends with its decision.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commendation_rounds")
    occasion = models.CharField(_("occasion"), max_length=300)
    basis = models.ForeignKey(
        Basis, models.PROTECT, null=True, blank=True, related_name="commendation_rounds"
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("last day"))
    due_on = models.DateField(_("proposals until"), null=True, blank=True)
    grounds = models.CharField(_("grounds"), max_length=400)
    body = models.CharField(_("body"), max_length=10, choices=Issuer.choices)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    votes_cast = models.PositiveSmallIntegerField(_("votes cast"), null=True, blank=True)
    considered_on = models.DateField(_("considered on"), null=True, blank=True)
    considered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    considered_at = models.DateTimeField(null=True)
    document = models.OneToOneField(
        Document, models.SET_NULL, null=True, blank=True, related_name="commendation_round"
    )
    decision = models.CharField(_("decision"), max_length=100, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = CommendationRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-last_day", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_round_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="a_decided_round_names_its_decision",
                condition=Q(decided_on__isnull=True) | ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return self.occasion

    @property
    def state(self) -> RoundState:
        if self.decided_on is not None:
            return RoundState.DECIDED
        return RoundState.OPEN if self.considered_at is None else RoundState.CONSIDERED

    @property
    def takes_proposals(self) -> bool:
        return self.state == RoundState.OPEN and (
            self.due_on is None or clock.today() <= self.due_on
        )


class NominationQuerySet(ScopedQuerySet["Nomination"]):
    """Seen by who may propose at the proposing unit or above it: not everybody's to read."""

    to_view = Can.PROPOSE_COMMENDATIONS
    path_lookup = "proposer__path"

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Nomination(models.Model):
    """A collective or a person proposed in a round, with reasons.

    `declared_by`, `declared_at`: who proposed declared at that moment that there was no violation
    in the period. That is what was said then, no fact about the one proposed. `award`, `votes_for`
    and `is_chosen` are what the body made of it.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(CommendationRound, models.CASCADE, related_name="proposals")
    proposer = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Honoured.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("full name"), max_length=120, blank=True)
    post = models.CharField(_("post"), max_length=160, blank=True)
    reasons = models.TextField(_("reasons"))
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    award = models.CharField(_("form of award"), max_length=60, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for it"), null=True, blank=True)
    is_chosen = models.BooleanField(null=True)
    why_not = models.CharField(_("why not"), max_length=300, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "unit__sort_key", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                "round", "unit", "name", name="proposed_once_in_a_round",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_proposed_person_has_a_name",
                condition=Q(kind="collective", name="") | (Q(kind="person") & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="what_is_chosen_has_its_award",
                condition=Q(is_chosen__isnull=True) | Q(is_chosen=False) | ~Q(award=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.unit.name

    @property
    def belongs_to(self) -> str:
        return _stands_in(self.unit, self.round.unit_id, is_person=bool(self.name))

    @property
    def after_name(self) -> str:
        return _after_name(self.post, self.belongs_to)


class CommendationQuerySet(ScopedQuerySet["Commendation"]):
    to_view = Can.VIEW_COMMENDATIONS


class Commendation(models.Model):
    """One line of the register: a collective or a person, commended by a decision (khen thưởng).

    `unit` is the collective, or the person's organisation; `path` and `block` are its place on the
    day `on` of the decision, so that REWARD counts it where it stood. Names stand as in the decision.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commendations")
    path = PathField(max_length=80)
    block = models.CharField(max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Honoured.choices)
    name = models.CharField(_("name"), max_length=200)
    post = models.CharField(_("post"), max_length=160, blank=True)
    award = models.CharField(_("form of award"), max_length=60)
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm.choices)
    occasion = models.CharField(_("occasion"), max_length=300)
    awarded_by = models.ForeignKey(Unit, models.PROTECT, related_name="commendations_given")
    decision = models.CharField(_("decision"), max_length=100)
    on = models.DateField(_("decided on"))
    round = models.ForeignKey(
        CommendationRound, models.PROTECT, null=True, related_name="commendations"
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = CommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "kind", "unit__sort_key", "name", "id"]
        indexes = [models.Index(fields=["path", "on"], name="commendations_by_place")]
        constraints = [
            models.UniqueConstraint(
                "awarded_by", "decision", "on", "unit", "name",
                name="a_decision_commends_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}: {self.award}"

    @property
    def is_person(self) -> bool:
        return self.kind == Honoured.PERSON

    @property
    def belongs_to(self) -> str:
        return _stands_in(self.unit, self.awarded_by_id, is_person=self.is_person)

    @property
    def after_name(self) -> str:
        return _after_name(self.post, self.belongs_to)


def _after_name(*parts: str) -> str:
    """“, Bí thư chi bộ, Chi bộ thôn Đông”; nothing where nothing is known."""
    return "".join(f", {part}" for part in parts if part)


def _stands_in(unit: Unit, top_id: int, *, is_person: bool) -> str:
    """“Chi bộ thôn Đông, Đảng bộ xã Phù Lỗ”: what tells namesakes apart, below the body that commends."""
    places = [unit.name] if is_person and unit.pk != top_id else []
    if unit.parent is not None and unit.pk != top_id and unit.parent_id != top_id:
        places.append(unit.parent.name)
    return ", ".join(places)
