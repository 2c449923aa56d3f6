"""Surveys among cell secretaries: who may still answer, and what all answers add up to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.scoping import ScopedQuerySet
from nennep.dialogue.choices import Can
from nennep.dialogue.rules.surveys import Question, Tally
from nennep.organisation.models import Unit


class SurveyQuerySet(ScopedQuerySet["Survey"]):
    to_view = Can.VIEW_SURVEYS


class Survey(models.Model):
    """A few questions to the secretaries of the cells below, answered by nobody in particular.

    What was answered is one row of sums: `sheets`, `chosen` (by question, how often each option)
    and `words` (by question, in alphabetical order). There is no row for an answer, so there is no
    moment, order or id of one. Every answer writes the whole row anew.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="surveys")
    title = models.CharField(_("title"), max_length=300)
    questions = models.JSONField()
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("last day"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited = models.PositiveIntegerField()
    sheets = models.PositiveIntegerField(default=0)
    chosen = models.JSONField()
    words = models.JSONField()

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-id"]
        verbose_name = _("survey")
        constraints = [
            models.CheckConstraint(
                name="a_survey_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="no_more_sheets_than_were_invited", condition=Q(sheets__lte=F("invited"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> list[Question]:
        return [Question.from_json(kept) for kept in self.questions]

    @property
    def tally(self) -> Tally:
        return Tally(
            self.sheets,
            tuple(tuple(counts) for counts in self.chosen),
            tuple(tuple(words) for words in self.words),
        )

    @property
    def is_open(self) -> bool:
        return self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        return self.closes_on < clock.today()


class SurveyInvitation(models.Model):
    """Somebody who has not answered yet. Answering takes the row away, and nothing takes its place."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["survey", "id"]
        constraints = [
            models.UniqueConstraint("survey", "user", name="one_invitation_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"
