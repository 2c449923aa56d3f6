"""The trail speaks in words: every verb that is recorded has a label, and every detail a name."""

import ast
from collections.abc import Iterator

from nennep.accounts.choices import TRAIL_DETAILS
from nennep.core import trail
from tests.machine import ROOT

RECORDERS = {"record", "record_look", "told"}
NOT_DETAILS = {"by", "since", None}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "nennep").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in RECORDERS and any(word.arg == "by" for word in node.keywords):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_detail_has_a_name():
    nameless = {
        f"{where} {word.arg}"
        for where, call in _calls()
        for word in call.keywords
        if word.arg not in NOT_DETAILS | set(TRAIL_DETAILS)
    }

    assert nameless == set()


def test_every_verb_has_a_label():
    verbs = {
        call.args[0].value: where
        for where, call in _calls()
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    unlabelled = {
        f"{where} {verb}" for verb, where in verbs.items() if trail.label_of(verb) == verb
    }

    assert len(verbs) > 50
    assert unlabelled == set()
