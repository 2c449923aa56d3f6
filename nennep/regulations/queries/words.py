"""How the codes of a rule are said to people: those of its app, and those all lists of steps share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from nennep.regulations.choices import CELL_LABELS, COLUMN_LABELS
from nennep.regulations.rules import RuleField


def words_of(rule: RuleField) -> Mapping[str, Mapping[str, Any]]:
    """By column, how each code is said."""
    return {
        column: {code: in_words(label) for code, label in labels.items()}
        for column, labels in {**CELL_LABELS, **rule.words}.items()
    }


def in_words(label: Any) -> str:
    """Rules mark what they say without translating it; labels of choices are translated already."""
    written = str(label)
    return _(written) if written else ""


def title_of(rule: RuleField, column: str) -> str:
    return in_words(rule.titles.get(column) or COLUMN_LABELS.get(column, column))


def said(text: str, words: Mapping[str, Any]) -> str:
    """In words; several codes parted by spaces are parted by commas."""
    if text in words:
        return in_words(words[text])
    parts = text.split()
    known = bool(parts) and all(part in words for part in parts)
    return ", ".join(in_words(words[part]) for part in parts) if known else text


def line_in_words(rule: RuleField, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a line is about, and what is said of it; what is not said is left out.

    Only what has words or a title of its own is shown beside the first thing.
    """
    words = words_of(rule)
    told = {
        column: said(str(text), words[column]) if column in words else str(text)
        for column, text in row.items()
        if text
    }
    first = "title" if "title" in told else next(iter(rule.options))
    shown = [column for column in told if column in words or column in rule.titles]
    facts = [(title_of(rule, column), told[column]) for column in shown if column != first]
    return {"title": told.get(first, ""), "facts": facts}
