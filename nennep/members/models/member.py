from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.members.choices import Can, Sex
from nennep.organisation.models import Unit


class MemberQuerySet(ScopedQuerySet["Member"]):
    to_view = Can.VIEW_MEMBERS


class Member(models.Model):
    """A person on the roll. These fields, and the dated rows beside them, are all that is kept.

    `unit` is the cell of the latest standing, or the host cell of a guest from outside; the dated
    truth is in `Standing`, and `members.actions` keeps the two equal.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="members")
    full_name = models.CharField(_("full name"), max_length=100)
    sort_key = models.CharField(max_length=300, editable=False)
    folded_name = models.CharField(max_length=100, editable=False)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices)
    birth_year = models.PositiveSmallIntegerField(_("birth year"))
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    admitted_on = models.DateField(_("date of admission"), null=True, blank=True)
    recognised_on = models.DateField(_("date of recognition"), null=True, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=20, blank=True)
    # Both empty where no card number is kept. The mark finds an equal number without opening any.
    sealed_card_number = models.CharField(max_length=200, blank=True, editable=False)
    card_mark = models.CharField(max_length=64, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="member"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        indexes = [
            models.Index(
                "merged_into",
                name="members_that_were_merged",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index("card_mark", name="members_by_card", condition=~Q(card_mark="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="birth_year_is_that_of_the_birth_date",
                condition=Q(birth_date__isnull=True) | Q(birth_date__year=models.F("birth_year")),
            ),
            models.CheckConstraint(
                name="sealed_card_number_has_its_mark",
                condition=Q(sealed_card_number="", card_mark="")
                | (~Q(sealed_card_number="") & ~Q(card_mark="")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
