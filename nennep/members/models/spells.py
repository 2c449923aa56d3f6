"""What was true of a member from one day to another.

Nothing here is overwritten: a spell ends and the next begins.
"""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core.fields import holding_on
from nennep.members.choices import ExemptionBasis, PositionTitle, StandingKind
from nennep.members.models.member import Member
from nennep.organisation.models import Body, PartyGroup, Unit

ENDS_AFTER_IT_BEGINS = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


Spell = TypeVar("Spell", bound=models.Model, covariant=True)


class SpellQuerySet(models.QuerySet[Spell]):
    def on(self, day: date) -> Self:
        return self.filter(holding_on(day))


class StandingQuerySet(SpellQuerySet["Standing"]):
    pass


class Standing(models.Model):
    """On the roll of this cell as an official or probationary member, from day to day."""

    # The constraint on member and first day is the index for both.
    member = models.ForeignKey(Member, models.CASCADE, related_name="standings", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standings")
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standings",
        db_index=False,
    )
    kind = models.CharField(max_length=12, choices=StandingKind.choices)
    is_suspended = models.BooleanField(_("suspended"), default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["member", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "member", name="one_present_standing_per_member", condition=Q(valid_to__isnull=True)
            ),
            models.UniqueConstraint("member", "valid_from", name="one_standing_begins_on_a_day"),
            models.CheckConstraint(
                name="standing_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.kind} ({self.valid_from} – {self.valid_to or '…'})"

    @property
    def said(self) -> str:
        """The entry in words, without its days."""
        return f"{self.get_kind_display()}, {self.unit.name}"


class ExemptionQuerySet(SpellQuerySet["Exemption"]):
    pass


class Exemption(models.Model):
    """Exempt from work and activities (miễn công tác và sinh hoạt đảng)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="exemptions")
    basis = models.CharField(max_length=16, choices=ExemptionBasis.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["member", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="exemption_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS
            ),
            models.CheckConstraint(
                name="exemption_for_a_case_has_an_end",
                condition=Q(basis="age_or_health") | Q(valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.valid_from} – {self.valid_to or '…'})"

    @property
    def said(self) -> str:
        return f"{gettext('Exempt')}, {self.get_basis_display()}"


class StayQuerySet(SpellQuerySet["Stay"]):
    pass


class Stay(models.Model):
    """Temporary activity: away from the own cell and, where `host` is known here, there.

    The member stays in the own cell's strength and is not counted in the host's.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="stays")
    host = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="stays")
    valid_from = models.DateField()
    valid_to = models.DateField()

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["member", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="stay_ends_after_it_begins", condition=Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.host or '…'}"

    @property
    def said(self) -> str:
        return f"{gettext('Temporary activity')}, {self.host.name if self.host else '…'}"


class WorkingSpellQuerySet(SpellQuerySet["WorkingSpell"]):
    pass


class WorkingSpell(models.Model):
    """A time in which the member worked (đảng viên đang công tác)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="working_spells")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = WorkingSpellQuerySet.as_manager()

    class Meta:
        ordering = ["member", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="working_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.valid_from} – {self.valid_to or '…'})"

    @property
    def said(self) -> str:
        return gettext("Working")


class PositionQuerySet(SpellQuerySet["Position"]):
    pass


class Position(models.Model):
    """A post held in a body: secretary, deputy, committee member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="positions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="positions")
    title = models.CharField(_("post"), max_length=20, choices=PositionTitle.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["body", "title", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "body",
                name="one_secretary_per_body",
                condition=Q(valid_to__isnull=True, title="secretary"),
            ),
            models.CheckConstraint(
                name="position_ends_after_it_begins", condition=ENDS_AFTER_IT_BEGINS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_title_display()}: {self.member}"
