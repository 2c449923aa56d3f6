"""Whose data a form of the handbook is filled in with."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nennep.members.queries import RollEntry
from nennep.organisation.models import Unit
from nennep.ui.form_fields import NamedRowField


class SheetForm(forms.Form):
    """The cell by code or name, unless it is the person's own; a member whom the person may see."""

    unit = NamedRowField(label=_("Cell"), required=False)
    member = forms.ChoiceField(label=_("Member"), required=False)

    def __init__(
        self,
        asked: Any,
        *,
        units: QuerySet[Unit] | None,
        roll: Sequence[RollEntry],
        asks_member: bool,
    ) -> None:
        super().__init__(asked)
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].offer(units)  # type: ignore[attr-defined]  # a NamedRowField
        if not asks_member or not roll:
            del self.fields["member"]
            return
        people = [(str(entry.public_id), entry.name) for entry in roll]
        self.fields["member"].choices = [("", _("Leave it dotted")), *people]  # type: ignore[attr-defined]  # a ChoiceField
