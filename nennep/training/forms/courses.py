"""What pages ask about courses, sessions and those who came."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core.refusal import Refusal
from nennep.members.models import Member
from nennep.training.actions import Came, NewCourse, NewSession
from nennep.training.choices import CELL_POSTS, TrainPost
from nennep.training.models import Participant
from nennep.training.queries.name_lists import JudgedName
from nennep.ui.form_fields import day_field, time_field

LONG = forms.Textarea(attrs={"rows": 3})


class SessionForm(forms.Form):
    starts_on = day_field(_("Day"))
    ends_on = day_field(_("Last day, if it takes several"), required=False)
    starts_at = time_field(_("Begins at"), required=False)
    hours = forms.DecimalField(
        label=_("Hours of teaching"),
        required=False,
        min_value=0,
        max_value=200,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    @property
    def session(self) -> NewSession:
        given = self.cleaned_data
        return NewSession(
            given["starts_on"],
            given["ends_on"],
            given["starts_at"],
            given["hours"],
            given["place"],
        )


class CourseForm(SessionForm):
    """A course with its first session."""

    title = forms.CharField(label=_("Subject"), max_length=300)
    posts = forms.MultipleChoiceField(
        label=_("Meant for"),
        choices=TrainPost.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(CELL_POSTS),
    )
    documents = forms.CharField(
        label=_("Documents taught"),
        max_length=1000,
        required=False,
        widget=LONG,
        help_text=_("Titles and symbols, one a line."),
    )

    @property
    def course(self) -> NewCourse:
        given = self.cleaned_data
        return NewCourse(given["title"], given["posts"], given["documents"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class ListForm(forms.Form):
    """Who came, from a spreadsheet or typed."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("An Excel file (.xlsx) or a CSV file with the names of those who came."),
    )
    names = forms.CharField(
        label=_("or names, one a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("After a semicolon the birth date, the birth year or the cell."),
    )


class CameForm(forms.Form):
    """Everybody on the list came, except the ticked ones; others who came are named besides."""

    absent = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        data: Any,
        *,
        people: Sequence[Participant],
        found: Sequence[JudgedName] = (),
        others: Sequence[Member] = (),
    ) -> None:
        self.people = people
        came = {judged.member.pk for judged in found if judged.member}
        if found:
            absent = [str(p.pk) for p in people if p.member_id not in came]
        else:
            absent = [str(p.pk) for p in people if p.came is False]
        initial = {"absent": absent, "others": [str(member.pk) for member in others]}
        super().__init__(data, initial=initial)
        self.fields["absent"].choices = [(str(p.pk), p.name) for p in people]  # type: ignore[attr-defined]  # a choice of names
        self.fields["others"].choices = [(str(m.pk), m.full_name) for m in others]  # type: ignore[attr-defined]  # likewise

    @property
    def ticked(self) -> set[str]:
        value = self["absent"].value()
        return {str(pk) for pk in value or ()}

    @property
    def came(self) -> Came:
        given = self.cleaned_data
        others = Member.objects.filter(pk__in=[int(pk) for pk in given["others"]])
        return Came([int(pk) for pk in given["absent"]], list(others.select_related("unit")))


def kept(form: forms.Form, refusal: Refusal) -> None:
    """A refusal stands beside its field; what was typed stays."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
