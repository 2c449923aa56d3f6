"""What those below ask of those above: the proposal, the way it went up, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.fields import PathField
from nennep.core.ids import new_public_id
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet
from nennep.dialogue.choices import Can, ProposalState
from nennep.dialogue.rules import Owed, owed, state_of
from nennep.library.models import Document, Entry
from nennep.meetings.models import Meeting
from nennep.organisation.models import Lineage, Unit


def own_paths(person: Person, can: str) -> list[str]:
    """The very units at which this person has the right; what stands below them is not meant."""
    return [reach.path for reach in person.reaches(can) if reach.only is None]


def asked_from(person: Person, can: str) -> list[str]:
    """The same places, and those of the ended organisations that go on as what stands there.

    Who asks is the organisation: its successor sees what it asked, and may withdraw it.
    """
    found = own_paths(person, can)
    newest = found
    while newest:
        before = Lineage.objects.filter(
            is_principal=True, successor__path__in=newest, predecessor__ended_on__isnull=False
        )
        newest = list(
            before.exclude(predecessor__path__in=found).values_list("predecessor__path", flat=True)
        )
        found = [*found, *newest]
    return found


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    """Seen at the unit that asked and at each unit it passed, and nowhere else.

    A grant further up reaches down to none of them: what was not passed on to a level is not its
    business. Who answers is the unit that has it now; who withdraws, the unit that asked, or the
    one that goes on as it.
    """

    to_view = Can.VIEW_PROPOSALS

    def where_may(self, person: Person, can: str) -> Self:
        if can == Can.ANSWER_PROPOSALS:
            return self.held_at(own_paths(person, can))
        paths = asked_from(person, can)
        if can == Can.MAKE_PROPOSALS:
            return self.filter(unit__path__in=paths)
        return self.filter(Q(unit__path__in=paths) | Q(pk__in=_passed(paths)))

    def held_at(self, paths: Sequence[str]) -> Self:
        """Those that units at these places have now, answered or not."""
        steps = ProposalStep.objects.filter(left_on__isnull=True, unit__path__in=paths)
        return self.filter(pk__in=steps.order_by().values("proposal"))

    def passed_by(self, paths: Sequence[str]) -> Self:
        """Those that units at these places have passed on."""
        steps = ProposalStep.objects.filter(left_on__isnull=False, unit__path__in=paths)
        return self.filter(pk__in=steps.order_by().values("proposal"))

    def open(self) -> Self:
        return self.filter(answered_on__isnull=True, withdrawn_on__isnull=True)

    def overdue(self, on: date) -> Self:
        """Those whose answer was due before that day at the level that has them."""
        late = ProposalStep.objects.filter(left_on__isnull=True, due_on__lt=on)
        return self.open().filter(pk__in=late.order_by().values("proposal"))


def _passed(paths: Sequence[str]) -> models.QuerySet[ProposalStep, int]:
    steps = ProposalStep.objects.filter(unit__path__in=paths)
    return steps.order_by().values_list("proposal", flat=True)


class Proposal(models.Model):
    """What a cell or committee asks of a superior (kiến nghị, đề xuất).

    `owner` is the level it is meant for; where it is now, its way shows. `meeting`: it came out of
    that meeting's minutes; else it was made by the secretary or the office. The day of the first
    answer counts, though its words may be put right later.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    answer = models.TextField(_("answer"), blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-id"]
        verbose_name = _("proposal")
        constraints = [
            models.CheckConstraint(
                name="an_answered_proposal_has_words_and_a_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=F("asked_on"))),
            ),
            models.CheckConstraint(
                name="a_proposal_that_was_withdrawn_was_not_answered",
                condition=Q(withdrawn_on__isnull=True) | Q(answered_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @cached_property
    def way(self) -> list[ProposalStep]:
        """From the first level it came to up to the one that has it now."""
        return list(self.steps.all())

    @property
    def held(self) -> ProposalStep:
        """The step at which it stands now: that level owes the answer, or gave it."""
        return self.way[-1]

    @property
    def state(self) -> ProposalState:
        return state_of(
            self.held.due_on,
            answered_on=self.answered_on,
            withdrawn_on=self.withdrawn_on,
            today=clock.today(),
        )

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.withdrawn_on is None


class ProposalStep(models.Model):
    """A proposal comes to a level: from whom, on which day, and until when that level answers.

    `path` is where the level stood that day, so that what it owed keeps its place. `left_on` is the
    day it passed the proposal on; the level that has it now has none. `due_on` is empty where no
    rule says a number of days: then nothing is owed.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals_received")
    path = PathField(max_length=80)
    came_on = models.DateField(_("came on"))
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    left_on = models.DateField(_("passed on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["proposal", "id"]
        indexes = [models.Index(fields=["unit", "due_on"], name="proposals_owed_by_day")]
        constraints = [
            models.UniqueConstraint(
                "proposal", name="one_level_has_a_proposal", condition=Q(left_on__isnull=True)
            ),
            models.UniqueConstraint("proposal", "unit", name="a_proposal_comes_to_a_level_once"),
            models.CheckConstraint(
                name="a_proposal_leaves_after_it_came",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("came_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.unit}"

    @property
    def owed(self) -> Owed:
        """What the level made of the answer it owed; where no rule gives a day it owed none."""
        proposal = self.proposal
        if self.due_on is None:
            return Owed.NOT_OWED
        if self.left_on is not None:
            return owed(self.due_on, gone_on=self.left_on, answered_on=None)
        return owed(self.due_on, gone_on=proposal.withdrawn_on, answered_on=proposal.answered_on)
