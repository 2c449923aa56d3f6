from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit
from nennep.quality.choices import Can, FormKind


class OfficeFormQuerySet(ScopedQuerySet["OfficeForm"]):
    to_view = Can.DECIDE_CLASSES

    def for_unit(self, unit: Unit) -> models.QuerySet[OfficeForm]:
        """What tables of this unit are filled into: its own forms and those of the units above."""
        above = [unit.pk, *Unit.objects.above(unit).values_list("pk", flat=True)]
        return self.filter(unit__in=above, put_aside_at=None, confirmed_at__isnull=False)


class OfficeForm(models.Model):
    """An office's own form of a class table, kept byte for byte under the SHA-256 of its content.

    `head_row` is the last row of its headings, `columns` what each of its columns is filled with,
    by the column's number from 0. Nothing is filled in before a person has confirmed them.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="office_forms")
    kind = models.CharField(_("for"), max_length=8, choices=FormKind.choices)
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=60)
    head_row = models.PositiveIntegerField()
    columns = models.JSONField(default=dict)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    put_aside_at = models.DateTimeField(null=True)

    objects = OfficeFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("office's own form")
        ordering = ["kind", "-kept_at", "id"]

    def __str__(self) -> str:
        return self.name
