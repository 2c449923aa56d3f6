from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.accounts.choices import Can
from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.members.choices import PositionTitle
from nennep.members.models.spells import Position
from nennep.organisation.models import Unit


class HandoverQuerySet(ScopedQuerySet["Handover"]):
    to_view = Can.LOOK_AFTER_ACCOUNTS


class Handover(models.Model):
    """A post in a cell that passes, or passed, from one holder to the next on a day.

    One that was taken back has no successor. `done` holds what was changed for it, so that one whose day has not come can be taken back:
    posts that end and begin, roles that are cut and given.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="handovers")
    title = models.CharField(_("post"), max_length=20, choices=PositionTitle.choices)
    former = models.ForeignKey(Position, models.CASCADE, related_name="+")
    successor = models.ForeignKey(Position, models.SET_NULL, null=True, related_name="+")
    on = models.DateField(_("from"))
    done = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="handovers")
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.title} @ {self.unit} ({self.on})"
