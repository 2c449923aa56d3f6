"""Who follows which cell: one question for each cell, and from when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.quality.queries.following import CommitteeMember, FollowedCell
from nennep.ui.form_fields import day_field


class FollowersForm(forms.Form):
    """A committee's cells with who follows each; what is left as it stands is not touched."""

    since = day_field(_("From"))

    def __init__(
        self,
        data: Any = None,
        *,
        cells: Sequence[FollowedCell],
        members: Sequence[CommitteeMember],
    ) -> None:
        super().__init__(data, initial={"since": clock.today()})
        self.cells, self.people = cells, {each.member.pk: each.member for each in members}
        choices: list[Any] = [("", _("nobody"))]
        choices += [(str(m.member.pk), f"{m.member.full_name} – {m.title_label}") for m in members]
        for row in cells:
            self.fields[f"cell_{row.cell.pk}"] = forms.ChoiceField(
                label=row.cell.name,
                choices=self._with_former(choices, row),
                required=False,
                initial=str(row.following.member_id) if row.following else "",
            )

    def _with_former(self, choices: list[Any], row: FollowedCell) -> list[Any]:
        """Who follows but has left the committee stays in view until somebody else is named."""
        held = row.following
        if held is None or held.member_id in self.people:
            return choices
        return [*choices, (str(held.member_id), held.member.full_name)]

    @property
    def rows(self) -> list[tuple[FollowedCell, Any]]:
        return [(row, self[f"cell_{row.cell.pk}"]) for row in self.cells]

    @property
    def named(self) -> dict[Unit, Member | None]:
        """Only the cells whose answer differs from what stands."""
        changed = {}
        for row in self.cells:
            given = self.cleaned_data[f"cell_{row.cell.pk}"]
            if given != (str(row.following.member_id) if row.following else ""):
                changed[row.cell] = self.people.get(int(given)) if given else None
        return changed
