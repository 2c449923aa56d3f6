from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.organisation.models import Unit
from nennep.training.choices import Can, SheetSource


class QuizQuerySet(ScopedQuerySet["Quiz"]):
    to_view = Can.VIEW_TRAINING


class Quiz(models.Model):
    """A few questions on a document, for the members of the cells below.

    `questions`: in their order, each with `text`, `options` and `right`, the place of the right one.
    They do not change once the quiz is made: counts are of these questions.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quizzes")
    title = models.CharField(_("title"), max_length=300)
    questions = models.JSONField()
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("last day"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = QuizQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-id"]
        verbose_name = _("quiz")
        constraints = [
            models.CheckConstraint(
                name="a_quiz_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.opens_on <= clock.today() <= self.closes_on


class QuizCount(models.Model):
    """How many sheets of a cell were handed in, and how often each question was answered right.

    Nothing else is kept of an answer: not who, not when, not what was chosen. `right` counts by the
    place of the question.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="counts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quiz_counts")
    source = models.CharField(max_length=5, choices=SheetSource.choices)
    sheets = models.PositiveIntegerField(_("sheets"), default=0)
    right = models.JSONField(default=list)

    class Meta:
        ordering = ["quiz", "unit", "source"]
        constraints = [
            models.UniqueConstraint(
                "quiz", "unit", "source", name="one_count_a_quiz_cell_and_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} @ {self.unit}: {self.sheets}"
