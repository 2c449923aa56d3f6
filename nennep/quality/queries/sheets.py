"""Score sheets as people read them: in force, shipped as examples, in the making."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.quality.choices import Condition, LeftOut, MeetingClass, Waived
from nennep.quality.queries.words import demand_words, points_words
from nennep.quality.rules.drafting import faults
from nennep.quality.rules.in_force import QualityRules
from nennep.quality.rules.sheets import BadSheet, Criterion, Option, Sheet, parse_sheet
from nennep.quality.rules.years import YearClass, YearRules, read_year
from nennep.regulations.choices import Mark
from nennep.regulations.models import RuleValue
from nennep.regulations.queries import RuleRow, rows_of

SHEET_KEYS = tuple(f"{QualityRules.prefix}.{n}" for n in ("sheet_regular", "sheet_thematic"))
YEAR_KEYS = tuple(f"{QualityRules.prefix}.{n}" for n in ("year", "half_year"))


@dataclass(frozen=True)
class ListedSheets:
    """Rules on quality: those in force today, those of another time."""

    now: list[RuleRow]
    others: list[RuleRow]


def sheets_listed(person: Person) -> ListedSheets:
    values = RuleValue.objects.visible_to(person).filter(key__in=[*SHEET_KEYS, *YEAR_KEYS])
    values = values.select_related("basis").order_by("key", "scope_path", "-valid_from")
    today, rows = clock.today(), rows_of(values)
    return ListedSheets(
        [row for row in rows if row.record.is_valid_on(today)],
        [row for row in rows if not row.record.is_valid_on(today)],
    )


@dataclass(frozen=True, slots=True)
class ShownOption:
    points: str
    title: str
    asks: str
    is_setting: bool


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    """A line of a sheet in words."""

    place: int
    criterion: Criterion
    max: str
    options: list[ShownOption]
    needs: str
    remarks: list[str]

    @property
    def is_setting(self) -> bool:
        return self.criterion.mark == Mark.DERIVED


@dataclass(frozen=True)
class ShownSheet:
    sheet: Sheet
    lines: list[ShownCriterion]
    classes: list[tuple[str, str]]
    gates: list[tuple[str, str]]

    @property
    def total(self) -> str:
        return points_words(self.sheet.total) if self.sheet.total is not None else ""

    @property
    def left_out(self) -> str:
        return str(LeftOut(self.sheet.left_out).label)


def shown_sheet(content: Mapping[str, Any]) -> ShownSheet | None:
    """None where what is written cannot even be read; `fault_words` say why."""
    try:
        sheet = parse_sheet(content)
    except BadSheet:
        return None
    return ShownSheet(
        sheet,
        [_shown(place, criterion, sheet) for place, criterion in enumerate(sheet.criteria)],
        [(_label(cut.klass), points_words(cut.least)) for cut in sheet.classes],
        [(_label(gate.klass), ", ".join(gate.criteria)) for gate in sheet.gates],
    )


def _label(klass: str) -> str:
    return str(MeetingClass(klass).label) if klass in MeetingClass.values else klass


def _shown(place: int, criterion: Criterion, sheet: Sheet) -> ShownCriterion:
    most = sheet.max_below(criterion) if criterion.is_heading else criterion.max
    return ShownCriterion(
        place,
        criterion,
        points_words(most) if most else "",
        [_option(option) for option in criterion.options],
        "; ".join(demand_words(each) for each in criterion.needs),
        list(_remarks(criterion)),
    )


def _option(option: Option) -> ShownOption:
    return ShownOption(
        points_words(option.points) if option.points is not None else "",
        option.title,
        "; ".join(demand_words(each) for each in option.tests) or _("otherwise"),
        option.mark == Mark.DERIVED,
    )


def _remarks(criterion: Criterion) -> Iterator[str]:
    if criterion.only != Condition.ALWAYS:
        yield str(Condition(criterion.only).label)
        yield _("elsewhere: %(what)s") % {"what": Waived(criterion.waived).label}
    if criterion.is_bonus:
        yield _("bonus")
    if criterion.note:
        yield criterion.note


@dataclass(frozen=True)
class ShownYear:
    rules: YearRules
    classes: list[tuple[str, list[str]]]


def shown_year(content: Mapping[str, Any]) -> ShownYear:
    rules = read_year(content)
    return ShownYear(rules, [(_label(each.klass), list(_asks(each))) for each in rules.classes])


def _asks(each: YearClass) -> Iterator[str]:
    if each.average is not None:
        yield _("average of at least %(points)s points") % {"points": points_words(each.average)}
    for klass, count in each.at_least.items():
        yield _("at least %(count)s months classed %(class)s") % {
            "count": count,
            "class": _label(klass),
        }
    if each.none_of:
        yield _("no month classed %(classes)s") % {
            "classes": ", ".join(_label(klass) for klass in each.none_of)
        }
    if each.every_month:
        yield _("every month %(class)s or better") % {"class": _label(each.every_month)}
    if each.all_regular:
        yield _("every regular meeting held")
    if each.all_thematic:
        yield _("every thematic meeting held")


def fault_words(content: Mapping[str, Any]) -> list[str]:
    """What is still missing or wrong in a draft, in sentences."""
    return [_fault(fault) for fault in faults(content)]


def _fault(fault: BadSheet) -> str:
    sentences = {
        "no_title": _("A title is missing."),
        "no_criteria": _("The sheet has no criterion yet."),
        "no_max": _("The maximum is missing."),
        "total_differs": _("The maxima do not add up to the total."),
        "no_total": _("The total is missing."),
        "classes": _("The cut-offs must fall from class to class, and the last must be 0."),
        "gate": _("A gate names a criterion or class that is not there."),
        "points_out_of_range": _("A rung has more points than the maximum."),
        "ladder_goes_up": _("The rungs must fall from the best to the worst."),
        "rest_before_the_end": _("Only the last rung may stand without a condition."),
        "option_without_words": _("A rung has no words."),
        "test": _("A condition cannot be read."),
        "test_side": _("A condition asks for the wrong side of its fact."),
        "number": _("Points are whole numbers or have a comma."),
        "code": _("The number must look like 3 or 3.1."),
        "code_twice": _("Two criteria have the same number."),
        "cut_off": _("A cut-off is missing."),
    }
    words = sentences.get(fault.problem, _("Something cannot be read."))
    return _("Criterion %(code)s: %(words)s") % {"code": fault.code, "words": words} if fault.code else words  # fmt: skip
