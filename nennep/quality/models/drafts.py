from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit
from nennep.quality.choices import SheetKind
from nennep.regulations.choices import Can


class SheetDraftQuerySet(ScopedQuerySet["SheetDraft"]):
    to_view = Can.MANAGE_RULES


class SheetDraft(models.Model):
    """A score sheet in the making. It judges nothing until it is entered as a rule.

    `content` is what `quality.rules.sheets` reads, with the holes it still has.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheet_drafts")
    kind = models.CharField(_("for"), max_length=8, choices=SheetKind.choices)
    content = models.JSONField(default=dict)
    begun_from = models.CharField(max_length=200, blank=True)
    basis_code = models.CharField(max_length=60, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = SheetDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a score sheet")
        ordering = ["-changed_at", "id"]

    def __str__(self) -> str:
        return str(self.content.get("title", ""))

    @property
    def title(self) -> str:
        return str(self.content.get("title", ""))
