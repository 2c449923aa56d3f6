"""G4: you act only in your subtree, only while appointed.

Every address of the product, as every role, on records of one's own unit, above, beside, below
and far away, with a grant that is valid, over, not yet begun or withdrawn. What is expected
follows from the policy the view declares and the table of roles, and from nothing else.
"""

import os
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from unittest import mock

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse

from nennep.accounts import rules
from nennep.accounts.choices import Role
from nennep.core import verbs
from tests.samples import SAMPLES, Address, Reach, addresses
from tests.world import TODAY, Someone, World, at

ADDRESSES = addresses()
REFUSED = {403, 404}
NOT_TAKEN = 405
BROKEN = range(500, 600)
READS_CONTENT = (Role.OFFICER, Role.VIEWER, Role.ORGANISATION_OFFICER)


def everybody(world: World) -> list[Someone]:
    """Each role with a valid grant, and again with one that is over, to come, withdrawn."""
    present = [world.someone(role) for role in Role.values]
    readers = [world.someone(role, reads_content=True) for role in READS_CONTENT]
    others = [
        world.someone(role, reads_content=True, **times)
        for role in Role.values
        for times in (
            {"valid_to": date(2024, 6, 12)},
            {"valid_from": date(2024, 6, 14)},
            {"ended_at": at(TODAY, 0)},
        )
    ]
    at_the_top = [world.someone(role, home="CITY") for role in (Role.OFFICER, Role.ADMINISTRATOR)]
    return [*present, *readers, *at_the_top, *others]


def holds(someone: Someone, verb: str) -> bool:
    """Whether the grant gives the verb at all, wherever."""
    return someone.is_valid and rules.allows(
        someone.role, verb, reads_content=someone.reads_content
    )


def reaches(someone: Someone, verb: str, record: object, *, looks_up: bool = False) -> bool:
    """Whether the grant gives the verb on this record; `looks_up`: on what stands above, too."""
    if not holds(someone, verb):
        return False
    if someone.only is not None:
        meeting = getattr(record, "meeting", record)
        return getattr(meeting, "public_id", None) == someone.only
    path = path_of(record)
    return path.startswith(someone.unit.path) or (looks_up and someone.unit.path.startswith(path))


def path_of(record: object) -> str:
    unit = getattr(record, "unit", None)
    if unit is None and hasattr(record, "meeting"):
        unit = record.meeting.unit
    if unit is None and hasattr(record, "resolution"):
        unit = record.resolution.meeting.unit
    if unit is None and hasattr(record, "body"):
        unit = record.body.unit
    if unit is None and hasattr(record, "report"):
        unit = record.report.unit
    if unit is None and hasattr(record, "scope_path"):
        return str(record.scope_path)
    return str((unit if unit is not None else record).path)


def stands_at(someone: Someone, address: Address, record: object) -> bool:
    """Whether the grant stands at the very units of the sample, with the verb to look and to act."""
    sample, shows = address.sample, address.sample.shows or to_view(record)
    where = sample.done_at or sample.seen_at
    return (
        someone.only is None
        and holds(someone, shows)
        and someone.unit.path in {unit.path for unit in where(record)}
    )


def is_of_cell(record: object) -> bool:
    """Whether the record is a cell, or belongs to one."""
    return bool(getattr(getattr(record, "unit", record), "is_cell", False))


def to_view(record: object) -> str:
    """The verb that shows a record of this kind: what may not be seen is not acted on."""
    manager = getattr(type(record), "objects", None)
    return getattr(manager.all(), "to_view", "") if manager is not None else ""


def is_expected(address: Address, someone: Someone, record: object, method: str) -> bool:
    """Whether this person may come in here, by the declared policy and the table of roles."""
    sample, verb = address.sample, address.policy.verb
    if verb and not holds(someone, verb):
        return False
    if sample.reach is Reach.OWNER:
        return False
    if sample.reach is Reach.TOP:
        return someone.unit.parent is None
    if record is None or sample.reach is Reach.ANYONE:
        return True
    if sample.reach is Reach.HERE:
        return stands_at(someone, address, record)
    shows = sample.shows or to_view(record)
    around = sample.reach is Reach.AROUND
    asked = (verb, *sample.also, *(sample.writes if method == "POST" else ()))
    if is_of_cell(record):
        asked = (*asked, *sample.of_cells)
    acts = [v for v in asked if v and v != shows]
    return (not shows or reaches(someone, shows, record, looks_up=around)) and all(
        reaches(someone, v, record) for v in acts
    )


@pytest.mark.slow
class PermissionMatrix(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with mock.patch.dict(os.environ, NENNEP_TODAY=TODAY.isoformat()):
            cls.world = World()
            cls.people = everybody(cls.world)

    def check(self, address: Address) -> None:
        assert address.policy is not None, f"{address.name} declares no policy"
        assert address.sample is not None, f"{address.name} has no sample in tests/samples.py"
        self._nobody_comes_in_unsigned(address)
        if not address.policy.is_public:
            for someone in self.people:
                if someone.is_valid or self._would_hold(address, someone):
                    self._check_person(address, someone)

    def _would_hold(self, address: Address, someone: Someone) -> bool:
        """Whether only the days of the grant stand in the way; else a role without the verb says it all."""
        verb = address.policy.verb
        return not verb or rules.allows(someone.role, verb, reads_content=True)

    def _nobody_comes_in_unsigned(self, address: Address) -> None:
        place = next(p for p in self.world.places.values() if self._applies(address, p))
        for method, answer in self._visit(Client(), address, place):
            story = (address.name, method, answer.status_code)
            if address.policy.is_public:
                assert answer.status_code not in BROKEN, story
            else:
                assert answer.status_code == 302, story
                assert "next=" in answer["Location"], story

    def _check_person(self, address: Address, someone: Someone) -> None:
        client = someone.client()
        sides = someone.sides if someone.is_valid else {"own": someone.sides["own"]}
        for side, code in sides.items():
            place = self.world.places[code]
            if self._applies(address, place):
                self._check_place(address, someone, client, side, place)
            if not address.parameters:
                return

    def _check_place(
        self,
        address: Address,
        someone: Someone,
        client: Client,
        side: str,
        place: SimpleNamespace,
    ) -> None:
        record = address.sample.record(place)
        for method, answer in self._visit(client, address, place):
            story = (address.name, method, someone.role, someone.is_valid, side, answer.status_code)
            assert answer.status_code not in BROKEN, story
            if is_expected(address, someone, record, method):
                assert answer.status_code not in REFUSED, story
            else:
                assert answer.status_code in REFUSED, story

    def _applies(self, address: Address, place: SimpleNamespace) -> bool:
        return not address.sample.of or address.sample.record(place) is not None

    def _visit(
        self, client: Client, address: Address, place: SimpleNamespace
    ) -> Iterator[tuple[str, HttpResponse]]:
        """GET and POST, whichever the address takes. What they did is undone."""
        url = reverse(address.name, kwargs=address.arguments(address.sample.record(place)))
        for method, send, fields in (
            ("GET", client.get, address.sample.query),
            ("POST", client.post, address.sample.body),
        ):
            with transaction.atomic():
                answer = send(url, fields)
                transaction.set_rollback(True)
            if answer.status_code != NOT_TAKEN:
                yield method, answer


def _matrix_of(address: Address):
    def test(self: PermissionMatrix) -> None:
        self.check(address)

    return test


for _address in ADDRESSES:
    _name = _address.name.replace(":", "__").replace("-", "_").replace("/", "_").replace(".", "_")
    setattr(PermissionMatrix, f"test_{_name}", _matrix_of(_address))


def test_every_sample_belongs_to_an_address():
    assert set(SAMPLES) - {address.name for address in ADDRESSES} == set()


def test_every_verb_of_the_table_of_roles_is_registered_and_every_verb_is_held():
    table = {verb for role in rules.rights().values() for verb in role.figures | role.content}

    assert table == verbs.registered()
