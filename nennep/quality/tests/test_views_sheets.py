"""Making a sheet without code: from an example or from nothing, criterion by criterion, put in force."""

from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import FOUNDED, at, make_cell, ready
from nennep.organisation.models import Unit
from nennep.quality import actions
from nennep.quality.forms.sheets import CriterionForm
from nennep.quality.models import ScoreSheet, SheetDraft
from nennep.quality.queries.filled import filled_sheet
from nennep.quality.tests.factories import BY_PERSON, put_in_force, scored, text_of
from nennep.regulations.models import Basis, RuleValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return make_cell(official=9)


@pytest.fixture
def administrator(client, cell):
    user = User.objects.create(username="qt", display_name="Quản trị")
    top = Unit.objects.get(code="CITY")
    Grant.objects.create(user=user, role=Role.ADMINISTRATOR, unit=top, valid_from=FOUNDED)
    client.force_login(user)
    return client


def begin(client, start, kind="regular"):
    answer = client.post(reverse("quality:begin"), {"start": start, "kind": kind})
    return SheetDraft.objects.get(), answer.url


def entry(**changes):
    return {
        "do": "enter", "place": "XA", "since": "2024-06-01", "clause": "Điều 3", "mark": "C",
        "basis": Basis.objects.get(code="nen-nep").pk, "note": "",
    } | changes  # fmt: skip


def test_the_list_shows_what_is_in_force_what_is_not_and_the_examples(administrator):
    text = text_of(administrator.get(reverse("quality:sheets")))

    assert "Năm tiêu chí của 12-HD/BTCTW, không chấm điểm" in text
    assert "Khung 100 điểm của 42-HD/BTCTW" in text
    assert [name for name in ("An Phú", "Bình Thuận", "Phú Thọ") if name not in text] == []


def test_an_example_says_what_it_rests_on_and_what_its_source_leaves_open(administrator):
    an_phu = text_of(administrator.get(reverse("quality:example", args=["rb2"])))
    binh_thuan = text_of(administrator.get(reverse("quality:example", args=["rb3"])))

    assert "08-KH/ĐU" in an_phu
    assert "Members who spoke of those present &gt; 50%" in an_phu
    assert "[D]" in an_phu
    assert "Criterion 1: The maximum is missing." in binh_thuan
    assert "full points on 1, 2, 3, 4, else one class lower" in binh_thuan
    assert "at least 10 months classed Good; no month classed Medium, Poor" in binh_thuan


def test_a_sheet_in_force_is_shown_whole_and_leads_to_its_source(administrator):
    value = RuleValue.objects.get(key="quality.sheet_regular", valid_to=None)

    text = text_of(administrator.get(reverse("quality:sheet", args=[value.public_id])))
    detail = text_of(administrator.get(reverse("regulations:detail", args=[value.public_id])))
    change = administrator.get(reverse("regulations:replace", args=[value.public_id]))
    enter = administrator.get(reverse("regulations:enter"), {"key": value.key})

    assert "Đảng viên dự sinh hoạt từ 90%" in text
    assert "not yet checked" in text.lower()
    assert reverse("quality:sheet", args=[value.public_id]) in detail
    assert change.url == reverse("quality:sheet", args=[value.public_id])
    assert enter.url == reverse("quality:sheets")


def test_a_city_makes_its_own_sheet_from_an_example_and_its_cells_are_scored_by_it(
    administrator, cell
):
    draft, page = begin(administrator, "example-rb2")
    administrator.post(
        page,
        {"do": "head", "title": "Phiếu của thành phố", "has_points": "on", "total": "100",
         "left_out": "keep", "least-good": "85", "least-fair": "70", "least-medium": "50",
         "least-poor": "0", "gate": "2.1, 7"},
    )  # fmt: skip
    answer = administrator.post(page, entry())

    value = RuleValue.objects.get(scope_path=Unit.objects.get(code="XA").path)
    filled = filled_sheet(ready(cell))
    assert answer.url == reverse("quality:sheet", args=[value.public_id])
    assert not SheetDraft.objects.exists()
    assert (filled.sheet.title, filled.held_by.source.clause) == ("Phiếu của thành phố", "Điều 3")
    assert [(g.klass, g.criteria) for g in filled.sheet.gates] == [("good", ("2.1", "7"))]
    assert filled.sheet.classes[0].least == 85
    assert draft.unit.code == "CITY"


def test_a_meeting_of_that_day_is_scored_voted_and_classed_on_pages_by_the_citys_sheet(
    administrator, cell
):
    _draft, page = begin(administrator, "example-rb2")
    administrator.post(
        page,
        {"do": "head", "title": "Phiếu của thành phố", "has_points": "on", "total": "100",
         "left_out": "rescale", "least-good": "85", "least-fair": "70", "least-medium": "50",
         "least-poor": "0", "gate": ""},
    )  # fmt: skip
    administrator.post(page, entry(place="CITY", since="2024-06-03"))
    meeting, before = ready(cell), ready(cell, started_at=at(2), period=date(2024, 5, 1))
    client, scoring = administrator, reverse("quality:score", args=[meeting.public_id])
    client.force_login(cell.secretary)

    shown = text_of(client.get(scoring))
    points = {f"p-{code}": str(most) for code, most in BY_PERSON.items()}
    client.post(
        scoring,
        points | {"p-7": "30", "do": "vote", "in_favour": "9", "against": "0", "other": "0"},
    )
    meetings.close_minutes(meeting, by=cell.secretary)
    client.force_login(cell.officer)
    client.post(
        reverse("quality:decide", args=[meeting.public_id]),
        {"do": "decide", "klass": "good", "reason": ""},
    )

    sheet = ScoreSheet.objects.get(meeting=meeting)
    assert "Phiếu của thành phố" in shown
    assert sheet.rubric == RuleValue.objects.get(scope_path=Unit.objects.get(code="CITY").path)
    # 85 of the city, where the central frame asks 90
    assert 85 <= sheet.total < 90
    assert (sheet.self_class, sheet.vote_class, sheet.official_class) == ("good", "good", "good")
    assert filled_sheet(before).sheet.title != "Phiếu của thành phố"  # held the day before


def criterion(**changes):
    fields = {
        "code": "1", "title": "Dự sinh hoạt", "max": "10", "only": "", "waived": "left_out",
        "o0-points": "10", "o0-title": "Từ 90%", "o0-fact0": "attendance", "o0-value0": "90%",
        "o0-fact1": "unexcused", "o0-value1": "0",
        "o1-points": "7,5", "o1-title": "Từ 75%", "o1-fact0": "attendance", "o1-value0": "75%",
        "o2-points": "2", "o2-title": "Còn lại",
        "shows": ["spoke"],
    }  # fmt: skip
    return fields | changes


def test_a_sheet_is_made_from_nothing_without_code(administrator, cell):
    draft, page = begin(administrator, "blank")
    add = reverse("quality:criterion", args=[draft.public_id, 0])

    administrator.post(add, criterion())
    administrator.post(
        reverse("quality:criterion", args=[draft.public_id, 1]),
        {"code": "2", "title": "Nội dung", "max": "90", "only": "", "waived": "left_out"},
    )
    administrator.post(
        page,
        {"do": "head", "title": "Phiếu mới", "has_points": "on", "total": "100",
         "left_out": "keep", "least-good": "90", "least-poor": "0"},
    )  # fmt: skip
    shown = text_of(administrator.get(page))
    administrator.post(page, entry())

    assert "The sheet is complete and can be put in force." in shown
    lines = {line.criterion.code: line for line in filled_sheet(ready(cell)).now.lines}
    assert (lines["1"].points, lines["1"].proposal.option.title) == (10, "Từ 90%")
    assert lines["1"].criterion.options[1].points == 7.5
    assert lines["2"].points is None


def test_a_criterion_is_shown_for_change_as_it_was_written(administrator):
    draft, _page = begin(administrator, "example-rb2")
    criteria = draft.content["criteria"]
    place = next(n for n, c in enumerate(criteria) if c["code"] == "4.5")
    shown = CriterionForm(raw=criteria[place])
    untouched = {bound.html_name: bound.value() for bound in shown if bound.value()}

    administrator.post(reverse("quality:criterion", args=[draft.public_id, place]), untouched)

    before, after = criteria[place], SheetDraft.objects.get().content["criteria"][place]
    assert (after["title"], after["max"]) == (before["title"], before["max"])
    assert [(o["points"], o.get("when", [])) for o in after["options"]] == [
        (o["points"], o.get("when", [])) for o in before["options"]
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"o0-value0": "nhiều"}, "Write a number, such as 90% or 15."),
        ({"o0-value0": ""}, "Write a number, such as 90% or 15."),
        ({"o0-value0": "90"}, "This fact is a share: write it in percent, such as 90%."),
        ({"o0-points": "x"}, "Write a number of points"),
        ({"code": ""}, "required"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(administrator, changes, words):
    draft, _page = begin(administrator, "blank")

    answer = administrator.post(
        reverse("quality:criterion", args=[draft.public_id, 0]), criterion(**changes)
    )

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert SheetDraft.objects.get().content["criteria"] == []


def test_a_number_is_given_once(administrator):
    draft, _page = begin(administrator, "blank")
    for place, words in ((0, None), (1, "Another criterion has the number 1.")):
        answer = administrator.post(
            reverse("quality:criterion", args=[draft.public_id, place]), criterion()
        )
        assert words is None or words in text_of(answer)


def test_criteria_change_places_and_are_taken_out(administrator):
    _draft, page = begin(administrator, "example-rb4")

    administrator.post(page, {"do": "down-0"})
    administrator.post(page, {"do": "up-3"})
    administrator.post(page, {"do": "remove-0"})

    codes = [c["code"] for c in SheetDraft.objects.get().content["criteria"]]
    assert codes == ["1", "4", "3"]


def test_a_sheet_with_holes_is_not_put_in_force(administrator, cell):
    _draft, page = begin(administrator, "example-rb3")

    shown = text_of(administrator.get(page))
    answer = administrator.post(page, entry())

    assert "Criterion 1: The maximum is missing." in shown
    assert answer.status_code == 422
    assert RuleValue.objects.filter(key="quality.sheet_regular").count() == 2


def test_a_place_that_is_not_managed_is_refused_in_the_same_words(administrator, cell):
    _draft, page = begin(administrator, "example-rb2")

    answer = administrator.post(page, entry(place="NOWHERE"))

    assert answer.status_code == 422
    assert "There is no unit with this code where you manage rules." in text_of(answer)


def test_a_new_sheet_follows_the_old_one_and_past_scores_keep_theirs(administrator, cell):
    old = put_in_force("rb2", since=date(2024, 1, 1), scope_path=Unit.objects.get(code="XA").path)
    sheet = scored(cell, ready(cell))
    _draft, page = begin(administrator, f"rule-{old.public_id}")
    administrator.post(page, entry(since="2024-06-10"))

    old.refresh_from_db()
    later = ready(cell, "regular", started_at=at(12), period=date(2024, 7, 1))
    assert old.valid_to == date(2024, 6, 9)
    assert sheet.rubric_id == old.pk
    assert filled_sheet(later).held_by.source.valid_from == date(2024, 6, 10)


def test_a_draft_is_thrown_away(administrator):
    _draft, page = begin(administrator, "blank")

    administrator.post(page, {"do": "discard"})

    assert not SheetDraft.objects.exists()


def test_the_rule_of_the_year_is_entered_on_a_page(administrator, cell):
    answer = administrator.post(
        reverse("quality:year-rule"),
        entry() | {
            "key": "year", "title": "Xếp loại năm của huyện", "good-average": "90",
            "good-good": "10", "good-none_of": ["medium", "poor"], "good-all_regular": "on",
            "fair-every_month": "fair",
        },
    )  # fmt: skip

    value = RuleValue.objects.get(key="quality.year")
    assert answer.url == reverse("quality:sheets")
    assert value.value == {
        "title": "Xếp loại năm của huyện",
        "classes": [
            {"class": "good", "average": 90, "at_least": {"good": 10},
             "none_of": ["medium", "poor"], "all_regular": True},
            {"class": "fair", "every_month": "fair"},
        ],
    }  # fmt: skip
    assert "every month Fairly good or better" in text_of(
        administrator.get(reverse("quality:sheet", args=[value.public_id]))
    )


def test_a_rule_of_the_year_without_a_condition_is_sent_back(administrator, cell):
    answer = administrator.post(
        reverse("quality:year-rule"), entry() | {"key": "year", "title": "Trống"}
    )

    assert answer.status_code == 422
    assert "Say of at least one class what it needs." in text_of(answer)


def test_who_manages_no_rules_reads_sheets_and_makes_none(client, cell):
    client.force_login(cell.secretary)

    assert "Make a sheet" not in text_of(client.get(reverse("quality:sheets")))
    assert client.post(reverse("quality:begin"), {"start": "blank"}).status_code == 403


def test_a_draft_of_another_part_of_the_tree_is_out_of_sight(client, cell):
    user = User.objects.create(username="qtx", display_name="Quản trị xã")
    Grant.objects.create(
        user=user, role=Role.ADMINISTRATOR, unit=Unit.objects.get(code="XA"), valid_from=FOUNDED
    )
    draft = actions.begin_sheet(Unit.objects.get(code="CITY"), by=cell.officer)
    client.force_login(user)

    assert client.get(reverse("quality:draft", args=[draft.public_id])).status_code == 404


# Half-year and year


def test_the_roll_up_counts_official_classes_and_says_where_no_rule_is(client, cell):
    put_in_force("rb2")
    sheet = scored(cell, ready(cell))
    from nennep.core.models import Installation
    from nennep.meetings import actions as meetings

    Installation.objects.create(counts_from=date(2024, 4, 1))
    meetings.close_minutes(sheet.meeting, by=cell.secretary)
    actions.decide_class(sheet, klass="good", reason="Dự họp thấy tốt", by=cell.officer)
    client.force_login(cell.officer)

    text = text_of(client.get(reverse("quality:period", args=["XA"]), {"nam": "2024", "ky": "1"}))

    assert "No rule says how the months make the class of this period." in text
    assert "Good" in text
    assert "not held" in text


def test_the_rule_of_the_half_year_gives_the_class(client, cell):
    from nennep.core.models import Installation
    from nennep.meetings import actions as meetings
    from nennep.regulations.actions import enter_value

    put_in_force("rb2")
    Installation.objects.create(counts_from=date(2024, 5, 1))
    enter_value(
        "quality.half_year", value={"title": "6 tháng", "classes": [{"class": "good", "at_least": {"good": 2}}]},
        scope_path=Unit.objects.get(code="CITY").path, valid_from=date(2024, 1, 1),
        basis=Basis.objects.get(code="nen-nep"), clause="thử", by=cell.officer,
    )  # fmt: skip
    for month in (5, 6):
        sheet = scored(
            cell, ready(cell, started_at=at(3, month=month), period=date(2024, month, 1))
        )
        meetings.close_minutes(sheet.meeting, by=cell.secretary)
        actions.decide_class(sheet, klass="good", reason="Tốt", by=cell.officer)
    client.force_login(cell.officer)

    page = text_of(client.get(reverse("quality:period", args=["XA"]), {"nam": "2024", "ky": "1"}))
    file = client.get(reverse("quality:period-file", args=["XA"]), {"nam": "2024", "ky": "1"})

    assert "2/2" in page
    assert "The period is not over" in page
    assert "badge--good" in page
    assert file.content[:2] == b"PK"
