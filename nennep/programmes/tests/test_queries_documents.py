"""“29 văn bản: 13 kế hoạch, 3 đề án”: whose documents a review counts, and until when."""

from datetime import date

import pytest

from nennep.accounts.queries import system_person
from nennep.library.models import Document
from nennep.library.tests.factories_registers import drafted, make_registers, registered
from nennep.organisation.models import Unit
from nennep.programmes.actions import register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.queries.documents import (
    documents_by_kind,
    implementing_documents,
    issued_by,
)
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db
ISSUED, LATER, DAY = date(2022, 1, 5), date(2023, 9, 1), date(2023, 6, 13)


@pytest.fixture
def registers():
    return make_registers()


@pytest.fixture
def programme(registers):
    return register_programme(
        Unit.objects.get(code="TP"), kind=ProgrammeKind.SCHEME,
        basis=Basis.objects.get(code="da-11-tu-2021"), by=system_person(),
    )  # fmt: skip


def test_documents_are_counted_by_kind_as_reviews_say_it(registers, programme):
    for number in range(1, 14):
        registered(registers, f"{number:02d}-KH/HU", kind="plan", issued_on=ISSUED)
    for number in range(1, 4):
        registered(registers, f"{number:02d}-ĐA/HU", issued_on=ISSUED)
    registered(registers, "90-KH/HU", kind="plan", issued_on=LATER)
    registered(registers, "91-KH/HU", kind="plan", issued_on=ISSUED, programme_symbol="27-ĐA/QU")
    drafted(registers, unit=registers.district, by=registers.officer)

    kinds = documents_by_kind(programme, registers.district, DAY)

    assert kinds == {"kế hoạch": 13, "đề án": 3}
    assert issued_by(programme, registers.district, DAY) == 16
    assert documents_by_kind(programme, registers.beside, DAY) == {}


def test_what_a_register_holds_of_others_is_not_counted_as_its_own(registers, programme):
    registered(
        registers, "05-HD/BTCTU", kind="guidance", issued_on=ISSUED, body="", issuer="Ban Tổ chức"
    )
    registered(registers, "06-KH/HU", kind="plan", issued_on=ISSUED)

    assert Document.objects.issued().count() == 2
    assert issued_by(programme, registers.district, DAY) == 1
    assert documents_by_kind(programme, registers.district, DAY) == {"kế hoạch": 1}
    assert implementing_documents(registers.district, ISSUED, DAY) == {"kế hoạch": 1}
