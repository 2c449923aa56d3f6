"""Vietnamese is complete: no text of the program reaches a person untranslated or half translated."""

import re
import string

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
