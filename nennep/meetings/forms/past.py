"""A meeting typed in from the paper book, on one page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.meetings.choices import MeetingKind, VoteMethod
from nennep.meetings.forms.fields import moment
from nennep.ui.form_fields import MonthField, count_field, day_field, time_field

TWO = forms.Textarea(attrs={"rows": 2})
LONG = forms.Textarea(attrs={"rows": 3})


class DayForm(forms.Form):
    """Asked first: the roll of that day is what the rest of the page names."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=MeetingKind.choices, initial=MeetingKind.REGULAR
    )
    day = day_field(_("Held on"))


class PastForm(forms.Form):
    """One page of the minutes book."""

    period = MonthField(label=_("For the month"))
    start = time_field(_("Started at"))
    thematic_start = time_field(_("Thematic part from"), required=False)
    end = time_field(_("Ended at"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    topic = forms.CharField(label=_("Theme"), max_length=300, required=False)
    chair = forms.ChoiceField(label=_("In the chair"), required=False)
    minute_taker = forms.ChoiceField(label=_("Minute-taker"), required=False)
    minute_taker_name = forms.CharField(
        label=_("Name of the minute-taker, if not on the list"), max_length=100, required=False
    )
    dues_paid = count_field(_("Dues paid"))
    dues_due = count_field(_("out of"))
    superiors = forms.CharField(
        label=_("Superiors who attended, one on each line"),
        required=False,
        widget=TWO,
        help_text=_("Name, then the post after a comma."),
    )
    guests = forms.CharField(label=_("Other guests, one on each line"), required=False, widget=TWO)
    as_programme = forms.BooleanField(
        label=_("All steps were gone through as the programme has them"), required=False
    )
    skipped = forms.MultipleChoiceField(required=False)
    papers_sent_on = day_field(_("Papers sent on"), required=False)
    finished_sent_on = day_field(_("Finished papers sent on"), required=False)
    items = forms.CharField(
        label=_("Items, one on each line"),
        required=False,
        widget=LONG,
        help_text=_("The conclusion may follow after “ – ”."),
    )
    conclusion = forms.CharField(label=_("Conclusion"), required=False, widget=LONG)
    summary = forms.CharField(label=_("Resolution on"), max_length=300, required=False)
    lines = forms.CharField(
        label=_("Tasks of the resolution, one on each line"), required=False, widget=LONG
    )
    method = forms.ChoiceField(
        label=_("How the vote was taken"), choices=VoteMethod.choices, initial=VoteMethod.CARD
    )
    in_favour = count_field(_("In favour"))
    against = count_field(_("Against"))
    other = count_field(_("Other opinions"))
    is_adopted = forms.BooleanField(
        label=_("The minutes were read out and adopted, and are signed on paper")
    )
    is_not_secret = forms.BooleanField(label=_("I declare that what I typed holds no state secret"))

    def __init__(
        self,
        *args: Any,
        kind: str,
        people: list[tuple[int, str]],
        steps: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skipped"].choices = steps  # type: ignore[attr-defined]  # a MultipleChoiceField
        self.fields["method"].required = False
        if not people:  # a unit that keeps figures only
            del self.fields["superiors"], self.fields["guests"]
        for name in ("chair", "minute_taker"):
            self.fields[name].choices = [("", "–"), *people]  # type: ignore[attr-defined]  # a ChoiceField
        if kind != MeetingKind.COMBINED:
            del self.fields["thematic_start"]
        if kind not in {MeetingKind.THEMATIC, MeetingKind.COMBINED}:
            del self.fields["topic"]

    def at(self, name: str, day: Any) -> Any:
        return moment(day, self.cleaned_data.get(name))

    def rows_of(self, name: str) -> list[str]:
        text = self.cleaned_data.get(name, "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def guests_of(self, name: str) -> list[tuple[str, str]]:
        """Name and post of each line."""
        parted = (line.partition(",") for line in self.rows_of(name))
        return [(who.strip(), post.strip()) for who, _comma, post in parted]

    @property
    def skipped_steps(self) -> list[str] | None:
        """None: nobody said that the steps were gone through."""
        skipped: list[str] = self.cleaned_data["skipped"]
        return skipped if self.cleaned_data["as_programme"] or skipped else None

    @property
    def titled_items(self) -> list[tuple[str, str]]:
        """Title and conclusion of each line."""
        found = []
        for line in self.rows_of("items"):
            title, _dash, conclusion = line.partition(" – ")
            found.append((title.strip(), conclusion.strip()))
        return found
