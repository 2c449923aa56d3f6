"""Input about rules. The shape of a value follows its rule; what it may be is for the actions."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nennep.core.text import fold
from nennep.regulations.choices import Answer, BasisKind, Bound, Mark
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.queries import (
    known_rule,
    rule_labels,
    set_names,
)
from nennep.regulations.queries.words import in_words, said, title_of, words_of
from nennep.regulations.rules import RuleField, ValueKind, as_lines, from_lines
from nennep.ui.form_fields import ToldChoiceField, day_field

if TYPE_CHECKING:
    pass

ENTERED_HERE = "here"


class FilterForm(forms.Form):
    """Which rules to list. Everything is optional and lives in the address."""

    rule_set = forms.ChoiceField(label=_("Rule set"), required=False)
    key = forms.ChoiceField(label=_("Rule"), required=False)
    day = day_field(_("In force on"), required=False)
    unconfirmed = forms.BooleanField(label=_("Only those not checked yet"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("all"))
        here = (ENTERED_HERE, _("Entered in this installation"))
        self.fields["rule_set"].choices = [every, *set_names().items(), here]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["key"].choices = [every, *rule_labels()]  # type: ignore[attr-defined]  # a ChoiceField

    def questions(self) -> list[forms.BoundField]:
        """What is chosen or typed; the check box stands apart."""
        return [self[name] for name in ("rule_set", "key", "day")]

    def asked(self) -> dict[str, Any]:
        """The filters that were given and can be read."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        rule_set = given.get("rule_set") or None
        return {
            "rule_set": "" if rule_set == ENTERED_HERE else rule_set,
            "key": given.get("key", ""),
            "day": given.get("day"),
            "unconfirmed": given.get("unconfirmed", False),
        }


class RuleChoiceForm(forms.Form):
    """Which rule to enter a value for."""

    key = forms.ChoiceField(label=_("Rule"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = rule_labels()  # type: ignore[attr-defined]  # a ChoiceField


class ValueForm(forms.Form):
    """The value of one rule and its source."""

    basis = ToldChoiceField(
        label=_("Document"),
        queryset=Basis.objects.order_by("symbol", "issued_on"),
        empty_label=_("Choose"),
    )
    clause = forms.CharField(
        label=_("Clause"), max_length=200, help_text=_("Where in the document it says so.")
    )
    mark = forms.ChoiceField(
        label=_("Certainty"),
        choices=[choice for choice in Mark.choices if choice[0] != Mark.NOT_FOUND],
        initial=Mark.PROBABLE,
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, key: str, shown: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = known_rule(key)
        given = _value_fields(self.rule, shown)
        self.fields = {**given, **self.fields}

    def value(self) -> Any:
        """What was given, as it is stored."""
        return _READ[self.rule.kind](self.rule, self.cleaned_data)


class ReplaceForm(ValueForm):
    """From a day on the rule says something else."""

    since = day_field(
        _("From"), help_text=_("Up to the day before, the value of now goes on counting.")
    )
    field_order = ["since"]


class EnterForm(ValueForm):
    """A value for all or for one unit and what is below it."""

    place = forms.CharField(
        label=_("Code of the unit"),
        required=False,
        max_length=20,
        help_text=_("Leave empty for the whole organisation."),
    )
    valid_from = day_field(_("From"))
    valid_to = day_field(
        _("Last day"), required=False, help_text=_("Leave empty while it goes on.")
    )


class WithdrawForm(forms.Form):
    """After this day there is no such rule here."""

    last_day = day_field(_("Last day"))


class BasisForm(forms.Form):
    """A document that rules rest on."""

    symbol = forms.CharField(
        label=_("Number and symbol"), max_length=60, help_text=_("For example 11-ĐA/TU.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=BasisKind.choices)
    title = forms.CharField(label=pgettext_lazy("document", "Title"), max_length=400)
    issuer = forms.CharField(label=_("Issued by"), max_length=200, required=False)
    issued_on = day_field(_("Issued on"), required=False)
    in_force_from = day_field(_("In force from"), required=False)
    in_force_to = day_field(_("In force to"), required=False)
    source_url = forms.CharField(label=_("Source address"), max_length=500, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReplacementForm(forms.Form):
    """Which document takes the place of this one."""

    replacement = ToldChoiceField(
        label=_("Replaced by"),
        queryset=Basis.objects.order_by("symbol", "issued_on"),
        empty_label=_("Choose"),
    )
    since = day_field(_("From"))


class DayForm(forms.Form):
    """A day of the calendar."""

    day = day_field(_("Day"))


class CalendarDayForm(DayForm):
    """A day that differs from the national calendar."""

    is_working = forms.TypedChoiceField(
        label=_("This day is"),
        choices=[("no", _("a day off")), ("yes", _("a working day"))],
        coerce=lambda word: word == "yes",
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


def initial_of(value: RuleValue) -> dict[str, Any]:
    """What a form starts with when it replaces a value."""
    return {"basis": value.basis_id}


def _value_fields(rule: RuleField, raw: Any) -> dict[str, forms.Field]:
    label = _("Value")
    if rule.kind is ValueKind.WHOLE:
        return {
            "value": forms.IntegerField(
                label=label, min_value=rule.least, max_value=rule.most, initial=raw
            )
        }
    if rule.kind is ValueKind.SHARE:
        return {"value": _share_field(label, raw)}
    if rule.kind is ValueKind.FLAG:
        shown = {True: Answer.YES, False: Answer.NO}.get(raw)
        return {"value": forms.ChoiceField(label=label, choices=Answer.choices, initial=shown)}
    if rule.kind is ValueKind.WORD:
        told = rule.words.get("", {})
        choices = [(code, in_words(told.get(code, code))) for code in rule.options]
        return {"value": forms.ChoiceField(label=label, choices=choices, initial=raw)}
    if rule.kind is ValueKind.ROWS:
        return {"value": _lines_field(rule, raw)}
    return _norm_fields(raw or {})


def _share_field(label: Any, raw: Any) -> forms.CharField:
    help_text = _("A percentage (85%), a number (0,85) or a fraction (2/3).")
    return forms.CharField(
        label=label, max_length=20, initial=_as_percent(raw), help_text=help_text
    )


def _as_percent(raw: Any) -> Any:
    """85% for what is stored as 0.85; a fraction stays one."""
    try:
        percent = Decimal(str(raw)) * 100
    except InvalidOperation:
        return raw
    return f"{percent.normalize():f}%".replace(".", ",")


def _lines_field(rule: RuleField, raw: Any) -> forms.CharField:
    head = " | ".join(str(title_of(rule, column)) for column in rule.options)
    allowed = [
        f"{title_of(rule, column)}: {', '.join(filter(None, map(str, words.values())))}."
        for column, words in words_of(rule).items()
        if column in rule.options
    ]
    return forms.CharField(
        label=_("Lines"),
        initial=as_lines(rule, [_translated(rule, row, said) for row in raw or []]),
        help_text=" ".join([f"{head}.", *allowed]),
        widget=forms.Textarea(attrs={"rows": 18}),
    )


def _translated(
    rule: RuleField, row: Mapping[str, Any], say: Callable[[str, Mapping[str, Any]], str]
) -> dict[str, Any]:
    words = words_of(rule)
    return {
        column: say(text, words[column]) if column in words else text
        for column, text in row.items()
    }


def _from_words(text: str, words: Mapping[str, Any]) -> str:
    """The stored codes for what was typed, whatever its capitals; else as typed, to be refused."""
    stored = {fold(str(shown)): word for word, shown in words.items()}
    if fold(text) in stored:
        return stored[fold(text)]
    return " ".join(stored.get(fold(part), part.strip()) for part in text.split(","))


def _read_rows(rule: RuleField, given: dict[str, Any]) -> list[dict[str, Any]]:
    return [_translated(rule, row, _from_words) for row in from_lines(rule, given["value"])]


def _norm_fields(raw: dict[str, Any]) -> dict[str, forms.Field]:
    return {
        "bound": forms.ChoiceField(
            label=_("Compared"), choices=Bound.choices, initial=raw.get("bound")
        ),
        "value": _share_field(_("Value"), raw.get("share")),
        "none_unexcused": forms.BooleanField(
            label=_("and nobody absent without a reason"),
            required=False,
            initial=raw.get("none_unexcused", False),
        ),
    }


def _share_text(text: str) -> str:
    """85% → 0.85, 0,85 → 0.85, 2/3 stays. What is none of these stays for the action to refuse."""
    plain = text.strip().replace(",", ".")
    if not plain.endswith("%"):
        return plain
    try:
        return f"{Decimal(plain[:-1].strip()) / 100:f}"
    except InvalidOperation:
        return plain


def _read_norm(rule: RuleField, given: dict[str, Any]) -> dict[str, Any]:
    norm: dict[str, Any] = {"share": _share_text(given["value"]), "bound": given["bound"]}
    return {**norm, "none_unexcused": True} if given["none_unexcused"] else norm


_READ: dict[ValueKind, Any] = {
    ValueKind.WHOLE: lambda rule, given: given["value"],
    ValueKind.SHARE: lambda rule, given: _share_text(given["value"]),
    ValueKind.FLAG: lambda rule, given: given["value"] == Answer.YES,
    ValueKind.WORD: lambda rule, given: given["value"],
    ValueKind.ROWS: _read_rows,
    ValueKind.NORM: _read_norm,
}
