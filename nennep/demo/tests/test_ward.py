"""The smallest demonstration: what the tests of other apps may stand on."""

import io
from collections import Counter
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from django.db import transaction

from nennep.accounts.models import Grant, User
from nennep.core.models import Installation, TrailLine
from nennep.core.periods import Period
from nennep.demo.accounts import accounts, password
from nennep.demo.build import build_demonstration
from nennep.demo.plan.words import STANDS_ON
from nennep.demo.tests.looking import IN_ORDER, attendance, outcomes
from nennep.dialogue.models import Proposal
from nennep.imports.models import Import
from nennep.indicators.queries.figures import figure_sheet
from nennep.indicators.tests.factories import month
from nennep.library.models import Document
from nennep.meetings.models import Attendance, Meeting, Vote
from nennep.organisation.models import Unit
from nennep.quality.models import OfficeForm
from nennep.quality.queries.classes import class_table
from nennep.quality.queries.form_lines import month_lines
from nennep.quality.queries.office_forms import fill_kept
from nennep.statements.queries.stated import compared, confirmed_of

# Without it the file alone would ask for no database, and none would be made.
pytestmark = pytest.mark.django_db
PARTS = ("collectives", "persons", "total")


@pytest.fixture(scope="module")
def ward(django_db_setup, django_db_blocker):
    """Built once for all tests here, which only look at it, and taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_demonstration("ward", 11)
        yield
        transaction.set_rollback(True)


def test_a_ward_stands_on_its_day_and_is_complete(ward):
    installation = Installation.objects.get()
    assert installation.is_demonstration
    assert installation.is_complete
    assert (installation.stands_on, installation.size, installation.seed) == (STANDS_ON, "ward", 11)
    assert set(Unit.objects.filter(depth__lte=1).values_list("code", flat=True)) == {
        "HANOI",
        "SOCSON",
        "PHUCTHO",
    }


def test_each_role_has_an_account_with_the_printed_password(ward):
    for account in accounts():
        user = User.objects.get(username=account.username)
        assert user.check_password(password())
        assert not user.must_change_password
        assert Grant.objects.filter(user=user, role=account.role).exists()


def test_the_district_has_forms_of_its_own_that_are_ready_and_can_be_filled(ward):
    district, month = Unit.objects.get(code="SOCSON"), date(2024, 5, 1)
    forms = {form.kind: form for form in OfficeForm.objects.filter(unit=district)}
    assert set(forms) == {"month", "period"}
    assert None not in {form.confirmed_at for form in forms.values()}

    table = class_table(district, month)
    book = openpyxl.load_workbook(io.BytesIO(fill_kept(forms["month"], month_lines(table))))
    names = [row[1] for row in book["Biểu"].iter_rows(min_row=4, values_only=True)]
    assert names == [row.name for row in table.rows]


def test_phuc_tho_has_no_gap_and_more_than_ninety_percent(ward):
    district = Unit.objects.get(code="PHUCTHO")
    assert attendance(district) > Fraction(9, 10)
    assert set(outcomes(district, date(2023, 7, 1))) <= IN_ORDER


def test_july_is_the_next_meeting_of_the_accounts_own_cell(ward):
    own = Grant.objects.get(user__username="bithu").unit
    july = Meeting.objects.get(unit=own, kind="regular", period=date(2024, 7, 1))
    assert july.started_at is None
    assert july.items.exists()
    june = Meeting.objects.get(unit=own, kind__in=["regular", "combined"], period=date(2024, 6, 1))
    assert june.is_closed


def test_there_is_trouble_too(ward):
    path = Unit.objects.get(code="SOCSON").path
    here = Vote.objects.filter(meeting__unit__path__startswith=path)
    assert here.filter(is_effective=False).exists()
    assert Attendance.objects.filter(presence="unexcused").exists()
    assert Attendance.objects.filter(status="exempt", presence="present").exists()


def test_phuc_tho_asked_the_city_for_a_handbook_and_the_handbook_is_the_answer(ward):
    asked = Proposal.objects.get(unit__code="PHUCTHO")

    assert asked.asked_on == date(2024, 6, 14)
    assert [step.unit.code for step in asked.way] == ["HANOI"]
    assert asked.entry.current is not None
    others = Proposal.objects.exclude(pk=asked.pk)
    assert others.filter(answered_on__isnull=False).exists()
    assert all(each.meeting.unit == each.unit for each in others)


def test_a_bulk_action_leaves_one_line_in_the_trail(ward):
    verbs = Counter(TrailLine.objects.values_list("verb", flat=True))
    for verb in ("units loaded", "roll loaded", "history loaded", "explanations loaded"):
        assert verbs[verb] == 1


def test_a_list_of_members_was_taken_in_and_changed_one_entry(ward):
    taken = Import.objects.get()
    assert taken.taken_at is not None
    assert (taken.counts["changed"], taken.counts["new"], taken.counts["error"]) == (1, 0, 0)
    assert taken.counts["same"] == taken.counts["rows"] - 1


def test_five_collectives_and_five_persons_are_commended_at_the_review(ward):
    soc_son, phuc_tho = (Unit.objects.get(code=code) for code in ("SOCSON", "PHUCTHO"))
    period = Period(month("2024-01"), month("2024-06"))

    told = {
        unit.code: [figure_sheet(unit, period)[f"REWARD.{part}"].numerator for part in PARTS]
        for unit in (soc_son, phuc_tho)
    }

    assert told == {"SOCSON": [5, 5, 10], "PHUCTHO": [0, 0, 0]}
    (row,) = compared(
        soc_son, [f for f in confirmed_of(soc_son) if f.indicator == "REWARD.persons"]
    )
    assert row.agrees is True
    assert Document.objects.get(commendation_round__unit=soc_son).symbol == "01-QĐ/HU"
