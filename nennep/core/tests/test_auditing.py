import json

import pytest
from django.db import connection

from nennep.core import append_only, checkpoints, sealing
from nennep.core.auditing import Finding, Kind, verify_trail
from nennep.core.models import TrailSeal
from nennep.core.refusal import Refusal
from nennep.core.sealing import seal_lines
from nennep.core.tests.trails import by_force, numbers, write_lines

pytestmark = pytest.mark.django_db
COLUMNS = "actor_label, verb, is_look, target_type, unit_path, details, happened_at"


@pytest.fixture
def lines(monkeypatch):
    """Ten sealed lines in three seals, by their numbers."""
    monkeypatch.setattr(sealing, "LINES_A_SEAL", 4)
    write_lines(10)
    seal_lines()
    return numbers()


@pytest.fixture
def checkpoint(lines, tmp_path):
    path = tmp_path / "checkpoint.json"
    path.write_text(checkpoints.written(checkpoints.make_checkpoint()))
    return path


def findings(checkpoint=None):
    read = None if checkpoint is None else checkpoints.read_checkpoint(checkpoint)
    return verify_trail(read).findings


def test_a_sound_trail_has_no_findings_and_says_what_is_not_sealed(lines, checkpoint):
    write_lines(2, begin=11)

    verdict = verify_trail(checkpoints.read_checkpoint(checkpoint))

    assert verdict.findings == []
    assert (verdict.lines, verdict.seals, verdict.unsealed) == (10, 3, 2)


def test_an_edited_line_is_named(lines):
    by_force(f"UPDATE core_trailline SET actor_label = 'Không phải tôi' WHERE id = {lines[5]}")

    assert findings() == [Finding(Kind.ALTERED, line=lines[5])]


def test_a_deleted_line_is_named(lines):
    by_force(f"DELETE FROM core_trailline WHERE id = {lines[5]}")

    assert findings() == [Finding(Kind.DELETED, line=lines[5])]


def test_a_line_put_in_the_place_of_a_deleted_one_is_named(lines):
    by_force(
        f"DELETE FROM core_trailline WHERE id = {lines[5]}",
        f"INSERT INTO core_trailline (id, {COLUMNS})"
        f" SELECT {lines[5]}, {COLUMNS} FROM core_trailline WHERE id = {lines[0]}",
    )

    assert [finding.line for finding in findings()] == [lines[5]]


def test_an_inserted_line_is_named():
    write_lines(1)
    by_force("UPDATE core_trailline SET id = 5")
    seal_lines()
    by_force(f"INSERT INTO core_trailline (id, {COLUMNS}) SELECT 3, {COLUMNS} FROM core_trailline")

    assert findings() == [Finding(Kind.INSERTED, line=3)]


def test_lines_that_changed_places_are_named_with_each_other(lines):
    """Even across seals."""
    swap = "UPDATE core_trailline SET id = {} WHERE id = {}"
    a, b, aside = lines[1], lines[8], 10**9
    by_force(swap.format(aside, a), swap.format(a, b), swap.format(b, aside))

    found = [f for f in findings() if f.kind != Kind.CUT_OFF]
    assert found == [Finding(Kind.MOVED, line=a, other=b), Finding(Kind.MOVED, line=b, other=a)]


def test_lines_cut_off_the_end_are_named(lines):
    by_force(f"DELETE FROM core_trailline WHERE id > {lines[7]}")

    assert findings() == [Finding(Kind.DELETED, line=line) for line in lines[8:]]


def test_lines_cut_off_with_their_seals_are_known_to_the_checkpoint(lines, checkpoint):
    by_force(
        f"DELETE FROM core_trailline WHERE id > {lines[7]}",
        "DELETE FROM core_trailseal WHERE number = 3",
    )

    assert Finding(Kind.CUT_OFF, seal=3, line=lines[9]) in findings(checkpoint)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL leaves gaps by itself")
def test_on_sqlite_lines_cut_off_before_they_were_sealed_are_noticed_too(lines):
    write_lines(2, begin=11)
    by_force(f"DELETE FROM core_trailline WHERE id > {lines[9]}")

    assert findings() == [Finding(Kind.CUT_OFF, line=lines[9] + 1)]


def test_a_trail_rewritten_with_all_its_seals_is_known_to_the_checkpoint_alone(lines, checkpoint):
    by_force(
        f"UPDATE core_trailline SET actor_label = 'Không phải tôi' WHERE id = {lines[5]}",
        "DELETE FROM core_trailseal",
    )
    seal_lines()

    assert findings() == []
    assert findings(checkpoint) == [Finding(Kind.REWRITTEN, seal=3)]


def test_a_seal_that_was_changed_or_taken_out_is_named(lines):
    by_force("UPDATE core_trailseal SET sealed_at = '2020-01-01 00:00:00' WHERE number = 2")
    assert findings() == [Finding(Kind.BROKEN_SEAL, seal=2)]

    by_force("DELETE FROM core_trailseal WHERE number = 2")
    assert findings() == [Finding(Kind.MISSING_SEAL, seal=2)]


def test_a_seal_made_again_over_changed_lines_breaks_the_one_behind_it(lines):
    by_force(f"UPDATE core_trailline SET verb = 'x' WHERE id = {lines[5]}")
    seal = TrailSeal.objects.get(number=2)
    between = sealing.TrailLine.objects.filter(id__range=(seal.first_line, seal.last_line))
    seal.marks = sealing.packed(sealing.marks_of(between))
    seal.digest = sealing.digest_of(seal)
    append_only.remove()
    seal.save()
    append_only.install()

    assert findings() == [Finding(Kind.BROKEN_SEAL, seal=3)]


def test_a_missing_trigger_is_a_finding(lines):
    append_only.remove()

    assert {finding.kind for finding in findings()} == {Kind.UNGUARDED}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('"seal": 3', '"seal": 2'), "ký"),
        (lambda text: text.replace("checkpoint-1", "checkpoint-9"), "bản đối chứng"),
        (lambda text: text[:40], "bản đối chứng"),
        (lambda text: json.dumps([text]), "bản đối chứng"),
    ],
)
def test_a_checkpoint_that_was_touched_is_refused(checkpoint, change, says):
    checkpoint.write_text(change(checkpoint.read_text()))

    with pytest.raises(Refusal, match=says):
        checkpoints.read_checkpoint(checkpoint)


def test_a_checkpoint_of_an_empty_trail_agrees_with_any(tmp_path):
    path = tmp_path / "checkpoint.json"
    path.write_text(checkpoints.written(checkpoints.make_checkpoint()))
    write_lines(2)
    seal_lines()

    assert findings(path) == []
