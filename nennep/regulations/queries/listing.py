"""Rules as the pages show them: in words, by set, with their past."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nennep.core.person import Person
from nennep.core.text import vn_percent
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.queries.places import scope_names
from nennep.regulations.queries.presets import set_names
from nennep.regulations.queries.words import line_in_words, said
from nennep.regulations.rules import (
    BOUNDS,
    CRITERIA,
    TARGETS,
    RuleField,
    ValueKind,
    known_rules,
)

ENTERED_HERE = ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One value as people read it."""

    record: RuleValue
    label: str
    shown: str
    place: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rows of one rule set."""

    name: str
    rows: list[RuleRow]


def rule_label(key: str) -> str:
    """What the rule is called, in the reader's language; the key itself where nobody knows it."""
    rule = known_rules().get(key)
    if rule is None:
        return key
    label = _(rule.label) if rule.label else key
    if key.startswith(f"{TARGETS}."):
        return _("Target: %(label)s") % {"label": label}
    if key.startswith(f"{CRITERIA}."):
        return _("Criterion: %(label)s") % {"label": label}
    return label


def known_keys() -> frozenset[str]:
    """The keys of all rules that some app asks for."""
    return frozenset(known_rules())


def known_rule(key: str) -> RuleField:
    """The rule of a key. KeyError where no app knows it."""
    return known_rules()[key]


def rule_labels() -> list[tuple[str, str]]:
    """Every known rule with its label, for a filter."""
    return [(key, rule_label(key)) for key in known_rules()]


def shown_value(key: str, raw: Any) -> str:
    """A value in words: "90 minutes", "85%", "yes", "16 lines"."""
    rule = known_rules().get(key)
    if rule is None or rule.problem_with(raw) is not None:
        return str(raw)
    return _SHOWN[rule.kind](rule, raw)


def value_lines(key: str, raw: Any) -> list[dict[str, Any]]:
    """The lines of a list in words; nothing for a single value."""
    rule = known_rules().get(key)
    if rule is None or rule.kind is not ValueKind.ROWS or not isinstance(raw, list):
        return []
    return [line_in_words(rule, row) for row in raw]


def page_of(value: RuleValue) -> str:
    """The name of the page on which its app shows a whole sheet; "" for other values."""
    rule = known_rules().get(value.key)
    return rule.page if rule else ""


def rows_of(values: Iterable[RuleValue]) -> list[RuleRow]:
    """Values with their words and the name of the place they hold for."""
    records = list(values)
    names = scope_names(record.scope_path for record in records)
    return [
        RuleRow(
            record=record,
            label=rule_label(record.key),
            shown=shown_value(record.key, record.value),
            place=names.get(record.scope_path, record.scope_path),
        )
        for record in records
    ]


def rules_listed(
    person: Person,
    *,
    rule_set: str | None = None,
    key: str = "",
    day: date | None = None,
    unconfirmed: bool = False,
) -> list[RuleGroup]:
    """What a person may see of the rules: the newest rule set first, what was entered here last."""
    values = RuleValue.objects.visible_to(person).select_related("basis")
    if rule_set is not None:
        values = values.filter(rule_set=rule_set)
    if key:
        values = values.filter(key=key)
    if day:
        values = values.valid_on(day)
    if unconfirmed:
        values = values.unconfirmed()
    names = {**set_names(), ENTERED_HERE: _("Entered in this installation")}
    ordered = _in_order_of(values, [*reversed(set_names()), ENTERED_HERE])
    return [
        RuleGroup(names.get(code, code), list(rows))
        for code, rows in groupby(rows_of(ordered), key=lambda row: row.record.rule_set)
    ]


def _in_order_of(
    values: QuerySet[RuleValue, RuleValue], codes: list[str]
) -> QuerySet[RuleValue, RuleValue]:
    """Rule sets in their own order; inside, rules in the order they are declared."""
    keys = list(known_rules())
    return values.annotate(
        set_place=Case(
            *(When(rule_set=code, then=Value(place)) for place, code in enumerate(codes)),
            default=Value(len(codes)),
            output_field=IntegerField(),
        ),
        key_place=Case(
            *(When(key=key, then=Value(place)) for place, key in enumerate(keys)),
            default=Value(len(keys)),
            output_field=IntegerField(),
        ),
    ).order_by("set_place", "rule_set", "key_place", "scope_path", "valid_from", "id")


def confirmed_counts(person: Person) -> tuple[int, int]:
    """How many of the values a person sees were checked against the original, of how many."""
    counts = RuleValue.objects.visible_to(person).aggregate(
        confirmed=Count("confirmed_at"), total=Count("pk")
    )
    return counts["confirmed"], counts["total"]


def past_of(value: RuleValue) -> list[RuleRow]:
    """Every value this rule has had at this place, newest first."""
    return rows_of(
        RuleValue.objects.of(value.key, value.scope_path)
        .select_related("basis", "entered_by", "confirmed_by")
        .reverse()
    )


def overrides_of(value: RuleValue, person: Person) -> list[RuleRow]:
    """The same rule elsewhere in the tree: who has a value of their own."""
    return rows_of(
        RuleValue.objects.visible_to(person)
        .filter(key=value.key)
        .exclude(scope_path=value.scope_path)
        .select_related("basis")
    )


def bases_listed() -> QuerySet[Basis, Basis]:
    """All bases by their symbols; of two with one symbol the older first."""
    return Basis.objects.select_related("replaced_by").order_by("symbol", "issued_on", "id")


def _shown_whole(rule: RuleField, raw: int) -> str:
    return _(rule.measure) % {"number": raw} if rule.measure else str(raw)


def _shown_share(rule: RuleField, raw: str) -> str:
    return raw if "/" in raw else vn_percent(Fraction(raw))


def _shown_flag(rule: RuleField, raw: bool) -> str:  # noqa: FBT001 -- one of a table of readers
    return pgettext("a rule asks it", "yes") if raw else pgettext("a rule asks it", "no")


def _shown_word(rule: RuleField, raw: str) -> str:
    return f"{_side(raw)} ({raw})" if raw in BOUNDS else said(raw, rule.words.get("", {}))


def _side(bound: str) -> str:
    return {"≥": _("at least"), ">": _("more than"), "≤": _("at most"), "=": _("exactly")}[bound]


def _shown_rows(rule: RuleField, raw: list[Any]) -> str:
    measure = _(rule.measure) if rule.measure else _("%(number)s entries")
    return measure % {"number": len(raw)}


def _shown_norm(rule: RuleField, raw: Mapping[str, Any]) -> str:
    share = vn_percent(Fraction(raw["share"]))
    bound = "" if raw["bound"] == "=" else f"{_side(raw['bound'])} "
    text = f"{bound}{share}"
    if raw.get("none_unexcused"):
        return _("%(share)s, nobody absent without a reason") % {"share": text}
    return text


def _shown_sheet(rule: RuleField, raw: Mapping[str, Any]) -> str:
    return str(raw.get("title", ""))


_SHOWN: dict[ValueKind, Callable[[RuleField, Any], str]] = {
    ValueKind.WHOLE: _shown_whole,
    ValueKind.SHARE: _shown_share,
    ValueKind.FLAG: _shown_flag,
    ValueKind.WORD: _shown_word,
    ValueKind.ROWS: _shown_rows,
    ValueKind.NORM: _shown_norm,
    ValueKind.SHEET: _shown_sheet,
}
