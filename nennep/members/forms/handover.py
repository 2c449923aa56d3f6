"""Input for handing a post over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.members.choices import PositionTitle, StandingKind
from nennep.members.forms.people import one_of
from nennep.members.models import Member, Position
from nennep.organisation.choices import BodyKind
from nennep.ui.form_fields import day_field


class SuccessorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """Official members of the cell, by name and year, as two may have the same name."""

    def __init__(self) -> None:
        super().__init__(Member.objects.none(), label=_("Who takes over"), empty_label="–")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.birth_year}"


class HandOverForm(forms.Form):
    to = SuccessorChoice()
    on = day_field(
        _("From"),
        initial=clock.today,
        help_text=_("Today or a day to come. On that day everything changes by itself."),
    )
    stays_as = one_of(_("What the present holder is afterwards"), [], required=False)

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = candidates(position)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["stays_as"].choices = [("", _("no longer in office")), *_other_posts(position)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["stays_as"].initial = ""


def candidates(position: Position) -> Any:
    """Official members on the roll of the cell now, but for the holder."""
    standing = holding_on(clock.today(), "standings__")
    return (
        Member.objects.filter(
            standing,
            standings__unit=position.body.unit,
            standings__kind=StandingKind.OFFICIAL,
            merged_into__isnull=True,
        )
        .exclude(pk=position.member_id)
        .order_by("sort_key", "pk")
    )


def _other_posts(position: Position) -> list[tuple[str, Any]]:
    """Posts of the same body that more than one person may hold; a cell without a committee has fewer."""
    posts = [PositionTitle.DEPUTY]
    if position.body.kind == BodyKind.CELL_COMMITTEE:
        posts.append(PositionTitle.COMMITTEE_MEMBER)
    return [(post.value, post.label) for post in posts if post != position.title]
