"""G5: what you may not see cannot change what you see.

Every page that answers GET, as every role: fetched, then rows outside the person's subtree are
added, changed and removed, then fetched again. The two answers are byte for byte the same, the
CSRF token apart; the clock stands still.
"""

import re
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import transaction
from django.urls import reverse

from nennep.accounts.choices import CELL_ROLES, Role
from nennep.accounts.rules import one_time
from nennep.core import clock
from nennep.library.actions import rebuild as index_anew
from tests.samples import Address, addresses
from tests.test_permission_matrix import NOT_TAKEN, READS_CONTENT, holds
from tests.world import TODAY, Someone, World, at, disturb

OUTSIDE_A_CELL = ["OWN-2", "BESIDE", "BESIDE-1", "FAR", "FAR-1"]
OUTSIDE_A_COMMITTEE = ["BESIDE", "BESIDE-1", "FAR", "FAR-1"]
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")
NOW = at(TODAY, 9, 30)
READ_AS_TEXT = ("text/", "application/json", "application/manifest")
TAKEN = 200
PARTS = 3  # of the addresses, so that they can be fetched side by side
NOTHING = (0, b"")
Key = tuple[str, str, bool, str]


@pytest.fixture
def world(db) -> Iterator[World]:
    with (
        mock.patch.object(clock, "now", return_value=NOW),
        # What a page shows that is drawn by lot is the same each time.
        mock.patch.object(one_time, "new_secret", return_value=b"0" * one_time.SECRET),
    ):
        world = World()
        index_anew(by=world.clerk)
        yield world


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_cell_sees_the_same_whatever_happens_elsewhere(world, part):
    people = [world.someone(role) for role in Role.values if role in CELL_ROLES]

    assert leaks(world, people, OUTSIDE_A_CELL, addresses()[part::PARTS]) == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_committee_sees_the_same_whatever_happens_elsewhere(world, part):
    people = [world.someone(role) for role in Role.values if role not in CELL_ROLES]
    people += [world.someone(role, reads_content=True) for role in READS_CONTENT]

    assert leaks(world, people, OUTSIDE_A_COMMITTEE, addresses()[part::PARTS]) == []


def leaks(
    world: World, people: list[Someone], outside: list[str], pages: list[Address]
) -> list[str]:
    """Each page whose answer changed with what its reader may not see, and the first lines of it."""
    before = seen_by(people, world, pages)
    disturb(world, outside)
    after = seen_by(people, world, pages)
    assert len(before) > len(people)
    return [
        f"{' '.join(map(str, key))}: {_difference(answer, after.get(key, NOTHING))}"
        for key, answer in before.items()
        if after.get(key, NOTHING) != answer
    ]


def seen_by(
    people: list[Someone], world: World, pages: list[Address]
) -> dict[Key, tuple[int, bytes]]:
    """Everything these people can fetch: each address, in the own unit and in those below.

    Whoever holds the verb of a page nowhere is refused by the grant alone, whatever the rows say;
    the permission matrix shows that.
    """
    seen: dict[Key, tuple[int, bytes]] = {}
    for address in pages:
        if address.policy is not None and not address.policy.is_public:
            verb = address.policy.verb
            readers = [someone for someone in people if not verb or holds(someone, verb)]
            seen |= _answers(address, readers, world)
    return seen


def _answers(address: Address, people: list[Someone], world: World) -> dict[Key, tuple[int, bytes]]:
    """Until one of them is a file: it carries the moment it was made, its figures are on a page."""
    answers: dict[Key, tuple[int, bytes]] = {}
    for someone in people:
        for side, url in _urls(address, someone, world):
            with transaction.atomic():
                answer = someone.client().get(url, address.sample.query)
                body = TOKEN.sub(b"token", b"" if answer.streaming else answer.content)
                transaction.set_rollback(True)
            is_page = answer.get("Content-Type", "").startswith(READ_AS_TEXT)
            if answer.status_code == NOT_TAKEN or (answer.status_code == TAKEN and not is_page):
                return answers
            answers[address.name, someone.role, someone.reads_content, side] = (
                answer.status_code,
                body,
            )
    return answers


def _urls(address: Address, someone: Someone, world: World) -> Iterator[tuple[str, str]]:
    sample = address.sample
    assert sample is not None, f"{address.name} has no sample in tests/samples.py"
    for side in ("own", "below") if address.parameters else ("own",):
        place = world.places.get(someone.sides.get(side, ""))
        if place is not None and (not sample.of or sample.record(place) is not None):
            yield side, reverse(address.name, kwargs=address.arguments(sample.record(place)))


def _difference(before: tuple[int, bytes], after: tuple[int, bytes]) -> str:
    """The first line that differs, so that a failure says what leaked."""
    if before[0] != after[0]:
        return f"{before[0]} became {after[0]}"
    for one, other in zip(before[1].splitlines(), after[1].splitlines(), strict=False):
        if one != other:
            return f"{one.decode().strip()[:160]} became {other.decode().strip()[:160]}"
    return f"{len(after[1]) - len(before[1])} bytes more"
