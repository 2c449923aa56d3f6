from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from nennep.accounts.choices import Can, Role
from nennep.accounts.models.user import User
from nennep.core.ids import new_public_id
from nennep.core.models import Job
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit


class AccountBatchQuerySet(ScopedQuerySet["AccountBatch"]):
    to_view = Can.LOOK_AFTER_ACCOUNTS


class AccountBatch(models.Model):
    """Accounts made for many at once, and the slips with their first passwords.

    The slips are closed in a box whose key is kept by the browser that asked for them and nowhere
    here; once taken, or after a day, the box is thrown away. `made` says whose accounts they were:
    the ids of users and what each got (an account, a role, a new slip).
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="account_batches")
    role = models.CharField(max_length=24, choices=Role.choices)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="account_batches")
    asked_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    public_key = models.CharField(max_length=64)
    box = models.BinaryField(null=True)
    made = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    taken_at = models.DateTimeField(null=True)

    objects = AccountBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.role} @ {self.unit}"
