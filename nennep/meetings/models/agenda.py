from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.choices import Can, ItemOrigin
from nennep.meetings.models.meeting import Meeting
from nennep.meetings.rules.checklist import OWN
from nennep.members.models import Member
from nennep.organisation.models import Unit


class AgendaItemQuerySet(ScopedQuerySet["AgendaItem"]):
    to_view = Can.VIEW_MEETINGS
    path_lookup = "meeting__unit__path"
    record_lookup = "meeting__public_id"


class AgendaItem(models.Model):
    """Something the meeting deals with, and what was said and concluded on it.

    The steps of the rules are not stored as items one by one: they come from the rules of the
    day, and `Meeting.skipped_steps` says which were left out. An item belongs to a `step`. An
    item “written in the paper book” keeps a neutral title and its vote, no text.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=10, choices=ItemOrigin.choices, default=ItemOrigin.OWN)
    title = models.CharField(_("title"), max_length=300)
    is_on_paper_only = models.BooleanField(_("written in the paper book"), default=False)
    discussion = models.TextField(_("what was said"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    carried_from = models.ForeignKey(
        "ResolutionItem", models.SET_NULL, null=True, blank=True, related_name="carried_into"
    )
    topic = models.ForeignKey(
        "CompulsoryTopic", models.SET_NULL, null=True, blank=True, related_name="items"
    )
    version = models.PositiveIntegerField(default=0)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_item_on_paper_keeps_no_text",
                condition=Q(is_on_paper_only=False) | Q(discussion="", conclusion=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """What a text of the minutes said before somebody changed it."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="revisions")
    discussion = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "-version"]
        constraints = [
            models.UniqueConstraint("item", "version", name="one_revision_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.item} v{self.version}"


class TextRevision(models.Model):
    """What the opening or the closing of the minutes said before somebody changed it; "" at first.

    `version` is the meeting's before the change: whoever saw this version or an earlier one has not
    seen what was written then.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="text_revisions")
    column = models.CharField(max_length=16)
    text = models.TextField()
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "-version"]
        constraints = [
            models.UniqueConstraint(
                "meeting", "column", "version", name="one_text_revision_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.column} v{self.version}"


class ChecklistItem(models.Model):
    """Something to be ready before the meeting, with who sees to it and until when."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint("meeting", "code", name="checklist_entry_once_per_meeting"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own(self) -> bool:
        """The cell added it; the guidance does not list it."""
        return self.code.startswith(OWN)


class CompulsoryTopicQuerySet(ScopedQuerySet["CompulsoryTopic"]):
    to_view = Can.VIEW_LEDGER


class CompulsoryTopic(models.Model):
    """A topic that a superior puts on the agenda of every cell below, for a span of months."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="topics")
    title = models.CharField(_("topic"), max_length=300)
    first_month = models.DateField(_("from month"))
    last_month = models.DateField(_("to month"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CompulsoryTopicQuerySet.as_manager()

    class Meta:
        ordering = ["-first_month", "id"]

    def __str__(self) -> str:
        return self.title
