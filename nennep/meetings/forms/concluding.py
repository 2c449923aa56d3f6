"""Step 4: the lines of the resolution, results of last month's, the end, and the declarations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.meetings.choices import MeetingKind, PaperKind, SigningStyle
from nennep.meetings.forms.fields import local_time, moment
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.members.models import Member
from nennep.ui.form_fields import day_field, time_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONG = forms.Textarea(attrs={"rows": 3})


class LineForm(forms.Form):
    """What, who, until when. A name typed that the roll knows is that person; another stays words."""

    what = forms.CharField(label=_("What is to be done"), max_length=500, required=False)
    who = forms.CharField(
        label=_("Who does it"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    due_on = day_field(_("Until when"), required=False)
    remove = forms.BooleanField(label=_("Take this line out"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        line: ResolutionItem | None = None,
        who: str = "",
        number: int = 0,
    ) -> None:
        """`who`: the name that stands on the line."""
        self.line = line
        initial = {"what": line.what, "who": who, "due_on": line.due_on} if line else {}
        prefix = f"line-{line.pk}" if line else f"new-{number}"
        super().__init__(data, initial=initial, prefix=prefix)
        if line is None:
            del self.fields["remove"]

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("what", "").strip())

    def given(self, find: Callable[[str], Member | None]) -> dict[str, Any]:
        """`find`: whom of the roll a name means."""
        name = " ".join(self.cleaned_data["who"].split())
        member = find(name) if name else None
        return {
            "what": self.cleaned_data["what"],
            "who": member,
            "who_text": "" if member else name,
            "due_on": self.cleaned_data["due_on"],
        }


class ResultForm(forms.Form):
    """What came of a line of the month before."""

    result = forms.CharField(label=_("Result"), max_length=500, required=False)
    is_done = forms.BooleanField(label=_("Done"), required=False)

    def __init__(self, data: Any = None, *, line: ResolutionItem) -> None:
        self.line = line
        initial = {"result": line.result, "is_done": line.done_on is not None}
        super().__init__(data, initial=initial, prefix=f"result-{line.pk}")


# What lies before and after a meeting, where it is not a month.
SPANS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    MeetingKind.EXTRAORDINARY: (_("What was done so far"), _("What is resolved")),
    MeetingKind.CONGRESS: (_("The past term"), _("The coming term")),
    MeetingKind.SELF_REVIEW: (_("The past year"), _("The coming year")),
}


class PaperForm(forms.Form):
    """The words of the resolution, besides its lines."""

    kind = forms.ChoiceField(
        label=_("The meeting ends in"), choices=PaperKind.choices, required=False
    )
    summary = forms.CharField(label=_("On what"), max_length=300, required=False)
    signing_style = forms.ChoiceField(
        label=_("Signed for"), choices=SigningStyle.choices, required=False
    )
    last_month = forms.CharField(label=_("Last month"), required=False, widget=LONG)
    next_month = forms.CharField(label=_("Next month"), required=False, widget=LONG)

    def __init__(
        self, data: Any = None, *, paper: Resolution | None, kind: str, usual: str
    ) -> None:
        """`usual`: the kind of paper such a meeting ends in."""
        names = set(self.base_fields)
        initial = {name: getattr(paper, name) for name in names} if paper else {"kind": usual}
        super().__init__(data, initial=initial, prefix="paper")
        if paper is not None:
            del self.fields["kind"]
        if kind in SPANS:
            self.fields["last_month"].label, self.fields["next_month"].label = SPANS[kind]
        if paper is None:
            del self.fields["signing_style"]

    @property
    def given(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["style"] = values.pop("signing_style", None) or None
        values["kind"] = values.get("kind") or None
        return values

    def has_changed(self) -> bool:
        """A kind alone is no paper yet: it is that of the words and lines that are typed."""
        return bool(set(self.changed_data) - {"kind"})


class EndForm(forms.Form):
    """How the meeting went and ended. The declaration is a person's own act: never ticked beforehand."""

    as_programme = forms.BooleanField(
        label=_("All steps were gone through as the programme has them"), required=False
    )
    skipped = forms.MultipleChoiceField(required=False)
    closing_text = forms.CharField(
        label=_("Conclusion of the chair"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    thematic_start = time_field(_("Thematic part from"), required=False)
    end = time_field(_("Ended at"), required=False)
    adopted = forms.BooleanField(
        label=_("The minutes were read out and the meeting adopted them"), required=False
    )
    declared = forms.BooleanField(
        label=_("I declare that the minutes hold no state secret"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, meeting: Meeting, steps: list[tuple[str, str]]) -> None:
        initial = {
            "as_programme": meeting.steps_marked_at is not None,
            "skipped": meeting.skipped_steps,
            "closing_text": meeting.closing_text,
            "thematic_start": local_time(meeting.thematic_started_at),
            "end": local_time(meeting.ended_at),
            "adopted": meeting.minutes_adopted_at is not None,
            "declared": meeting.declared_free_of_secrets_at is not None,
            "version": meeting.version,
        }
        super().__init__(data, initial=initial)
        self.meeting = meeting
        self.theirs: str | None = None
        self.fields["skipped"].choices = steps  # type: ignore[attr-defined]  # a MultipleChoiceField

    def show_theirs(self, theirs: Meeting) -> None:
        """The other conclusion stands beside this one; saving again keeps this one."""
        self.theirs = theirs.closing_text
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.data["version"] = str(theirs.version)  # type: ignore[index]  # the copy can be written
        self.fields["closing_text"].widget.attrs["aria-invalid"] = "true"

    @property
    def ended_at(self) -> datetime | None:
        return self._moment("end")

    @property
    def thematic_started_at(self) -> datetime | None:
        return self._moment("thematic_start")

    def _moment(self, name: str) -> datetime | None:
        """On the day it began; the moment that stands already keeps its seconds."""
        stands = {"end": self.meeting.ended_at, "thematic_start": self.meeting.thematic_started_at}
        typed = self.cleaned_data.get(name)
        if typed == local_time(stands[name]):
            return stands[name]
        return moment(self.meeting.held_on, typed)
