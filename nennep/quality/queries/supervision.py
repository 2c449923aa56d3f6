"""The position of supervision under a unit: who is followed, visited, asked and has answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import below
from nennep.core.person import Person
from nennep.core.scoping import ScopedQuerySet, may
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Hint, Panel
from nennep.organisation.models import Unit
from nennep.quality.choices import Can
from nennep.quality.models import (
    Audience,
    Inspection,
    InspectionQuerySet,
    ModelMeeting,
    Recommendation,
    RecommendationQuerySet,
    Visit,
)
from nennep.quality.models.audiences import ModelMeetingQuerySet
from nennep.quality.queries.following import without_follower


class SupervisedUnits(ScopedQuerySet[Unit]):
    """Units whose supervision a person may see."""

    to_view = Can.VIEW_SUPERVISION
    path_lookup = "path"


@dataclass(frozen=True)
class Position:
    """Counts for the head of the page; `year` is the calendar year of today."""

    year: int
    cells: int
    unfollowed: int
    visited: int
    visits: int
    open: int
    overdue: int

    @property
    def followed_pair(self) -> tuple[int, int]:
        return self.cells - self.unfollowed, self.cells

    @property
    def visited_pair(self) -> tuple[int, int]:
        return self.visited, self.cells


def position_of(unit: Unit) -> Position:
    """Four queries, whatever stands below."""
    today = clock.today()
    first = date(today.year, 1, 1)
    made = Visit.objects.made().within(unit).filter(month__gte=first, unit__ended_on__isnull=True)
    visits = made.order_by().aggregate(cells=Count("unit", distinct=True), all=Count("pk"))
    asked = Recommendation.objects.open().within(unit).order_by()
    counts = asked.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return Position(
        today.year,
        Unit.objects.within(unit).cells().living().count(),
        without_follower(unit, today).count(),
        visits["cells"],
        visits["all"],
        counts["open"],
        counts["late"],
    )


def recommendations_under(unit: Unit, person: Person) -> RecommendationQuerySet:
    rows = Recommendation.objects.visible_to(person).within(unit).live()
    return rows.select_related("unit__parent", "committee", "visit", "inspection").order_by(
        "due_on", "pk"
    )


def inspections_under(unit: Unit, person: Person) -> InspectionQuerySet:
    rows = Inspection.objects.visible_to(person).filter(below("unit__path", unit.path)).live()
    return rows.select_related("unit__parent", "committee").order_by("planned_from", "pk")


def models_under(unit: Unit, person: Person) -> ModelMeetingQuerySet:
    """Model meetings, the latest first, each with how many organisations and people came."""
    rows: ModelMeetingQuerySet = ModelMeeting.objects.visible_to(person).within(unit)
    counted = rows.annotate(
        organisations=Count("lesson__audience"), people=Sum("lesson__audience__people")
    )
    return counted.select_related("unit", "lesson").order_by("-period", "-pk")


def audience_of(meeting: Meeting) -> list[Audience]:
    return list(Audience.objects.filter(lesson=meeting.pk).select_related("watching"))


# On the pages of the cell and its meetings


def before_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 1: who of the superior comes, and what is still to be answered."""
    cell = meeting.unit
    if not may(person, Can.VIEW_SUPERVISION, cell):
        return None
    asked = list(Recommendation.objects.open().filter(unit=cell).select_related("committee"))
    plans = Visit.objects.planned().filter(unit=cell, month=meeting.period)
    coming = list(plans.select_related("committee", "visitor"))
    if not asked and not coming:
        return None
    shown = {
        "asked": asked,
        "coming": coming,
        "may_answer": may(person, Can.ANSWER_RECOMMENDATIONS, cell),
    }
    return Panel(
        "supervision",
        _("From the superior"),
        "quality/_before.html",
        shown,
        icon="shield",
        url=reverse("quality:supervision", args=[cell.code]),
        button=_("Open the recommendations"),
    )


def after_meeting(meeting: Meeting, person: Person) -> Panel | None:
    """Step 5: of a model meeting, who came to watch and what was learnt."""
    if not meeting.is_model or not may(person, Can.VIEW_SUPERVISION, meeting.unit):
        return None
    audience = audience_of(meeting)
    shown = {"audience": audience, "people": sum(each.people for each in audience)}
    return Panel(
        "model",
        _("Model meeting"),
        "quality/_audience.html",
        shown,
        icon="people",
        url=reverse("quality:model", args=[meeting.public_id]),
        button=_("Write who came to watch"),
    )


def alerts(cell: Unit, person: Person) -> Iterator[Hint]:
    """On the first page of the cell: recommendations to be answered."""
    if not may(person, Can.ANSWER_RECOMMENDATIONS, cell):
        return
    today = clock.today()
    rows = Recommendation.objects.open().filter(unit=cell).order_by("due_on", "pk")
    asked: list[tuple[UUID, date]] = list(rows.values_list("public_id", "due_on"))
    if not asked:
        return
    url = reverse("quality:supervision", args=[cell.code])
    if late := sum(1 for _id, day in asked if day < today):
        yield Hint(
            _("%(count)s recommendations of the superior wait for an answer past their day.")
            % {"count": late},
            url,
        )
    if rest := sum(1 for _id, day in asked if day >= today):
        yield Hint(
            _("%(count)s recommendations of the superior wait for an answer.") % {"count": rest},
            url,
        )
