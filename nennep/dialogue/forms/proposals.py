"""Asking, passing on, answering, withdrawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.core.person import Person
from nennep.core.text import vn_date
from nennep.dialogue.actions import Answer, NewProposal
from nennep.dialogue.models import Proposal
from nennep.dialogue.queries.proposals import documents_of, levels_above, meetings_of
from nennep.library.models import Entry
from nennep.organisation.models import Unit

LINES = forms.Textarea(attrs={"rows": 6})


class UnitChoice(forms.ChoiceField):
    """One of a few organisations, by its code."""

    def __init__(self, units: list[Unit], **more: Any) -> None:
        super().__init__(choices=[(unit.code, unit.name) for unit in units], **more)
        self.units = {unit.code: unit for unit in units}

    def clean(self, value: Any) -> Any:
        return self.units.get(super().clean(value))


class AskForm(forms.Form):
    subject = forms.CharField(label=_("What it is about"), max_length=300)
    text = forms.CharField(
        label=_("What is proposed"),
        widget=LINES,
        help_text=_("Each level it passes reads it. Write no names of members."),
    )

    def __init__(self, data: Any = None, *, unit: Unit, person: Person, meeting: str = "") -> None:
        super().__init__(data)
        self.fields["owner"] = UnitChoice(
            levels_above(unit),
            label=_("Level it is meant for"),
            help_text=_("It comes to the organisation directly above first."),
        )
        self.meetings = {str(each.public_id): each for each in meetings_of(unit, person)}
        self.fields["meeting"] = forms.ChoiceField(
            label=_("How it was made"),
            required=False,
            initial=meeting if meeting in self.meetings else "",
            choices=[
                ("", gettext("By the secretary or the office")),
                *((key, _words_of(each)) for key, each in self.meetings.items()),
            ],
        )

    @property
    def proposal(self) -> NewProposal:
        said = self.cleaned_data
        return NewProposal(
            said["subject"], said["text"], said["owner"], self.meetings.get(said["meeting"])
        )


def _words_of(meeting: Any) -> str:
    return gettext("Minutes of %(day)s") % {"day": vn_date(meeting.held_on)}


class PassOnForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, data: Any = None, *, proposal: Proposal) -> None:
        super().__init__(data)
        above = levels_above(proposal.held.unit)
        self.fields["to"] = UnitChoice(above, label=_("Pass on to"))
        self.order_fields(["to", "note"])


class EntryChoice(forms.ModelChoiceField[Entry]):
    def label_from_instance(self, entry: Any) -> str:
        return str(entry.current.question)


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), widget=LINES)

    def __init__(self, data: Any = None, *, proposal: Proposal, person: Person) -> None:
        initial = {
            "text": proposal.answer,
            "document": proposal.document_id,
            "entry": proposal.entry_id,
        }
        super().__init__(data, initial=initial)
        self.fields["document"] = forms.ModelChoiceField(
            documents_of(proposal.held.unit, person),
            label=_("Document that answers it"),
            required=False,
        )
        self.fields["entry"] = EntryChoice(
            Entry.objects.published().select_related("current"),
            label=_("Handbook entry that answers it"),
            required=False,
        )

    @property
    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(said["text"], said["document"], said["entry"])


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
