"""Supervision: who follows a cell, visits to its meetings, inspections, and what was recommended.

All of it is about organisations, written by their superior. No judgement on a person is kept here.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.ids import new_public_id
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.models import Meeting
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.quality.choices import Can, InspectionKind
from nennep.quality.rules.supervision import RecommendationState, VisitState, state_of_visit
from nennep.quality.rules.supervision import state_of_recommendation as _state


class FollowingQuerySet(ScopedQuerySet["Following"]):
    to_view = Can.VIEW_SUPERVISION

    def on(self, day: date) -> Self:
        return self.filter(holding_on(day))

    def own(self, person: Person) -> Self:
        """What the member who signs in as this person follows."""
        return self.filter(member__user_id=person.pk) if person.pk else self.none()


class Following(models.Model):
    """A member of a superior committee follows this cell, from a day to a day.

    `unit` is the cell, `committee` the unit whose committee the member sits in. One at a time for
    each of the committees above the cell; whoever follows next ends the one before.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="followings", db_index=False)
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="followings")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "-valid_from"]
        verbose_name = _("follower of a cell")
        constraints = [
            models.UniqueConstraint(
                "unit",
                "committee",
                name="one_present_follower_per_committee",
                condition=Q(valid_to__isnull=True),
            ),
            models.UniqueConstraint(
                "unit", "committee", "valid_from", name="one_follower_begins_on_a_day"
            ),
            models.CheckConstraint(
                name="following_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.unit}"


class VisitQuerySet(ScopedQuerySet["Visit"]):
    to_view = Can.VIEW_SUPERVISION

    def live(self) -> Self:
        return self.filter(cancelled_on__isnull=True)

    def made(self) -> Self:
        """The only visits that count."""
        return self.filter(made_on__isnull=False)

    def planned(self) -> Self:
        """Planned and neither made nor cancelled."""
        return self.live().filter(made_on__isnull=True)


class Visit(models.Model):
    """A superior committee attends a meeting of the cell: planned for a month, made on a day.

    The state is read from the days. `meeting` is the one that was attended, where it was held here;
    its guests made the visit. `visitors` names those who came, in words, as the minutes do; `visitor`
    is the committee's member it was planned for. `missed_steps` are codes of the steps in force.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", db_index=False)
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    visitor = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    made_on = models.DateField(_("made on"), null=True, blank=True)
    visitors = models.CharField(_("who came"), max_length=500, blank=True)
    strengths = models.TextField(_("what was good"), blank=True)
    weaknesses = models.TextField(_("what was lacking"), blank=True)
    missed_steps = models.JSONField(_("steps left out"), default=list)
    seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-id"]
        verbose_name = _("visit to a cell")
        indexes = [models.Index(fields=["unit", "month"], name="visits_to_a_cell_by_month")]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                "committee",
                name="one_visit_per_committee_and_meeting",
                condition=Q(meeting__isnull=False),
            ),
            models.UniqueConstraint(
                "unit",
                "committee",
                "month",
                name="one_open_plan_of_a_visit_a_month",
                condition=Q(made_on__isnull=True, cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_visit_that_was_made_was_not_cancelled",
                condition=Q(made_on__isnull=True) | Q(cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="visit_month_is_the_first_of_a_month", condition=Q(month__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} → {self.unit} {self.month:%Y-%m}"

    @property
    def state(self) -> VisitState:
        return state_of_visit(
            self.month,
            is_made=self.made_on is not None,
            is_cancelled=self.cancelled_on is not None,
            today=clock.today(),
        )

    @property
    def who(self) -> str:
        """Those who came; of a planned visit, who is to go."""
        return self.visitors or (self.visitor.full_name if self.visitor else "")

    @property
    def is_described(self) -> bool:
        return self.seen_at is not None


class InspectionQuerySet(ScopedQuerySet["Inspection"]):
    to_view = Can.VIEW_SUPERVISION

    def live(self) -> Self:
        return self.filter(cancelled_on__isnull=True)


class Inspection(models.Model):
    """A committee inspects or supervises an organisation under it (kiểm tra, giám sát).

    Planned by year; made from one day to another; concluded by a document with a symbol. What was
    found is about the organisation: names of its members are refused.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections")
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=InspectionKind.choices)
    year = models.PositiveSmallIntegerField(_("plan of the year"))
    subject = models.CharField(_("subject"), max_length=300)
    team = models.CharField(_("team"), max_length=300, blank=True)
    planned_from = models.DateField(_("planned from"))
    planned_to = models.DateField(_("planned until"))
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    findings = models.TextField(_("findings"), blank=True)
    conclusion_symbol = models.CharField(
        _("number and symbol of the conclusion"), max_length=60, blank=True
    )
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    follow_up = models.TextField(_("what came of it"), blank=True)
    followed_up_on = models.DateField(_("put right by"), null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "planned_from", "id"]
        verbose_name = _("inspection")
        constraints = [
            models.CheckConstraint(
                name="an_inspection_is_planned_to_end_after_it_begins",
                condition=Q(planned_to__gte=F("planned_from")),
            ),
            models.CheckConstraint(
                name="an_inspection_ends_after_it_begins",
                condition=Q(ended_on__isnull=True)
                | Q(began_on__isnull=False, ended_on__gte=F("began_on")),
            ),
            models.CheckConstraint(
                name="an_inspection_is_concluded_once_it_was_made",
                condition=Q(concluded_on__isnull=True)
                | Q(ended_on__isnull=False, concluded_on__gte=F("ended_on")),
            ),
            models.CheckConstraint(
                name="an_inspection_that_was_made_was_not_cancelled",
                condition=Q(ended_on__isnull=True) | Q(cancelled_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class RecommendationQuerySet(ScopedQuerySet["Recommendation"]):
    to_view = Can.VIEW_SUPERVISION

    def live(self) -> Self:
        return self.filter(withdrawn_on__isnull=True)

    def open(self) -> Self:
        return self.live().filter(answered_on__isnull=True)

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)


class Recommendation(models.Model):
    """What a superior asks of an organisation after a visit or an inspection, and the answer.

    The day of the first answer counts, though its words may be put right later. `settled_on`: the
    superior has seen that it was carried out.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="recommendations", db_index=False)
    committee = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    what = models.CharField(_("recommendation"), max_length=500)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    settled_on = models.DateField(_("carried out by"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("recommendation")
        indexes = [models.Index(fields=["unit", "due_on"], name="recommendations_by_day")]
        constraints = [
            models.CheckConstraint(
                name="a_recommendation_comes_of_a_visit_or_an_inspection",
                condition=Q(visit__isnull=False, inspection__isnull=True)
                | Q(visit__isnull=True, inspection__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answer_has_its_day",
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_recommendation_is_due_after_it_was_given",
                condition=Q(due_on__gte=F("given_on")),
            ),
            models.CheckConstraint(
                name="only_an_answered_recommendation_is_settled",
                condition=Q(settled_on__isnull=True) | Q(answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def state(self) -> RecommendationState:
        return _state(
            self.due_on,
            self.answered_on,
            is_settled=self.settled_on is not None,
            is_withdrawn=self.withdrawn_on is not None,
            today=clock.today(),
        )
