"""Input of a score sheet: its head, one criterion with its ladder, and where and when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nennep.quality.choices import Condition, LeftOut, MeetingClass, SheetKind, Waived
from nennep.quality.forms.scoring import PointsField
from nennep.quality.queries.filled import number_of
from nennep.quality.queries.words import points_words
from nennep.quality.rules.drafting import cut_offs
from nennep.quality.rules.facts import FACTS, FactKind
from nennep.quality.rules.sheets import BadSheet, Criterion, Demand, parse_sheet
from nennep.regulations.choices import Mark
from nennep.regulations.models import Basis
from nennep.ui.form_fields import ToldChoiceField, day_field

RUNGS, CONDITIONS = 8, 2
SIDES = {True: "≥", False: "≤"}


class BeginForm(forms.Form):
    """What a draft begins from: `blank`, `example-<code>` or `rule-<public id>`."""

    start = forms.CharField(max_length=60)
    kind = forms.ChoiceField(choices=SheetKind.choices, required=False)


class HeadForm(forms.Form):
    """Title, total and cut-offs."""

    title = forms.CharField(label=_("Title of the sheet"), max_length=200)
    has_points = forms.BooleanField(label=_("The criteria have points"), required=False)
    total = PointsField(label=_("Total of points"), required=False)
    left_out = forms.ChoiceField(
        label=_("When a criterion is not asked of a meeting"), choices=LeftOut.choices
    )

    def __init__(self, data: Any = None, *, content: Mapping[str, Any]) -> None:
        self.content = content
        least = {row.get("class"): row.get("from") for row in content.get("classes", ())}
        gates = {row.get("class"): row.get("criteria", ()) for row in content.get("gates", ())}
        initial = {
            "title": content.get("title", ""),
            "has_points": content.get("has_points", True),
            "total": content.get("total", ""),
            "left_out": content.get("left_out", LeftOut.KEEP),
            **{f"least-{klass}": least.get(klass, "") for klass in MeetingClass.values},
            "gate": ", ".join(gates.get(MeetingClass.GOOD, ())),
        }
        super().__init__(data, initial=initial)
        for klass in MeetingClass:
            label = gettext("%(class)s from … points") % {"class": klass.label}
            self.fields[f"least-{klass.value}"] = PointsField(label=label, required=False)
        self.fields["gate"] = forms.CharField(
            label=gettext("Full points needed for the class “%(class)s”")
            % {"class": MeetingClass.GOOD.label},
            required=False,
            max_length=200,
            help_text=_("Numbers of criteria, parted by commas; else the class below is given."),
        )

    @property
    def head(self) -> dict[str, Any]:
        """As it is stored. Gates of other classes, which this page does not show, stay."""
        given = self.cleaned_data
        least = {k: number_of(given[f"least-{k}"]) for k in MeetingClass.values}
        codes = [code.strip() for code in given["gate"].split(",") if code.strip()]
        others = [g for g in self.content.get("gates", ()) if g.get("class") != MeetingClass.GOOD]
        own = [{"class": MeetingClass.GOOD.value, "criteria": codes}] if codes else []
        has_points = given["has_points"]
        return {
            "title": given["title"].strip(),
            "has_points": has_points,
            "total": number_of(given["total"]) if has_points else None,
            "left_out": given["left_out"],
            "classes": cut_offs(least) if has_points else [],
            "gates": [*own, *others] if has_points else [],
        }


class CriterionForm(forms.Form):
    """One criterion. Its rungs stand from the best to the worst; the last one may take the rest."""

    code = forms.CharField(label=_("Number"), max_length=12, help_text=_("For example 3 or 3.1."))
    title = forms.CharField(
        label=_("Criterion"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_heading = forms.BooleanField(
        label=_("A heading of the criteria below it, without points of its own"), required=False
    )
    max = PointsField(label=_("Maximum"), required=False)
    only = forms.ChoiceField(label=_("Asked"), choices=Condition.choices, required=False)
    waived = forms.ChoiceField(label=_("Where it is not asked"), choices=Waived.choices)
    is_bonus = forms.BooleanField(label=_("Bonus points"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, raw: Mapping[str, Any] | None = None, has_points: bool = True
    ) -> None:
        self.raw = dict(raw or {})
        self.has_points = has_points
        criterion = _read(self.raw)
        super().__init__(data, initial=_initial(criterion) if criterion else self.raw)
        facts = [("", "–"), *((fact.code, gettext(fact.label)) for fact in FACTS.values())]
        self.fields["shows"] = forms.MultipleChoiceField(
            label=gettext("Facts to show beside it"),
            choices=facts[1:],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=list(criterion.shows) if criterion else [],
        )
        for number in range(RUNGS if has_points else 0):
            self._add_rung(number, facts)
        if not has_points:
            self._add_conditions("n", facts)
            self.fields["is_decided"] = forms.BooleanField(
                label=gettext("These facts are all that the criterion asks"), required=False
            )
            del self.fields["max"], self.fields["is_bonus"]

    def _add_rung(self, number: int, facts: list[tuple[str, str]]) -> None:
        self.fields[f"o{number}-points"] = PointsField(label=gettext("Points"), required=False)
        self.fields[f"o{number}-title"] = forms.CharField(
            label=gettext("In words"), max_length=200, required=False
        )
        self._add_conditions(f"o{number}", facts)

    def _add_conditions(self, prefix: str, facts: list[tuple[str, str]]) -> None:
        for place in range(CONDITIONS):
            self.fields[f"{prefix}-fact{place}"] = forms.ChoiceField(
                label=gettext("Fact"), choices=facts, required=False
            )
            self.fields[f"{prefix}-value{place}"] = forms.CharField(
                label=gettext("at least as good as"), max_length=12, required=False
            )

    @property
    def rungs(self) -> list[dict[str, Any]]:
        """The fields of each rung, for the page; empty ones after the last that is used."""
        found = []
        for number in range(RUNGS if self.has_points else 0):
            conditions = [
                (self[f"o{number}-fact{place}"], self[f"o{number}-value{place}"])
                for place in range(CONDITIONS)
            ]
            points, title = self[f"o{number}-points"], self[f"o{number}-title"]
            is_used = bool(points.value() not in {None, ""} or title.value())
            found.append(
                {
                    "number": number + 1,
                    "points": points,
                    "title": title,
                    "conditions": conditions,
                    "is_used": is_used,
                }
            )
        return found

    @property
    def need_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        if self.has_points:
            return []
        return [(self[f"n-fact{place}"], self[f"n-value{place}"]) for place in range(CONDITIONS)]

    @property
    def criterion(self) -> dict[str, Any]:
        """As it is stored. What this page does not show of a copied criterion stays."""
        given = self.cleaned_data
        kept = {k: v for k, v in self.raw.items() if k in {"mark", "needs", "is_decided"}}
        stored: dict[str, Any] = kept | {
            name: given[name] for name in ("code", "title", "is_heading", "note") if given[name]
        }
        stored |= {"only": given["only"], "waived": given["waived"], "shows": given["shows"]}
        if self.has_points and not given["is_heading"]:
            stored["max"] = number_of(given["max"])
            stored["is_bonus"] = given["is_bonus"]
            if options := list(self._options()):
                stored["options"] = options
                stored.pop("needs", None)
        elif not self.has_points:
            stored["needs"] = list(self._demands("n"))
            stored["is_decided"] = given["is_decided"]
        return stored

    def _options(self) -> Iterator[dict[str, Any]]:
        for number in range(RUNGS):
            points = self.cleaned_data[f"o{number}-points"]
            title = self.cleaned_data[f"o{number}-title"].strip()
            if points is None and not title:
                continue
            option: dict[str, Any] = {"title": title, "when": list(self._demands(f"o{number}"))}
            if points is not None:
                option["points"] = number_of(points)
            yield option

    def _demands(self, prefix: str) -> Iterator[str]:
        for place in range(CONDITIONS):
            code = self.cleaned_data[f"{prefix}-fact{place}"]
            value = self.cleaned_data[f"{prefix}-value{place}"]
            if code:
                yield f"{code} {_side(code, value)} {_bare(code, value)}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in [n for n in self.fields if "-value" in n]:
            fact = given.get(name.replace("-value", "-fact"))
            if fact and (problem := _problem_with(fact, given.get(name, ""))):
                self.add_error(name, problem)
        return given


def _read(raw: Mapping[str, Any]) -> Criterion | None:
    try:
        return parse_sheet({"criteria": [raw]}).criteria[0] if raw else None
    except BadSheet:
        return None


def _initial(criterion: Criterion) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "code": criterion.code,
        "title": criterion.title,
        "is_heading": criterion.is_heading,
        "max": points_words(criterion.max) if criterion.max is not None else "",
        "only": criterion.only,
        "waived": criterion.waived,
        "is_bonus": criterion.is_bonus,
        "note": criterion.note,
        "is_decided": criterion.is_decided,
    }
    for number, option in enumerate(criterion.options[:RUNGS]):
        shown = points_words(option.points) if option.points is not None else ""
        initial |= {f"o{number}-points": shown, f"o{number}-title": option.title}
        initial |= _conditions(f"o{number}", option.tests)
    return initial | _conditions("n", criterion.needs)


def _conditions(prefix: str, demands: tuple[Demand, ...]) -> dict[str, Any]:
    found = {}
    for place, demand in enumerate(demands[:CONDITIONS]):
        found[f"{prefix}-fact{place}"] = demand.fact
        found[f"{prefix}-value{place}"] = _written(demand)
    return found


def _written(demand: Demand) -> str:
    """As people write it: 90%, 15, yes; stricter ones with their sign."""
    kind = FACTS[demand.fact].kind
    sign = demand.sign if demand.is_strict else ""
    if kind is FactKind.FLAG:
        return ""
    if kind is FactKind.SHARE:
        return f"{sign}{points_words(demand.value * 100)}%"
    return f"{sign}{points_words(demand.value)}"


def _side(code: str, value: str) -> str:
    more = FACTS[code].more_is_better
    if value.strip()[:1] in {">", "<"}:
        return ">" if more else "<"
    return SIDES[more]


def _bare(code: str, value: str) -> str:
    """The number alone. A yes-or-no fact needs none."""
    bare = value.strip().lstrip("<>≥≤ ").replace(",", ".")
    return bare or "1"


def _problem_with(code: str, value: str) -> str | None:
    """A share is a percentage: 90 of it would be ninety times the whole."""
    kind = FACTS[code].kind
    if not value.strip():
        return None if kind is FactKind.FLAG else gettext("Write a number, such as 90% or 15.")
    bare = _bare(code, value)
    try:
        number = Fraction(bare.rstrip("%"))
    except (ValueError, ZeroDivisionError):
        return gettext("Write a number, such as 90% or 15.")
    if kind is FactKind.SHARE and number > 1 and not bare.endswith("%"):
        return gettext("This fact is a share: write it in percent, such as 90%.")
    return None


class EntryForm(forms.Form):
    """Where and from when the sheet holds, and what it rests on."""

    place = forms.CharField(
        label=_("Code of the unit"),
        max_length=20,
        help_text=_("It holds for this unit and all below it."),
    )
    since = day_field(_("From"))
    basis = ToldChoiceField(
        label=_("Document"), queryset=Basis.objects.order_by("symbol", "issued_on")
    )
    clause = forms.CharField(label=_("Clause"), max_length=200)
    mark = forms.ChoiceField(
        label=_("Certainty"),
        choices=[choice for choice in Mark.choices if choice[0] != Mark.NOT_FOUND],
        initial=Mark.CERTAIN,
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class YearForm(forms.Form):
    """The rule of a year or half-year: what a class needs, class by class."""

    key = forms.ChoiceField(
        label=_("Period"), choices=[("year", _("the year")), ("half_year", _("the half-year"))]
    )
    title = forms.CharField(label=_("Title of the rule"), max_length=200)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for klass in YEAR_CLASSES:
            for name, field in _year_fields().items():
                self.fields[f"{klass}-{name}"] = field

    @property
    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (str(MeetingClass(klass).label), [self[f"{klass}-{name}"] for name in _year_fields()])
            for klass in YEAR_CLASSES
        ]

    @property
    def rule(self) -> dict[str, Any]:
        classes = [row for klass in YEAR_CLASSES if (row := self._row(klass))]
        return {"title": self.cleaned_data["title"].strip(), "classes": classes}

    def _row(self, klass: str) -> dict[str, Any] | None:
        given = {name: self.cleaned_data[f"{klass}-{name}"] for name in _year_fields()}
        if not any(given.values()):
            return None
        row: dict[str, Any] = {"class": klass}
        if given["average"] is not None:
            row["average"] = number_of(given["average"])
        if given["good"]:
            row["at_least"] = {MeetingClass.GOOD.value: given["good"]}
        row |= {name: given[name] for name in ("none_of", "every_month") if given[name]}
        return row | {name: True for name in ("all_regular", "all_thematic") if given[name]}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.rule["classes"]:
            self.add_error(None, gettext("Say of at least one class what it needs."))
        return given


YEAR_CLASSES = (MeetingClass.GOOD.value, MeetingClass.FAIR.value, MeetingClass.MEDIUM.value)


def _year_fields() -> dict[str, forms.Field]:
    return {
        "average": PointsField(label=_("Average of at least … points"), required=False),
        "good": forms.IntegerField(
            label=_("Months classed good, at least"), min_value=0, max_value=12, required=False
        ),
        "none_of": forms.MultipleChoiceField(
            label=_("No month classed"),
            choices=MeetingClass.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        "every_month": forms.ChoiceField(
            label=_("Every month at least"),
            choices=[("", "–"), *MeetingClass.choices],
            required=False,
        ),
        "all_regular": forms.BooleanField(label=_("Every regular meeting held"), required=False),
        "all_thematic": forms.BooleanField(label=_("Every thematic meeting held"), required=False),
    }
