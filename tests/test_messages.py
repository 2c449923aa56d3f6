"""Vietnamese is complete: no text of the program reaches a person untranslated or half translated."""

import ast
import re
import string
from collections.abc import Iterator

import polib
import pytest

from nennep.config.catalogue import VIETNAMESE, gaps_of
from tests.machine import ROOT

pytestmark = pytest.mark.skipif(not (ROOT / VIETNAMESE).exists(), reason="no messages yet")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ROOT / VIETNAMESE))


def test_no_message_is_empty_or_doubtful(catalogue):
    assert list(gaps_of(catalogue)) == []


def test_every_text_of_the_code_stands_in_the_catalogue(catalogue):
    """What is called by a name the gatherer does not know, or inside an f-string, it does not see."""
    known = {entry.msgid for entry in catalogue}
    missing = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / "nennep").rglob("*.py"))
        if "tests" not in path.parts
        for line, text in _marked(ast.parse(path.read_text()))
        if text not in known
    ]

    assert missing == []


def _marked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The literals given to gettext, by whatever name a module imports it."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.startswith("gettext")
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            for given in node.args[:1]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield node.lineno, given.value


def test_what_is_filled_in_is_the_same_in_both_languages(catalogue):
    places = re.compile(r"%\(\w+\)[sd]")
    different = [
        entry.msgid
        for entry in catalogue
        if not entry.msgid_plural
        and sorted(places.findall(entry.msgid)) != sorted(places.findall(entry.msgstr))
    ]

    assert different == []


def test_a_message_is_not_left_in_english(catalogue):
    """A Vietnamese sentence of several words carries at least one letter that English has not."""
    ascii_only = [
        entry.msgid
        for entry in catalogue
        if len(entry.msgstr.split()) > 4 and set(entry.msgstr) <= set(string.printable)
    ]

    assert ascii_only == []
