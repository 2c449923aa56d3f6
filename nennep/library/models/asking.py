from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core.ids import new_public_id
from nennep.library.choices import WordKind


class SearchWord(models.Model):
    """What people say, and what the texts say: an abbreviation both ways, a synonym one way.

    A row is never changed: it is ended, and another takes its place. A row that `is_off` takes out
    what is shipped under the same words (presets/question.toml). `share` is what the other words
    count, in thousandths of the ones that were typed.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=WordKind.choices)
    said = models.CharField(_("what people type"), max_length=80)
    written = models.CharField(_("what the texts say"), max_length=120)
    folded = models.CharField(max_length=200, editable=False)
    share = models.PositiveSmallIntegerField(default=500)
    is_off = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["said", "id"]
        verbose_name = _("word of the search")
        constraints = [
            models.UniqueConstraint(
                "kind", "folded", name="a_word_holds_once", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} → {self.written}"


class LostQuestion(models.Model):
    """What was asked on a day and not answered: the words alone, never who asked."""

    text = models.CharField(max_length=120)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "text"]
        constraints = [
            models.UniqueConstraint("text", "day", name="a_lost_question_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.text
