"""Which rule holds where and when, where it comes from, and which days are working days."""

from nennep.regulations.queries.book import RuleBook
from nennep.regulations.queries.calendar import (
    add_working_days,
    days_off,
    holiday_name,
    holidays_of,
    is_working_day,
)
from nennep.regulations.queries.listing import (
    RuleGroup,
    RuleRow,
    bases_listed,
    confirmed_counts,
    known_keys,
    known_rule,
    overrides_of,
    page_of,
    past_of,
    rows_of,
    rule_label,
    rule_labels,
    rules_listed,
    shown_value,
    value_lines,
)
from nennep.regulations.queries.places import (
    may_manage,
    register_scope_finder,
    register_scope_names,
    scope_names,
    scope_of,
)
from nennep.regulations.queries.presets import (
    PresetSet,
    PresetValue,
    preset_bases,
    preset_sets,
    register_presets,
    set_names,
)
from nennep.regulations.queries.registers import document_page_of, register_document_page
from nennep.regulations.queries.succession import forerunners

__all__ = [
    "PresetSet",
    "PresetValue",
    "RuleBook",
    "RuleGroup",
    "RuleRow",
    "add_working_days",
    "bases_listed",
    "confirmed_counts",
    "days_off",
    "document_page_of",
    "forerunners",
    "holiday_name",
    "holidays_of",
    "is_working_day",
    "known_keys",
    "known_rule",
    "may_manage",
    "overrides_of",
    "page_of",
    "past_of",
    "preset_bases",
    "preset_sets",
    "register_document_page",
    "register_presets",
    "register_scope_finder",
    "register_scope_names",
    "rows_of",
    "rule_label",
    "rule_labels",
    "rules_listed",
    "scope_names",
    "scope_of",
    "set_names",
    "shown_value",
    "value_lines",
]
