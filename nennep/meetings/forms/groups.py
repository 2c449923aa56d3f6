"""A meeting held in parts by party groups: when and where each group met."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.meetings.actions import GroupPartGiven
from nennep.meetings.forms.fields import local_time, moment
from nennep.meetings.models import GroupPart
from nennep.organisation.models import PartyGroup
from nennep.ui.form_fields import time_field


class GroupPartForm(forms.Form):
    """The part of one group; left empty, the group met with the others."""

    start = time_field(_("Begins at"), required=False)
    end = time_field(_("Ends at"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, group: PartyGroup, part: GroupPart | None) -> None:
        self.group = group
        initial = (
            {
                "start": local_time(part.started_at),
                "end": local_time(part.ended_at),
                "place": part.place,
            }
            if part
            else {}
        )
        super().__init__(data, initial=initial, prefix=f"group-{group.pk}")

    def given(self, day: date) -> GroupPartGiven | None:
        start = moment(day, self.cleaned_data["start"])
        end = moment(day, self.cleaned_data["end"])
        if start is None or end is None:
            return None
        return GroupPartGiven(self.group, start, end, self.cleaned_data["place"])


def group_forms(
    groups: Sequence[PartyGroup], parts: Sequence[GroupPart], data: Any
) -> list[GroupPartForm]:
    known = {part.party_group_id: part for part in parts}
    return [GroupPartForm(data, group=group, part=known.get(group.pk)) for group in groups]


def given_parts(forms_of_groups: Sequence[GroupPartForm], day: date) -> list[GroupPartGiven] | None:
    """All parts that were typed; None where nothing about them was changed."""
    if not any(form.has_changed() for form in forms_of_groups):
        return None
    found = (form.given(day) for form in forms_of_groups)
    return [part for part in found if part is not None]
