from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.ids import new_public_id
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet
from nennep.meetings.models import AgendaItem, Meeting, Resolution, ResolutionItem
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.tasks.choices import Can, Judgement, TaskSource, TaskState
from nennep.tasks.rules.states import state_of


class TaskQuerySet(ScopedQuerySet["Task"]):
    """Tasks by who gave them. Those given to units are seen above the cell, the others are not."""

    to_view = Can.VIEW_TASKS

    def visible_to(self, person: Person) -> Self:
        return super().visible_to(person).filter(is_to_units=True)


class Task(models.Model):
    """What is to be done, and what it comes of. Who does it is in the assignments.

    `unit` is who gave it: a cell to its members, a committee to units. A task that stands in a resolution keeps the public id of its `line`.
    `carries_out` is the superior's task that this one passes on. `is_of_cell`: it carries out a
    resolution or conclusion of the cell itself, which is what TASK counts.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="given_tasks")
    is_to_units = models.BooleanField(default=False)
    source = models.CharField(_("comes of"), max_length=10, choices=TaskSource.choices)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    resolution = models.ForeignKey(
        Resolution, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    line = models.OneToOneField(
        ResolutionItem, models.SET_NULL, null=True, blank=True, related_name="task"
    )
    programme_id = models.UUIDField(
        null=True, blank=True, help_text=_("filled in by the programme it belongs to")
    )
    carries_out = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_out_by"
    )
    year = models.PositiveSmallIntegerField(_("task of the year"), null=True, blank=True)
    what = models.CharField(_("what"), max_length=500)
    answers = models.JSONField(default=dict, help_text=_("answers to the clear questions, by code"))
    is_of_cell = models.BooleanField(default=False)
    given_on = models.DateField(_("given on"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-id"]
        verbose_name = _("task")
        constraints = [
            models.UniqueConstraint(
                "unit",
                "year",
                name="one_sheet_of_tasks_a_year",
                condition=Q(year__isnull=False, is_to_units=False),
            ),
            models.CheckConstraint(
                name="only_a_cells_own_task_carries_out_its_decision",
                condition=Q(is_of_cell=False) | Q(is_to_units=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    """What was given to a cell's members: names, so the cell's own."""

    to_view = Can.VIEW_MEMBER_TASKS

    def of_members(self) -> Self:
        return self.filter(task__is_to_units=False)

    def visible_to(self, person: Person) -> Self:
        return super().visible_to(person).of_members()

    def open(self) -> Self:
        """Neither judged nor withdrawn."""
        return self.filter(judgement="", withdrawn_on__isnull=True)

    def undone(self) -> Self:
        return self.open().filter(done_on__isnull=True)

    def overdue(self, on: date) -> Self:
        """Not done, and the day has passed."""
        return self.undone().filter(due_on__lt=on)


class Assignment(models.Model):
    """One receiver of a task: a unit, a member, or in a cell somebody named in words.

    `unit` is the receiving unit, or the member's cell. `due_on` begins as the task's and moves when
    more time is given. The result of a line of a resolution equals the line's
    (`actions/lines.py` keeps it so).
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", db_index=False)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    who_text = models.CharField(_("who"), max_length=200, blank=True)
    part = models.CharField(_("own part"), max_length=500, blank=True)
    follower = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="followed", db_index=False
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=500, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    judgement = models.CharField(
        _("judgement"), max_length=8, choices=Judgement.choices, blank=True
    )
    judged_on = models.DateField(_("judged on"), null=True, blank=True)
    judged_in = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("assignment")
        indexes = [
            models.Index(fields=["unit", "due_on"], name="assignments_of_a_unit_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                "task", "member", name="a_member_has_a_task_once", condition=Q(member__isnull=False)
            ),
            models.UniqueConstraint(
                "task",
                "unit",
                name="a_unit_has_a_task_once",
                condition=Q(member__isnull=True, who_text=""),
            ),
            models.CheckConstraint(
                name="a_judged_task_has_its_day",
                condition=Q(judgement="", judged_on__isnull=True)
                | (~Q(judgement="") & Q(judged_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What this receiver does: the own part, else the task."""
        return self.part or self.task.what

    @property
    def receiver(self) -> str:
        if self.member is not None:
            return self.member.full_name
        return self.who_text or self.unit.name

    @property
    def state(self) -> TaskState:
        return state_of(
            is_accepted=self.accepted_at is not None,
            is_reported=self.reported_at is not None,
            is_judged=bool(self.judgement),
            is_withdrawn=self.withdrawn_on is not None,
        )

    @property
    def is_open(self) -> bool:
        return self.state not in {TaskState.JUDGED, TaskState.WITHDRAWN}

    @property
    def is_overdue(self) -> bool:
        is_undone = self.is_open and self.done_on is None
        return is_undone and self.due_on is not None and self.due_on < clock.today()


class UnitAssignmentQuerySet(AssignmentQuerySet):
    """What was given to units: seen by the unit, and by who is above it."""

    to_view = Can.VIEW_TASKS

    def visible_to(self, person: Person) -> Self:
        return self.where_may(person, self.to_view).filter(task__is_to_units=True)


class UnitAssignment(Assignment):
    """The same row where a unit received the task: no name in it, so above the cell it is seen."""

    objects = UnitAssignmentQuerySet.as_manager()  # type: ignore[misc]  # narrower on purpose

    class Meta:
        proxy = True


class Uptake(models.Model):
    """A cell took up a superior's task: on an agenda (`item`), or in its paper (`line`).

    It counts as discussed once the minutes of that meeting are closed.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="uptakes")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", db_index=False)
    item = models.OneToOneField(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="uptake"
    )
    line = models.OneToOneField(
        ResolutionItem, models.CASCADE, null=True, blank=True, related_name="uptake"
    )

    class Meta:
        ordering = ["assignment", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_uptake_is_an_item_or_a_line",
                condition=Q(item__isnull=False, line__isnull=True)
                | Q(item__isnull=True, line__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} @ {self.meeting}"


class TaskBook(models.Model):
    """Since when a cell keeps its tasks here. Before that day nothing is known of them."""

    cell = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="task_book")
    since = models.DateField()

    def __str__(self) -> str:
        return f"{self.cell} {self.since}"
