from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.models import CompulsoryTopic, Meeting
from nennep.organisation.models import Unit
from nennep.training.choices import Can, ReachForm


class DisseminationQuerySet(ScopedQuerySet["Dissemination"]):
    to_view = Can.VIEW_TRAINING


class Dissemination(models.Model):
    """A document or scheme that every cell named in its receipts is to make known to its members.

    It counts from `due_on`. `topic`: it also stands on the agendas of the cells below.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disseminations")
    title = models.CharField(_("title"), max_length=300)
    symbol = models.CharField(_("number and symbol"), max_length=40, blank=True)
    form = models.CharField(_("form"), max_length=12, choices=ReachForm.choices)
    begins_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    topic = models.ForeignKey(
        CompulsoryTopic, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-id"]
        verbose_name = _("dissemination")
        constraints = [
            models.CheckConstraint(
                name="a_dissemination_is_due_after_it_begins",
                condition=Q(due_on__gte=F("begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return f"{self.symbol}: {self.title}" if self.symbol else self.title

    @property
    def is_overdue(self) -> bool:
        return self.due_on < clock.today()


class ReceiptQuerySet(ScopedQuerySet["Receipt"]):
    to_view = Can.VIEW_TRAINING

    def counted(self) -> Self:
        return self.filter(dissemination__withdrawn_on__isnull=True)


class Receipt(models.Model):
    """A cell that is to make something known, and whether it has: on which day, to how many.

    `strength` is that of the cell when it was asked, or on the day it was done; `members` are of
    these. `meeting`: the closed meeting that dealt with it, as its minutes say.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    dissemination = models.ForeignKey(Dissemination, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receipts")
    strength = models.PositiveIntegerField()
    reached_on = models.DateField(_("done on"), null=True, blank=True)
    members = models.PositiveIntegerField(_("members reached"), default=0)
    form = models.CharField(_("form"), max_length=12, choices=ReachForm.choices, blank=True)
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["dissemination", "unit"]
        verbose_name = _("receipt")
        constraints = [
            models.UniqueConstraint("dissemination", "unit", name="a_cell_is_asked_once"),
            models.CheckConstraint(
                name="no_more_are_reached_than_there_are",
                condition=Q(members__lte=F("strength")),
            ),
            models.CheckConstraint(
                name="who_is_reached_is_reached_on_a_day",
                condition=Q(reached_on__isnull=False) | Q(members=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dissemination} → {self.unit}"

    @property
    def pair(self) -> tuple[int, int]:
        return self.members, self.strength
