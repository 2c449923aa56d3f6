"""When and where a meeting will be, and for which month."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.meetings.choices import LedgerKind, MeetingKind
from nennep.meetings.forms.fields import local_day, local_time, moment
from nennep.meetings.models import Meeting
from nennep.ui.form_fields import MonthField, day_field, time_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


SHORTEST, LONGEST = 15, 720  # minutes that a plan can mean


def length_field(help_text: StrOrPromise = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Planned length, in minutes"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
    )


class WhenForm(forms.Form):
    """Day, time and place of a meeting that is planned already."""

    asks_length: ClassVar[frozenset[str]] = frozenset({MeetingKind.COMBINED})

    day = day_field(_("Day"))
    time = time_field(_("Time"))
    planned_minutes = length_field()
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    topic = forms.CharField(label=_("Theme"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial=self.standing(meeting))
        if meeting.kind not in self.asks_length:
            del self.fields["planned_minutes"]
        if meeting.kind not in {MeetingKind.THEMATIC, MeetingKind.COMBINED}:
            del self.fields["topic"]

    @classmethod
    def standing(cls, meeting: Meeting) -> dict[str, Any]:
        return {
            "day": local_day(meeting.planned_at),
            "time": local_time(meeting.planned_at),
            "planned_minutes": meeting.planned_minutes,
            "place": meeting.place,
            "topic": meeting.topic,
        }

    @property
    def given(self) -> dict[str, Any]:
        """What `move_meeting` is told."""
        values = {k: v for k, v in self.cleaned_data.items() if k not in {"day", "time", "kind"}}
        return values | {"planned_at": self.planned_at}

    @property
    def planned_at(self) -> datetime | None:
        return moment(self.cleaned_data.get("day"), self.cleaned_data.get("time"))


class PlanForm(forms.Form):
    """A new meeting on the plan."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    period = MonthField(label=_("For the month"))
    day = day_field(_("Day"))
    time = time_field(_("Time"))
    planned_minutes = length_field(_("Left empty: as long as the rules ask at least."))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    topic = forms.CharField(
        label=_("Theme"),
        max_length=300,
        required=False,
        help_text=_("For a thematic meeting: what it is about."),
    )
    is_model = forms.BooleanField(
        label=_("Model meeting: others come to see how it is done"), required=False
    )
    is_online = forms.BooleanField(label=_("Held online"), required=False)
    online_permission = forms.CharField(
        label=_("Number of the document that permits it"), max_length=100, required=False
    )

    @property
    def planned_at(self) -> datetime | None:
        return moment(self.cleaned_data.get("day"), self.cleaned_data.get("time"))


class MoveForm(WhenForm):
    """Another kind, day, place or month."""

    asks_length = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    period = MonthField(label=_("For the month"))
    is_model = forms.BooleanField(
        label=_("Model meeting: others come to see how it is done"), required=False
    )
    field_order = ("kind", "period", "day", "time", "planned_minutes", "place", "topic", "is_model")

    @classmethod
    def standing(cls, meeting: Meeting) -> dict[str, Any]:
        return super().standing(meeting) | {
            "kind": meeting.kind,
            "period": meeting.period,
            "is_model": meeting.is_model,
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why it is called off"), max_length=300)


class ExplainForm(forms.Form):
    """Why a cell did not hold an expected meeting."""

    kind = forms.ChoiceField(label=_("Which meeting"), choices=LedgerKind.choices)
    period = MonthField(label=_("Of the month"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """The superior's answer to a reason."""

    is_accepted = forms.ChoiceField(choices=[("1", _("Accept")), ("0", _("Do not accept"))])
    answer = forms.CharField(
        label=_("Answer to the cell"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TopicForm(forms.Form):
    """A topic for the agenda of every cell below."""

    title = forms.CharField(label=_("Topic"), max_length=300)
    first_month = MonthField(label=_("From the month"))
    last_month = MonthField(label=_("To the month"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )
