"""The demonstration in a database."""

from collections import Counter
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command

from nennep.core.models import Installation
from nennep.core.refusal import Refusal
from nennep.demo.build import build_demonstration
from nennep.demo.plan.words import STANDS_ON
from nennep.demo.tests.looking import IN_ORDER, attendance, outcomes
from nennep.meetings.choices import Outcome
from nennep.meetings.models import Meeting
from nennep.members.queries import strength_on
from nennep.organisation.models import Unit
from nennep.recognition.queries.ratings import is_rising, round_of, trend_of
from nennep.training.queries.adoption import adoption_of


def test_a_real_organisation_is_never_replaced(db):
    Installation.objects.create()
    with pytest.raises(Refusal, match="NENNEP_DATA"):
        build_demonstration("ward", 11)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_command_replaces_a_demonstration_by_the_same_one(capsys):
    call_command("demo", size="ward", seed=5, stderr=StringIO())
    first = _names_and_ids()
    call_command("demo", size="ward", seed=5, stderr=StringIO())
    assert _names_and_ids() == first
    call_command("demo", size="ward", seed=6, stderr=StringIO())
    assert _names_and_ids() != first
    assert not capsys.readouterr().out


def _names_and_ids() -> list[tuple]:
    units = Unit.objects.order_by("id").values_list("id", "code", "public_id", "path")
    meetings = Meeting.objects.order_by("id").values_list(
        "id", "unit_id", "public_id", "started_at"
    )
    return [*units, *meetings]


@pytest.mark.slow
@pytest.mark.django_db
def test_a_district_is_as_the_articles_count_it():
    build_demonstration("district", 11)
    soc_son, phuc_tho = (Unit.objects.get(code=code) for code in ("SOCSON", "PHUCTHO"))
    under = Unit.objects.within(soc_son).exclude(pk=soc_son.pk)
    assert Counter(under.values_list("kind", flat=True)) == {
        "grassroots_committee": 40,
        "grassroots_cell": 47,
        "cell": 480,
    }
    cells = under.cells().values_list("pk", flat=True)
    assert sum(s.total for s in strength_on(list(cells), STANDS_ON).values()) == 15_420
    assert attendance(phuc_tho) > Fraction(9, 10)
    assert set(outcomes(phuc_tho, date(2021, 12, 1))) <= IN_ORDER
    assert {Outcome.SILENT, Outcome.LATE, Outcome.EXCUSED, Outcome.WAITING} <= set(
        outcomes(soc_son, date(2021, 12, 1))
    )
    year = round_of(soc_son, 2023)
    assert [row.unit.code for row in year.rows if not row.level] == []
    assert year.cap_of({}).is_within
    assert is_rising(trend_of(soc_son, 2023))
    handbook = {unit.code: adoption_of(unit, STANDS_ON).total for unit in (soc_son, phuc_tho)}
    assert {code: total.reasons.total() for code, total in handbook.items()} == {
        code: total.members - total.installed for code, total in handbook.items()
    }
    assert handbook["SOCSON"].reasons.total() == 0 < handbook["PHUCTHO"].reasons.total()
