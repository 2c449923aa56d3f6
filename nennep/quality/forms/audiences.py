"""Who came to watch a model meeting: one line for each organisation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.organisation.models import Unit
from nennep.quality.actions.audiences import Watching
from nennep.quality.models import Audience
from nennep.ui.form_fields import count_field

EMPTY_LINES = 3


class AudienceForm(forms.Form):
    """The lines that are there, and a few more to write in."""

    lessons = forms.CharField(
        label=_("What was learnt"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What other cells can do the same way. No names."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        audience: Sequence[Audience],
        lessons: str,
        known: dict[str, Unit],
    ) -> None:
        super().__init__(data, initial={"lessons": lessons})
        self.known = known
        self.count = len(audience) + EMPTY_LINES
        for number in range(self.count):
            row = audience[number] if number < len(audience) else None
            name = forms.CharField(label=_("Organisation"), max_length=200, required=False)
            name.initial = row.name if row else ""
            name.widget.attrs |= {"list": "organisations", "autocomplete": "off"}
            people = count_field(_("People"))
            people.initial = row.people if row else None
            self.fields |= {f"name_{number}": name, f"people_{number}": people}

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{n}"], self[f"people_{n}"]) for n in range(self.count)]

    @property
    def audience(self) -> list[Watching]:
        given = self.cleaned_data
        lines = [(given[f"name_{n}"], given[f"people_{n}"] or 0) for n in range(self.count)]
        return [Watching(name, people, self.known.get(name)) for name, people in lines]
