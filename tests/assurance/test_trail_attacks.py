"""G8: the record cannot be changed unseen, not even by somebody who owns the database.

Beneath the product, past its triggers, the trail of a real installation is edited, a line deleted,
one inserted, two exchanged, the end cut off, everything rewritten and sealed again. Each time
`nennep audit verify` is asked, with a checkpoint that was carried away before.
"""

import sys

import pytest

pytestmark = pytest.mark.assure

LINES = 12
COLUMNS = "actor_label, verb, is_look, target_type, unit_path, details, happened_at"
COPY = f"INSERT INTO core_trailline (id, {COLUMNS}) SELECT {{}}, {COLUMNS} FROM core_trailline"
ASIDE = 10**9


def edit(lines):
    return [f"UPDATE core_trailline SET actor_label = 'Người khác' WHERE id = {lines[4]}"]


def delete(lines):
    return [f"DELETE FROM core_trailline WHERE id = {lines[4]}"]


def insert(lines):
    """Under a number that no seal has."""
    return [COPY.format(0) + f" WHERE id = {lines[4]}"]


def reorder(lines):
    return [
        f"UPDATE core_trailline SET id = {new} WHERE id = {old}"
        for old, new in ((lines[2], ASIDE), (lines[8], lines[2]), (ASIDE, lines[8]))
    ]


def truncate(lines):
    """With the seal that covered them."""
    return [
        f"DELETE FROM core_trailline WHERE id > {lines[5]}",
        "DELETE FROM core_trailseal",
    ]


def rewrite(lines):
    return [*edit(lines), "DELETE FROM core_trailseal"]


ATTACKS = {
    edit: "Dòng {4}: nội dung đã bị sửa",
    delete: "Dòng {4}: đã bị xóa",
    insert: "Dòng 0: được chèn",
    reorder: "Dòng {2}: mang nội dung của dòng {8}",
    truncate: "đến dòng {11}: phần cuối đã bị cắt",
    rewrite: "nhật ký đã bị viết lại",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_what_is_done_to_the_trail_beneath_the_product_is_found(
    installation, tmp_path, attack, capsys
):
    lines = installation.ask(f"write_trail({LINES})")
    kept = str(tmp_path / "outside.json")
    assert installation.run("audit", "checkpoint", "--out", kept).returncode == 0
    assert installation.run("audit", "verify", "--checkpoint", kept).returncode == 0

    installation.ask("drop_triggers()")
    installation.sql(*attack(lines))
    installation.run("migrate", "--verbosity", "0")  # the triggers stand again, as if nothing was
    if attack is rewrite:
        assert installation.run("audit", "seal").returncode == 0
        assert installation.run("audit", "verify").returncode == 0

    answer = installation.run("audit", "verify", "--checkpoint", kept)

    with capsys.disabled():
        sys.stdout.write(f"\nG8 {attack.__name__}: {answer.stderr.splitlines()[-1]}\n")
    assert answer.returncode == 1
    assert ATTACKS[attack].format(*lines) in answer.stderr
