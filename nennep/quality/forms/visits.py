"""Planning a visit, recording it by hand, and what was seen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.periods import parse_month
from nennep.meetings.rules import Step
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.quality.actions.visits import PlannedVisit, Seen
from nennep.quality.models import Visit
from nennep.quality.queries.following import CommitteeMember
from nennep.quality.queries.visits import VisitPlan
from nennep.ui.form_fields import MonthField, day_field

SEEN = ("strengths", "weaknesses", "missed_steps")
WORDS = {"strengths", "weaknesses", "visitors"}  # a unit of figures only has none of these
SHORT = forms.Textarea(attrs={"rows": 3})


class SeenForm(forms.Form):
    """What was seen at a meeting, in a few words and a few ticks."""

    strengths = forms.CharField(label=_("What was good"), required=False, widget=SHORT)
    weaknesses = forms.CharField(
        label=_("What was lacking"),
        required=False,
        widget=SHORT,
        help_text=_("About the meeting and the cell, not about persons. The cell reads it."),
    )
    missed_steps = forms.MultipleChoiceField(
        label=_("Steps that were left out"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, cell: Unit, steps: Sequence[Step], visit: Visit | None = None
    ) -> None:
        seen = {name: getattr(visit, name) for name in SEEN} if visit else {}
        super().__init__(data, initial=seen)
        choices = [(step.code, step.title) for step in steps if step.is_compulsory]
        self.fields["missed_steps"].choices = choices  # type: ignore[attr-defined]  # a choice of steps
        if not choices:
            del self.fields["missed_steps"]
        if cell.is_figures_only:
            for name in self.fields.keys() & WORDS:
                del self.fields[name]

    @property
    def seen(self) -> Seen:
        return Seen(**{name: self.cleaned_data[name] for name in SEEN if name in self.fields})


class MadeForm(SeenForm):
    """A visit that no minutes tell of, written down by hand."""

    made_on = day_field(_("Day of the meeting"))
    visitors = forms.CharField(label=_("Who came"), max_length=500, help_text=_("Name and post."))
    field_order = ("made_on", "visitors")

    def __init__(
        self,
        data: Any = None,
        *,
        cell: Unit,
        steps: Sequence[Step],
        met_on: date | None = None,
        who: str = "",
    ) -> None:
        super().__init__(data, cell=cell, steps=steps)
        self.initial = {"made_on": met_on or clock.today(), "visitors": who}


class PlanForm(forms.Form):
    """Ticks in the table of a quarter: `cell:month` for each visit that is planned."""

    on = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any = None, *, plan: VisitPlan) -> None:
        super().__init__(data)
        self.plan = plan
        self.open = {
            f"{row.cell.pk}:{each.month:%Y-%m}": (row, each)
            for row in plan.rows
            for each in row.months
            if each.may_be_planned
        }
        self.fields["on"].choices = [(key, key) for key in self.open]  # type: ignore[attr-defined]  # a choice of keys

    @property
    def added(self) -> list[PlannedVisit]:
        """Ticked and not planned yet: by who follows the cell."""
        found = []
        for key in self.cleaned_data["on"]:
            row, each = self.open[key]
            if each.visit is None:
                visitor = row.follower.member if row.follower else None
                found.append(PlannedVisit(row.cell, parse_month(key.partition(":")[2]), visitor))
        return found

    @property
    def dropped(self) -> list[Visit]:
        """Planned, and not ticked any more."""
        ticked = set(self.cleaned_data["on"])
        return [
            each.visit
            for key, (_row, each) in self.open.items()
            if each.visit is not None and key not in ticked
        ]


class MoveForm(forms.Form):
    """Another month, or somebody else who goes."""

    month = MonthField(label=_("Month"))
    visitor = forms.ChoiceField(label=_("Who goes"), required=False)

    def __init__(
        self, data: Any = None, *, visit: Visit, members: Sequence[CommitteeMember]
    ) -> None:
        super().__init__(
            data, initial={"month": visit.month, "visitor": str(visit.visitor_id or "")}
        )
        self.people = {str(each.member.pk): each.member for each in members}
        if visit.visitor is not None:
            self.people.setdefault(str(visit.visitor.pk), visit.visitor)
        names = [(pk, member.full_name) for pk, member in self.people.items()]
        self.fields["visitor"].choices = [("", "–"), *names]  # type: ignore[attr-defined]  # a choice of names

    @property
    def visitor_named(self) -> Member | None:
        return self.people.get(self.cleaned_data["visitor"])


class OwnPlanForm(forms.Form):
    """From the follower's own page: “I shall come” in this month."""

    cell = forms.IntegerField()
    month = MonthField()


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
