import threading

import pytest
from django.db import connection, connections, transaction

from nennep.core import sealing
from nennep.core.canonical import canonical, canonical_text
from nennep.core.models import TrailLine, TrailSeal
from nennep.core.sealing import Sealing, seal_lines
from nennep.core.tests.trails import numbers, write_lines


@pytest.mark.django_db
def test_every_line_is_sealed_once_and_each_seal_holds_the_one_before(monkeypatch):
    monkeypatch.setattr(sealing, "LINES_A_SEAL", 3)
    write_lines(7)

    assert seal_lines() == Sealing(lines=7, seals=3, waiting=0)
    assert seal_lines() == Sealing(lines=0, seals=0, waiting=0)

    seals = list(TrailSeal.objects.all())
    assert [seal.number for seal in seals] == [1, 2, 3]
    assert [seal.lines for seal in seals] == [3, 3, 1]
    assert [seal.previous for seal in seals] == ["0" * 64, seals[0].digest, seals[1].digest]
    sealed = [line for seal in seals for line in sealing.unpacked(seal)]
    assert sealed == numbers()


@pytest.mark.django_db
def test_lines_written_later_go_into_the_next_seal():
    write_lines(2)
    seal_lines()
    write_lines(2, begin=3)

    assert sealing.unsealed().count() == 2
    assert seal_lines() == Sealing(lines=2, seals=1, waiting=0)
    assert TrailSeal.objects.last().first_line == TrailSeal.objects.first().last_line + 1


@pytest.mark.django_db
def test_a_seal_depends_on_every_word_of_a_line_and_on_no_spelling():
    write_lines(1)
    line = TrailLine.objects.get()
    [(_, mark)] = sealing.marks_of(TrailLine.objects.all())
    again = TrailLine(
        actor_label=line.actor_label,
        verb=line.verb,
        details=dict(reversed(line.details.items())),
        happened_at=line.happened_at,
    )
    again.save()
    other = TrailLine(
        actor_label=line.actor_label,
        verb=line.verb,
        details={**line.details, "count": 2},
        happened_at=line.happened_at,
    )
    other.save()

    marks = [mark for _, mark in sealing.marks_of(TrailLine.objects.all())]
    assert marks[1] == mark
    assert marks[2] != mark


@pytest.mark.parametrize(
    ("kept", "spelled"),
    [
        ('{"b": 1, "a": "ệ"}', '{"a":"ệ","b":1}'),
        ('{"a":"\\u1ec7"}', '{"a":"ệ"}'),
        ("[1.0, 1.5e-07, 0.00000015]", "[1.0,1.5e-07,1.5e-07]"),
        ("[1e+16, 10000000000000000]", "[10000000000000000,10000000000000000]"),
        ('"x"', '"x"'),
        ("null", "null"),
    ],
)
def test_json_is_spelled_in_one_way_only(kept, spelled):
    assert canonical_text(kept) == spelled
    assert canonical_text(spelled) == spelled


def test_a_value_is_spelled_like_its_text():
    assert canonical({"b": [1, 2.5, None, True], "a": "ệ"}) == '{"a":"ệ","b":[1,2.5,null,true]}'


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_nobody_who_is_still_writing_can_come_before_a_sealed_line():
    """The other transaction took a lower number and is not yet seen; it is waited for."""
    begun, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            write_lines(1)
            begun.set()
            go_on.wait(10)
        connections.close_all()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    begun.wait(10)
    write_lines(1, begin=2)

    assert seal_lines(waits=0.2) == Sealing(lines=0, seals=0, waiting=1)

    threading.Timer(0.3, go_on.set).start()
    assert seal_lines(waits=10) == Sealing(lines=2, seals=1, waiting=0)
    slow.join()


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain(monkeypatch):
    monkeypatch.setattr(sealing, "LINES_A_SEAL", 5)
    write_lines(40)

    def seal() -> None:
        seal_lines()
        connections.close_all()

    sealers = [threading.Thread(target=seal) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()

    assert [seal.number for seal in TrailSeal.objects.all()] == list(range(1, 9))
    assert sealing.unsealed().count() == 0
