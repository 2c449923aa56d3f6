from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nennep.core.ids import new_public_id
from nennep.library.choices import RevisionState
from nennep.library.rules.handbook import Cited, EntryText, entry_text
from nennep.regulations.choices import Force, Mark
from nennep.regulations.models import Basis


class Branch(models.Model):
    """A part of the tree of situations. A branch with branches below it holds no entries itself."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class EntryQuerySet(models.QuerySet["Entry"]):
    def published(self) -> Self:
        """What everybody who has signed in may read."""
        return self.filter(current__isnull=False)


class Entry(models.Model):
    """A question of the handbook. What it says is in its revisions; `current` is the one that is read.

    `code` is stable: other entries, steps of a meeting and presets name it. An entry that was taken
    out has no `current`, and keeps everything it ever said. `shipped_digest` is that of the last
    text that came with the program and was looked at.
    """

    code = models.SlugField(max_length=60, unique=True)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField(default=0)
    current = models.OneToOneField(
        "Revision", models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    shipped_digest = models.CharField(max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["branch__position", "position", "id"]
        verbose_name = _("handbook entry")

    def __str__(self) -> str:
        return self.code


class Revision(models.Model):
    """What an entry says, or said, or may say one day. What was published does not change any more.

    `content` is an `EntryText` as a table, without its bases, which are rows (`Citation`).
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=RevisionState)
    question = models.CharField(_("question"), max_length=300)
    content = models.JSONField()
    is_shipped = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry_id", "-number"]
        constraints = [
            models.UniqueConstraint("entry", "number", name="revisions_of_an_entry_are_numbered"),
            models.UniqueConstraint(
                "entry",
                name="one_open_revision_per_entry",
                condition=Q(state__in=("draft", "review")),
            ),
            models.CheckConstraint(
                name="a_checked_entry_names_who_checked_it",
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in {RevisionState.DRAFT, RevisionState.REVIEW}

    @property
    def text(self) -> EntryText:
        """What it says; reads the bases, so fetch them with it."""
        cited = [
            Cited(citation.basis.code, citation.mark, citation.clause)
            for citation in self.citations.all()
        ]
        table = {**self.content, "bases": [vars_of(each) for each in cited]}
        return entry_text(table)


def vars_of(cited: Cited) -> dict[str, str]:
    return {"basis": cited.basis, "mark": cited.mark, "clause": cited.clause}


class Citation(models.Model):
    """A document that a revision rests on: by its badge the reader sees whether it still holds."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="citations")
    basis = models.ForeignKey(Basis, models.PROTECT, related_name="+")
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    mark = models.CharField(_("certainty"), max_length=1, choices=Mark)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("revision", "basis", name="a_revision_names_a_basis_once"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.clause}".strip()

    def force(self, day: date) -> Force:
        return self.basis.force_on(day)


class EntryPlace(models.Model):
    """Where in a meeting an entry is offered: a page (`page.open`) or a step (`reg.roll_call`)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="places")
    place = models.CharField(max_length=60, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("entry", "place", name="an_entry_stands_once_at_a_place"),
        ]

    def __str__(self) -> str:
        return self.place


class BranchEditor(models.Model):
    """Narrows who may edit: somebody with rows here edits these branches only, others all."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="editors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["branch_id", "id"]
        constraints = [
            models.UniqueConstraint("branch", "user", name="an_editor_is_named_once_per_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.branch_id}"
