"""Step 2: start, chair, minute-taker, guests, dues."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.meetings.choices import MeetingKind
from nennep.meetings.forms.fields import moment
from nennep.meetings.models import Meeting
from nennep.meetings.rules.figures import RollFigures
from nennep.ui.form_fields import count_field, day_field, time_field


class OpeningForm(forms.Form):
    """Who leads, who writes, and when it began. Names come from the roll of the day."""

    held_on = day_field(_("Held on"))
    start = time_field(_("Started at"), required=False)
    chair = forms.ChoiceField(label=_("In the chair"), required=False)
    minute_taker = forms.ChoiceField(label=_("Minute-taker"), required=False)
    minute_taker_name = forms.CharField(
        label=_("Name of the minute-taker, if not on the list"), max_length=100, required=False
    )
    guest_name = forms.CharField(label=_("Name of a guest"), max_length=100, required=False)
    guest_post = forms.CharField(label=_("Post"), max_length=200, required=False)
    guest_is_superior = forms.BooleanField(label=_("Attends for the superior"), required=False)
    opening_text = forms.CharField(
        label=_("Words of the opening, as the minutes have them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    dues_paid = count_field(_("Members who paid"))
    dues_due = count_field(_("out of"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: str | None = None
        nobody = ("", "–")
        self.fields["chair"].choices = [nobody, *people]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["minute_taker"].choices = [nobody, *people]  # type: ignore[attr-defined]  # likewise

    def show_theirs(self, theirs: Meeting) -> None:
        """The other words stand beside these; saving again keeps these."""
        self.theirs = theirs.opening_text
        self.data = {**self.data.dict(), "version": str(theirs.version)}  # type: ignore[attr-defined]  # a QueryDict
        self.fields["opening_text"].widget.attrs["aria-invalid"] = "true"

    @property
    def started_at(self) -> datetime | None:
        day: date | None = self.cleaned_data.get("held_on")
        return moment(day, self.cleaned_data.get("start"))

    @property
    def dues(self) -> tuple[int, int] | None:
        paid, due = self.cleaned_data.get("dues_paid"), self.cleaned_data.get("dues_due")
        return None if paid is None or due is None else (paid, due)


class FiguresForm(forms.Form):
    """Totals of a unit that keeps no names."""

    official = count_field(_("Official members"), required=True)
    probationary = count_field(_("Probationary members"), required=True)
    present = count_field(_("Present"), required=True)
    excused = count_field(_("Absent with a reason"))
    unexcused = count_field(_("Absent without a reason"))
    exempt = count_field(_("Exempt"))
    exempt_present = count_field(_("Exempt members who came"))
    away = count_field(_("Temporarily away"))
    suspended = count_field(_("Suspended"))
    here = count_field(_("Temporarily here"))
    voters_away = count_field(_("Official members who are away"))
    voters_suspended = count_field(_("Official members who are suspended"))
    voters_exempt_absent = count_field(_("Official members exempt and absent"))
    voters_excused = count_field(_("Official members absent with a reason"))
    speakers = count_field(_("Members who spoke"))

    def __init__(self, data: Any = None, *, kind: str, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if kind != MeetingKind.CONGRESS:  # elsewhere they stay in the base of a vote
            del self.fields["voters_excused"]

    @property
    def figures(self) -> RollFigures:
        return RollFigures(**{name: value or 0 for name, value in self.cleaned_data.items()})
