"""Planning an inspection, and writing what was found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.organisation.models import Unit, UnitQuerySet
from nennep.quality.actions.inspections import InspectionPlan, InspectionRecord
from nennep.quality.choices import InspectionKind
from nennep.quality.models import Inspection
from nennep.ui.form_fields import NamedRowField, day_field

LINES = forms.Textarea(attrs={"rows": 4})
PLANNED = ("kind", "subject", "team", "planned_from", "planned_to")
RECORDED = ("began_on", "ended_on", "findings", "conclusion_symbol", "concluded_on")


class InspectionPlanForm(forms.Form):
    """What the plan of the year says of one inspection."""

    unit = NamedRowField(
        label=_("Organisation"), help_text=_("Code or name of an organisation below.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=InspectionKind.choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(label=_("What is inspected"), max_length=300, required=False)
    team = forms.CharField(
        label=_("Team"),
        max_length=300,
        required=False,
        help_text=_("For example: the committee's inspection team 2."),
    )
    planned_from = day_field(_("Planned from"))
    planned_to = day_field(_("Planned until"))

    def __init__(
        self,
        data: Any = None,
        *,
        below: UnitQuerySet | None = None,
        inspection: Inspection | None = None,
    ) -> None:
        initial: dict[str, Any] = {"kind": InspectionKind.SUPERVISION}
        if inspection is not None:
            initial = {name: getattr(inspection, name) for name in PLANNED}
        super().__init__(data, initial=initial)
        if below is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].offer(below)  # type: ignore[attr-defined]  # a NamedRowField

    @property
    def plan(self) -> InspectionPlan:
        return InspectionPlan(**{name: self.cleaned_data[name] for name in PLANNED})

    @property
    def organisation(self) -> Unit:
        chosen: Unit = self.cleaned_data["unit"]
        return chosen


class InspectionRecordForm(forms.Form):
    """What happened, as far as it has come."""

    began_on = day_field(_("Began on"))
    ended_on = day_field(_("Ended on"), required=False)
    findings = forms.CharField(
        label=_("Findings"),
        required=False,
        widget=LINES,
        help_text=_("About the organisation. Nothing on persons is kept here."),
    )
    conclusion_symbol = forms.CharField(
        label=_("Number and symbol of the conclusion"), max_length=60, required=False
    )
    concluded_on = day_field(_("Concluded on"), required=False)

    def __init__(self, data: Any = None, *, inspection: Inspection) -> None:
        super().__init__(data, initial={name: getattr(inspection, name) for name in RECORDED})

    @property
    def record(self) -> InspectionRecord:
        return InspectionRecord(**{name: self.cleaned_data[name] for name in RECORDED})


class FollowUpForm(forms.Form):
    text = forms.CharField(label=_("What came of it"), required=False, widget=LINES)
    done_on = day_field(_("Everything put right by"), required=False)

    def __init__(self, data: Any = None, *, inspection: Inspection) -> None:
        super().__init__(
            data, initial={"text": inspection.follow_up, "done_on": inspection.followed_up_on}
        )
