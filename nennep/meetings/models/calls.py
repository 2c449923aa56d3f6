from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can
from nennep.organisation.models import Unit


class CallNoteQuerySet(ScopedQuerySet["CallNote"]):
    to_view = Can.REMIND_CELLS


class CallNote(models.Model):
    """Somebody of a committee's office called a cell about a month, and what was said.

    It is the office's own note and never part of the ledger; the cell's reason for a meeting not
    held is an `Explanation`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="call_notes", db_index=False)
    period = models.DateField(_("month"))
    called_on = models.DateField(_("called on"))
    said = models.CharField(_("what was said"), max_length=300)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    noted_at = models.DateTimeField()

    objects = CallNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of a call")
        ordering = ["-called_on", "-id"]
        indexes = [models.Index(fields=["unit", "period"], name="call_note_by_cell_and_month")]

    def __str__(self) -> str:
        return self.said
