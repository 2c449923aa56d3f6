from datetime import date
from fractions import Fraction

import pytest

from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.programmes import actions
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.models import Adoption, Programme, TargetTerms
from nennep.programmes.queries.contract import programme_json
from nennep.programmes.queries.standing import carried, is_running
from nennep.programmes.tests.factories import ISSUED, city_scheme, dissolve, district_scheme, target
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.queries import RuleBook

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


@pytest.fixture
def city():
    return city_scheme()


@pytest.fixture
def district(city):
    return district_scheme(city)


def refused(code, act):
    with pytest.raises(Refusal) as said:
        act()
    assert said.value.code == code
    assert said.value.message


def by():
    return system_person()


def test_a_programme_brings_its_basis_and_a_line_of_the_trail(district):
    assert district.basis.issuer == "Ban Thường vụ Huyện ủy Sơn Nam"
    assert district.begins_on == ISSUED
    line = TrailLine.objects.filter(verb="registered a programme").latest("id")
    assert line.details["symbol"] == "07-ĐA/HU"


def test_a_basis_is_one_programme_only(city):
    refused(
        "there_already",
        lambda: actions.register_programme(
            city.unit, kind=ProgrammeKind.SCHEME, basis=city.basis, by=by()
        ),
    )


def test_nobody_carries_out_what_was_issued_below(district):
    refused(
        "not_a_higher_programme",
        lambda: district_scheme(district, unit="CITY", symbol="99-ĐA/TU"),
    )
    assert not Basis.objects.filter(symbol="99-ĐA/TU").exists()


def test_a_target_of_a_programme_is_a_rule_of_its_part_of_the_tree(district):
    actions.set_target(district, target=target("0.95"), by=by())

    book = RuleBook.load()
    cell = Unit.objects.get(code="CB1")
    here, elsewhere = (book.target("ATT", path, TODAY) for path in (cell.path, "0001."))
    assert (here.share, here.source.symbol) == (Fraction(95, 100), "07-ĐA/HU")
    assert elsewhere.share == Fraction(9, 10)


def test_a_lower_programme_may_ask_more_and_not_less(district):
    refused(
        "looser_than_above",
        lambda: actions.set_target(district, target=target("0.85"), by=by()),
    )
    assert not TargetTerms.objects.exists()

    looser = target("0.85", looser_because="Nhiều chi bộ công nhân đi ca")
    actions.set_target(district, target=looser, by=by())
    assert TargetTerms.objects.get().looser_because == "Nhiều chi bộ công nhân đi ca"


def test_a_target_that_changes_leaves_its_past_standing(district):
    actions.set_target(district, target=target("0.92"), by=by())
    actions.set_target(district, target=target("0.95", since=date(2024, 1, 1)), by=by())

    book = RuleBook.load()
    shares = [
        book.target("ATT", district.unit.path, day).share
        for day in (date(2023, 6, 1), date(2024, 6, 1))
    ]
    assert shares == [Fraction(92, 100), Fraction(95, 100)]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (target("0.9", indicator="ORG.members"), "no_share"),
        (target("0.9", indicator="FARMS"), "no_share"),
        (target("1.2"), "not_a_share"),
    ],
)
def test_what_is_no_threshold_is_refused(district, asked, code):
    refused(code, lambda: actions.set_target(district, target=asked, by=by()))


def test_an_ended_programme_asks_nothing_more(district):
    actions.set_target(district, target=target("0.95"), by=by())
    last = date(2024, 3, 31)

    actions.end_programme(district, on=last, reason="Hết thời hạn", by=by())

    path = district.unit.path
    book = RuleBook.load()
    assert book.target("ATT", path, last).source.symbol == "07-ĐA/HU"
    assert book.target("ATT", path, date(2024, 4, 1)).source.symbol == "11-ĐA/TU"
    shipped = RuleValue.objects.filter(key="targets.ATT", scope_path="").get()
    assert shipped.valid_to is None


def test_ending_asks_for_a_reason_and_a_day_after_the_beginning(district):
    refused("no_reason", lambda: actions.end_programme(district, on=TODAY, reason=" ", by=by()))
    refused(
        "ends_before_it_begins",
        lambda: actions.end_programme(district, on=date(2020, 1, 1), reason="Hết hạn", by=by()),
    )


def test_a_unit_below_takes_a_programme_up_by_a_document(district):
    commune = Unit.objects.get(code="XA")
    for _ in range(2):
        actions.adopt(district, commune, document="Kế hoạch 12-KH/ĐU", on=date(2022, 5, 1), by=by())

    assert Adoption.objects.count() == 1
    (line,) = carried(district, district.unit, TODAY).adopted
    assert (line.unit, line.document) == (commune, "Kế hoạch 12-KH/ĐU")
    before = carried(district, district.unit, date(2022, 4, 30))
    assert [each.unit for each in before.not_adopted] == [commune]


def test_who_takes_up_the_district_s_scheme_has_taken_up_the_one_it_carries_out(city, district):
    commune, on = Unit.objects.get(code="XA"), date(2022, 5, 1)
    actions.adopt(district, commune, document="Kế hoạch 12-KH/ĐU", on=on, by=by())

    (line,) = carried(city, district.unit, TODAY).below

    assert (line.unit, line.document, line.since) == (commune, "Kế hoạch 12-KH/ĐU", on)
    assert carried(city, district.unit, date(2022, 4, 30)).adopted == []


def test_adopting_names_a_document_a_day_and_a_place_below(city, district):
    commune = Unit.objects.get(code="XA")

    def adopt(programme=district, unit=commune, document="Kế hoạch 12", on=TODAY):
        return lambda: actions.adopt(programme, unit, document=document, on=on, by=by())

    refused("no_document", adopt(document=" "))
    refused("not_below", adopt(unit=city.unit))
    refused("not_that_day", adopt(on=date(2024, 6, 14)))
    refused("not_that_day", adopt(on=date(2022, 3, 9)))
    assert not Adoption.objects.exists()


def test_an_adoption_entered_by_mistake_is_taken_back_with_a_reason(district):
    commune = Unit.objects.get(code="XA")
    entered = actions.adopt(district, commune, document="Kế hoạch 12", on=TODAY, by=by())

    refused("no_reason", lambda: actions.take_back_adoption(entered, reason=" ", by=by()))
    actions.take_back_adoption(entered, reason="ghi nhầm xã", by=by())

    assert [each.unit for each in carried(district, district.unit, TODAY).not_adopted] == [commune]
    line = TrailLine.objects.get(verb="took back an adoption")
    assert (line.details["paper"], line.details["reason"]) == ("Kế hoạch 12", "ghi nhầm xã")


def test_an_own_programme_that_carries_it_out_is_its_adoption(city, district):
    (line,) = carried(city, city.unit, TODAY).below

    assert (line.unit.code, line.document, line.since) == ("HUYEN", "07-ĐA/HU", ISSUED)
    assert line.programme == district


def test_a_programme_ends_with_its_organisation_unless_an_heir_takes_it_up(district):
    unit = district.unit
    commune = Unit.objects.get(code="XA")
    dissolve(unit, into=commune)
    district = Programme.objects.select_related("unit").get(pk=district.pk)
    assert is_running(district, date(2024, 2, 29))
    assert not is_running(district, TODAY)

    actions.adopt(district, commune, document="Nghị quyết 3-NQ/ĐU", on=date(2024, 3, 15), by=by())

    assert not is_running(district, date(2024, 3, 14))
    assert is_running(district, TODAY)


def test_both_sides_of_the_lineage_are_told_where_its_organisation_has_ended(district):
    unit, commune = district.unit, Unit.objects.get(code="XA")
    dissolve(unit, into=commune)
    district = Programme.objects.select_related("unit", "basis").get(pk=district.pk)

    (heir,) = carried(district, commune, TODAY).heirs
    assert (heir.unit, heir.on, heir.document, heir.since) == (commune, date(2024, 3, 1), "", None)
    assert carried(district, commune, date(2024, 2, 29)).heirs == []

    adopted = date(2024, 3, 15)
    actions.adopt(district, commune, document="Nghị quyết 3-NQ/ĐU", on=adopted, by=by())
    told = programme_json(carried(district, commune, TODAY), {})["issued_by"]

    assert told == {
        "unit": "HUYEN",
        "ended_on": "2024-02-29",
        "successors": [
            {
                "unit": "XA",
                "on": "2024-03-01",
                "document": "Nghị quyết 3-NQ/ĐU",
                "since": "2024-03-15",
            }
        ],
    }
