"""What the office writes: the text of an entry, its numbers, and the documents it rests on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nennep.library.actions.handbook import lines_of
from nennep.library.choices import TermUnit
from nennep.library.models import Branch, Entry
from nennep.library.queries.handbook_desk import bases_offered
from nennep.library.queries.handbook_forms import form_sheets
from nennep.library.rules.handbook import BOUNDS, EntryText, entry_text
from nennep.regulations.choices import Mark

LONG = {"rows": 5}
SPARE_ROWS = 2
BOUND_LABELS = {
    "": _("exactly"),
    "≥": _("at least"),
    "≤": _("at most"),
    ">": _("more than"),
    "<": _("less than"),
}


class TextForm(forms.Form):
    """The entry itself. Lists are written one a line."""

    question = forms.CharField(label=pgettext_lazy("handbook", "Question"), max_length=300)
    answer = forms.CharField(
        label=pgettext_lazy("handbook", "Answer"), widget=forms.Textarea(attrs=LONG)
    )
    steps = forms.CharField(
        label=_("Steps, one a line"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    notes = forms.CharField(
        label=_("What to mind, one a line"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    words = forms.CharField(
        label=_("Other words people look for, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.CharField(
        label=_("Address to read more at"),
        required=False,
        max_length=300,
        help_text=_("For example the city's own online handbook. The program never opens it."),
    )
    sheets = forms.MultipleChoiceField(
        label=_("Forms to print"), required=False, widget=forms.CheckboxSelectMultiple
    )
    related = forms.MultipleChoiceField(
        label=_("Related questions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, text: EntryText, own_code: str = "") -> None:
        super().__init__(data, initial=_as_lines(text))
        sheets = [(sheet.code, sheet.label) for sheet in form_sheets().values()]
        self.fields["sheets"].choices = sheets  # type: ignore[attr-defined]  # a choice of several
        others = Entry.objects.published().exclude(code=own_code).select_related("current")
        rows = others.values_list("code", "current__question")
        self.fields["related"].choices = list(rows)  # type: ignore[attr-defined]  # likewise


class NewEntryForm(forms.Form):
    """In which branch a new question stands."""

    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Part of the handbook"), empty_label=_("Choose")
    )

    def __init__(self, data: Any = None, *, branches: Any) -> None:
        super().__init__(data)
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]  # a choice of rows


class CitationForm(forms.Form):
    """A document the entry rests on."""

    basis = forms.ChoiceField(label=_("Document"), required=False)
    clause = forms.CharField(label=_("Clause"), max_length=200, required=False)
    mark = forms.ChoiceField(label=_("How sure"), choices=Mark.choices)

    def __init__(self, *given: Any, bases: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["basis"].choices = [("", "–"), *bases]  # type: ignore[attr-defined]  # a choice

    @property
    def row(self) -> dict[str, Any] | None:
        """What was filled in; nothing where the row was left empty."""
        given = self.cleaned_data
        return dict(given) if given.get("basis") else None


class FactForm(CitationForm):
    """A number the entry states, with what it rests on."""

    says = forms.CharField(label=_("What the number is of"), max_length=200, required=False)
    bound = forms.ChoiceField(
        label=_("Side"), choices=[(b, BOUND_LABELS[b]) for b in BOUNDS], required=False
    )
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    unit = forms.CharField(
        label=_("Unit"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"list": "units"}),
    )  # fmt: skip
    start = forms.CharField(label=_("A term counted from"), max_length=100, required=False)
    before = forms.BooleanField(label=_("counted back"), required=False)

    field_order = ("says", "bound", "number", "unit", "start", "before", "basis", "clause", "mark")

    @property
    def row(self) -> dict[str, Any] | None:
        given = dict(self.cleaned_data)
        if not given.get("says") and not given.get("number"):
            return None
        units = {str(label): value for value, label in TermUnit.choices}
        return given | {"unit": units.get(given["unit"], given["unit"])}


class SendBackForm(forms.Form):
    remark = forms.CharField(label=_("What has to be changed"), max_length=300)


class TakeOutForm(forms.Form):
    reason = forms.CharField(label=_("Why it is taken out"), max_length=300)


class EditorForm(forms.Form):
    """Who writes a part of the handbook, by the name they sign in with."""

    username = forms.CharField(label=_("User name"), max_length=150)
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Part of the handbook"), empty_label=_("Choose")
    )


class PlaceForm(forms.Form):
    places = forms.MultipleChoiceField(
        label=pgettext_lazy("handbook", "Shown at these steps of a meeting"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, offered: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["places"].choices = list(offered)  # type: ignore[attr-defined]  # a choice of several


class TextForms:
    """The three parts of the page on which an entry is written."""

    def __init__(self, data: Any = None, *, text: EntryText, own_code: str = "") -> None:
        self.text = TextForm(data, text=text, own_code=own_code)
        self.bases = _rows(CitationForm, data, "base", [_cited(each) for each in text.bases])
        self.facts = _rows(FactForm, data, "fact", [_stated(each) for each in text.facts])

    def is_valid(self) -> bool:
        return all([self.text.is_valid(), self.bases.is_valid(), self.facts.is_valid()])

    @property
    def given(self) -> EntryText:
        """What was typed. A document named for a number only is one of the entry's documents."""
        told = dict(self.text.cleaned_data)
        told["forms"] = told.pop("sheets")
        for name in ("steps", "notes", "words"):
            told[name] = lines_of(told[name])
        facts = [row for form in self.facts if (row := form.row)]
        bases = [row for form in self.bases if (row := form.row)]
        named = {row["basis"] for row in bases}
        for fact in facts:
            if fact["basis"] and fact["basis"] not in named:
                named.add(fact["basis"])
                bases.append({k: fact[k] for k in ("basis", "clause", "mark")})
        return entry_text({**told, "facts": facts, "bases": bases})


def _rows(kind: type[forms.Form], data: Any, prefix: str, rows: list[Any]) -> BaseFormSet[Any]:
    made = forms.formset_factory(kind, extra=SPARE_ROWS, max_num=60)
    return made(data, prefix=prefix, initial=rows, form_kwargs={"bases": bases_offered()})


def _as_lines(text: EntryText) -> dict[str, Any]:
    lists = {name: "\n".join(getattr(text, name)) for name in ("steps", "notes", "words")}
    plain = {name: getattr(text, name) for name in ("question", "answer", "link")}
    return plain | lists | {"sheets": list(text.forms), "related": list(text.related)}


def _cited(each: Any) -> dict[str, str]:
    return {"basis": each.basis, "clause": each.clause, "mark": each.mark}


def _stated(fact: Any) -> dict[str, Any]:
    named = ("says", "bound", "number", "start", "before", "basis", "clause", "mark")
    unit = str(TermUnit(fact.unit).label) if fact.unit in TermUnit.values else fact.unit
    return {name: getattr(fact, name) for name in named} | {"unit": unit}
