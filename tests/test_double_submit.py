"""G2: nothing counts twice, though 32 phones (or one impatient thumb) send the same at once."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from nennep.accounts.actions import (
    add_telephone,
    check_password,
    make_recovery_codes,
    pass_by_code,
)
from nennep.accounts.rules import limits, one_time
from nennep.core import clock
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.indicators.models import CellMonth, UnitMonth
from nennep.indicators.queries.verifying import verify
from nennep.meetings import actions
from nennep.meetings.models import Attendance, Meeting, RollCall, Vote
from tests.world import TODAY, World, at, user

WAYS = 32
JULY = date(2024, 7, 1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(monkeypatch) -> World:
    monkeypatch.setitem(os.environ, "NENNEP_TODAY", TODAY.isoformat())
    return World()


def at_once(act: Callable[[], object]) -> list[object]:
    """The same call from 32 threads that start together; a refusal is an answer."""
    start = Barrier(WAYS)

    def one() -> object:
        try:
            start.wait()
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(WAYS) as pool:
        return [future.result() for future in [pool.submit(one) for _ in range(WAYS)]]


def refused(answers: list[object]) -> list[object]:
    return [answer for answer in answers if isinstance(answer, Refusal)]


@pytest.fixture
def held(world) -> Meeting:
    """June's meeting of OWN-1, begun an hour ago."""
    meeting = world.places["OWN-1"].meeting
    Meeting.objects.filter(pk=meeting.pk).update(started_at=at(TODAY, 0), planned_at=at(TODAY, 0))
    meeting.refresh_from_db()
    return meeting


def test_a_meeting_planned_32_times_at_once_is_planned_once(world):
    unit = world.unit("OWN-2")

    answers = at_once(
        lambda: actions.plan_meeting(
            unit, kind="regular", period=JULY, planned_at=at(date(2024, 7, 3), 19), by=world.clerk
        )
    )

    assert Meeting.objects.filter(unit=unit, period=JULY).count() == 1
    assert len(refused(answers)) == WAYS - 1


def test_a_roll_call_sent_32_times_at_once_is_one_roll_call(world, held):
    absent = world.places["OWN-1"].member.pk
    absences = {absent: actions.Absence("excused", "đi công tác")}

    answers = at_once(lambda: actions.take_roll(held, absences=absences, by=world.clerk))

    assert refused(answers) == []
    assert RollCall.objects.filter(meeting=held).count() == 1
    assert Attendance.objects.filter(meeting=held).count() == 3


def test_a_vote_sent_32_times_at_once_counts_once(world, held):
    actions.take_roll(held, absences={}, by=world.clerk)
    made_by_the_device = uuid4()

    answers = at_once(
        lambda: actions.record_vote(
            held, subject="resolution", question="Thông qua", in_favour=3,
            public_id=made_by_the_device, by=world.clerk,
        )
    )  # fmt: skip

    assert refused(answers) == []
    assert Vote.objects.filter(meeting=held).count() == 1


def test_minutes_closed_32_times_at_once_are_closed_and_counted_once(world, held):
    actions.take_roll(held, absences={}, by=world.clerk)
    Meeting.objects.filter(pk=held.pk).update(
        ended_at=held.started_at + timedelta(minutes=95),
        minutes_adopted_at=held.started_at + timedelta(minutes=94),
        declared_free_of_secrets_at=at(TODAY, 0),
        steps_marked_at=at(TODAY, 0),
        chair_name="Nguyễn Thị An",
        minute_taker_name="Nguyễn Thị Bình",
    )

    answers = at_once(lambda: actions.close_minutes(held, by=world.clerk))

    assert refused(answers) == []
    assert TrailLine.objects.filter(verb="minutes closed").count() == 1
    month = CellMonth.objects.get(cell=held.unit, month=date(2024, 6, 1))
    above = UnitMonth.objects.get(unit=world.unit("OWN"), month=date(2024, 6, 1))
    assert (month.att_required, month.att_present) == (3, 3)
    assert (above.att_required, above.att_present) == (3, 3)
    assert verify().differences == ()


def test_a_hundred_guesses_at_once_are_five_guesses(world):
    """Counted before they are judged: nobody slips past the limit by hurrying."""
    answers = at_once(lambda: check_password("khong.co.ai", "doan-mo", network="203.113.1.1"))

    codes = [answer.code for answer in refused(answers)]
    limit = limits().per_account
    assert sorted(codes) == ["account_rests"] * (WAYS - limit) + ["wrong_sign_in"] * limit


def test_one_code_of_a_telephone_lets_in_once(world, monkeypatch):
    """The same six digits from 32 browsers: one of them is in."""
    person, secret = user("can.bo"), b"12345678901234567890"
    now = clock.moment()
    step = int(now.timestamp()) // one_time.STEP
    monkeypatch.setattr(clock, "moment", lambda: now)
    add_telephone(person, secret=secret, code=one_time.code_at(secret, step - 1), name="")

    answers = at_once(
        lambda: pass_by_code(person, one_time.code_at(secret, step), network="203.113.1.1")
    )

    assert len(answers) - len(refused(answers)) == 1


def test_a_recovery_code_lets_in_once(world):
    person = user("can.bo")
    code = make_recovery_codes(person)[0]

    answers = at_once(lambda: pass_by_code(person, code, network="203.113.1.1"))

    assert len(answers) - len(refused(answers)) == 1
