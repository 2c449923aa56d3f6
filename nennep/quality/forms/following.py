"""Who follows which cell: one question for each cell, or for all of a committee, and from when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.members.models import Member
from nennep.organisation.models import Unit
from nennep.quality.queries.following import CommitteeMember, FollowedArea, FollowedCell
from nennep.ui.form_fields import day_field


def _people(members: Sequence[CommitteeMember]) -> list[tuple[str, str]]:
    return [(str(m.member.pk), f"{m.member.full_name} – {m.title_label}") for m in members]


class FollowersForm(forms.Form):
    """Cells with who follows each; what is left as it stands is not touched.

    `others`: who follows those that are left with nobody, so that many are named by one answer.
    """

    others = forms.ChoiceField(
        label=_("Cells followed by nobody are followed by"),
        required=False,
        help_text=_("One answer for all cells that are left with “nobody” above."),
    )
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
        choices: list[Any] = [("", _("nobody")), *_people(members)]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]  # a choice of people
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
            given = self.cleaned_data[f"cell_{row.cell.pk}"] or self.cleaned_data["others"]
            if given != (str(row.following.member_id) if row.following else ""):
                changed[row.cell] = self.people.get(int(given)) if given else None
        return changed


class AreasForm(forms.Form):
    """One answer for all cells of a committee below; without an answer they stay as they are."""

    since = day_field(_("From"))

    def __init__(
        self,
        data: Any = None,
        *,
        areas: Sequence[FollowedArea],
        members: Sequence[CommitteeMember],
    ) -> None:
        super().__init__(data, initial={"since": clock.today()}, prefix="all")
        self.areas, self.people = areas, {each.member.pk: each.member for each in members}
        choices = [("", _("leave as it is")), *_people(members)]
        for area in areas:
            self.fields[f"area_{area.unit.pk}"] = forms.ChoiceField(
                label=area.unit.name, choices=choices, required=False
            )

    @property
    def rows(self) -> list[tuple[FollowedArea, Any]]:
        return [(area, self[f"area_{area.unit.pk}"]) for area in self.areas]

    @property
    def named(self) -> dict[Unit, Member | None]:
        """Every cell at and below the committees that were answered for. One query for each."""
        return {
            cell: self.people[int(given)]
            for area in self.areas
            if (given := self.cleaned_data[f"area_{area.unit.pk}"])
            for cell in Unit.objects.within(area.unit).cells().living()
        }
