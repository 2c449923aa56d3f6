"""Step 1: what is to be ready, who sees to it and until when."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.meetings.queries.page import ChecklistEntry
from nennep.members.models import Member
from nennep.ui.form_fields import day_field

Find = Callable[[str], Member | None]


def owner_field() -> forms.CharField:
    return forms.CharField(
        label=_("Who sees to it"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )


class _OwnedForm(forms.Form):
    """A name is that of somebody on the roll, or it is said that nobody has it."""

    find: Find

    def clean_owner(self) -> Member | None:
        typed = self.cleaned_data["owner"].strip()
        owner = self.find(typed) if typed else None
        if typed and owner is None:
            raise forms.ValidationError(
                gettext("Nobody on the cell's roll has this name. Choose one from the list.")
            )
        return owner


class TaskForm(_OwnedForm):
    """A task of the preparation. What a fact proves is not ticked by hand."""

    is_done = forms.BooleanField(required=False)
    owner = owner_field()
    due_on = day_field(_("Until"), required=False)

    def __init__(
        self, data: Any = None, *, shown: ChecklistEntry, find: Find, owner: str | None
    ) -> None:
        """`owner`: the name that stands; None where no names are kept."""
        self.shown, self.find = shown, find
        entry = shown.entry
        initial = {"is_done": shown.is_done, "owner": owner or "", "due_on": entry.due_on}
        super().__init__(data, initial=initial, prefix=f"task-{entry.pk}")
        self.fields["is_done"].label = entry.title
        self.fields["is_done"].disabled = shown.is_proven
        if owner is None:
            del self.fields["owner"]

    @property
    def is_assigned_anew(self) -> bool:
        return bool({"owner", "due_on"} & set(self.changed_data))


class NewTaskForm(_OwnedForm):
    """Something of the cell's own to be ready."""

    title = forms.CharField(label=_("Something else to be ready"), max_length=300, required=False)
    owner = owner_field()
    due_on = day_field(_("Until"), required=False)

    def __init__(self, data: Any = None, *, find: Find, has_names: bool) -> None:
        self.find = find
        super().__init__(data, prefix="new-task")
        if not has_names:
            del self.fields["owner"]
