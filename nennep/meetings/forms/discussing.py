"""Step 3: what was said and concluded on each item, who spoke, and a vote."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.meetings.choices import VoteMethod
from nennep.meetings.models import AgendaItem
from nennep.meetings.rules.votes import subjects
from nennep.ui.form_fields import count_field


class ItemForm(forms.Form):
    """The texts of one item, and the version their writer saw."""

    discussion = forms.CharField(
        label=_("What was said"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    conclusion = forms.CharField(
        label=_("Conclusion"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, item: AgendaItem) -> None:
        self.item = item
        self.theirs: AgendaItem | None = None
        initial = {
            "discussion": item.discussion,
            "conclusion": item.conclusion,
            "version": item.version,
        }
        super().__init__(data, initial=initial, prefix=f"item-{item.pk}")

    def show_theirs(self, theirs: AgendaItem) -> None:
        """The other text stands beside this one; saving again keeps this one."""
        self.theirs = theirs
        self.data = {**self.data.dict(), self.add_prefix("version"): str(theirs.version)}  # type: ignore[attr-defined]  # a QueryDict
        for name in ("discussion", "conclusion"):
            self.fields[name].widget.attrs["aria-invalid"] = "true"


class TitleForm(forms.Form):
    """The title of an item, and the step of the meeting it belongs to."""

    title = forms.CharField(label=_("Title of the item"), max_length=300)
    step = forms.ChoiceField(label=_("Step of the meeting"), required=False)

    def __init__(
        self, data: Any = None, *, item: AgendaItem, steps: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data, initial={"title": item.title, "step": item.step})
        self.fields["step"].choices = [("", "–"), *steps]  # type: ignore[attr-defined]  # a ChoiceField
        if not steps:
            del self.fields["step"]


class SpeakersForm(forms.Form):
    """“Everybody spoke”, or everybody except, or only these."""

    ALL, EXCEPT, ONLY = "all", "except", "only"

    speakers = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (ALL, _("Everybody spoke")),
            (EXCEPT, _("Everybody except")),
            (ONLY, _("Only these")),
        ],
    )
    named = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].choices = people  # type: ignore[attr-defined]  # a MultipleChoiceField

    @property
    def asked(self) -> dict[str, list[int]] | None:
        """What `who_spoke` is told; None where nothing was said of it."""
        how = self.cleaned_data.get("speakers")
        named = [int(member_id) for member_id in self.cleaned_data.get("named", [])]
        if how == self.ALL:
            return {"except_ids": []}
        if how == self.EXCEPT:
            return {"except_ids": named}
        return {"ids": named} if how == self.ONLY else None


class VoteForm(forms.Form):
    """One vote: what on, how, and the counts."""

    vote_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    subject = forms.ChoiceField(label=_("What the vote is on"))
    item = forms.ChoiceField(label=_("On which item"), required=False)
    question = forms.CharField(label=_("In words"), max_length=300, required=False)
    method = forms.ChoiceField(label=_("How the vote was taken"), choices=VoteMethod.choices)
    in_favour = count_field(_("In favour"), required=True)
    against = count_field(_("Against"))
    other = count_field(_("Other opinions"))
    deducted_by_law = count_field(_("Others deducted from the base by law"))
    deduction_reason = forms.CharField(label=_("Why deducted"), max_length=200, required=False)

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any], items: Sequence[AgendaItem]
    ) -> None:
        super().__init__(data, initial=initial, prefix="vote")
        self.items = {str(item.pk): item for item in items}
        titled = [(str(item.pk), item.title) for item in items]
        self.fields["item"].choices = [("", _("none of them by itself")), *titled]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["subject"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (subject.code, subject.title) for subject in subjects().values()
        ]

    @property
    def given(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        values["item"] = self.items.get(values["item"])
        if public_id := values.pop("vote_id", None):
            values["public_id"] = public_id
        return values
