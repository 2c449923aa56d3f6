"""What an app above adds to a meeting, played by the test."""

from datetime import date

import pytest
from django.template import engines

from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.actions import occasions
from nennep.meetings.actions.occasions import Occasion
from nennep.meetings.choices import PaperPlace, StepPage
from nennep.meetings.models import Meeting, ResolutionItem
from nennep.meetings.queries import additions
from nennep.meetings.queries.additions import Hint, Panel
from nennep.meetings.queries.answering import last_lines
from nennep.meetings.queries.papers import minutes_paper, resolution_paper
from nennep.meetings.tests.factories import at, make_cell, planned, ready, resolve
from nennep.papers.paper import FillLine, Paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return make_cell(official=9)


@pytest.fixture(autouse=True)
def empty_registries(monkeypatch):
    """Nothing is added but what the test adds, and it is gone afterwards."""
    for module, name in (
        (additions, "_panels"),
        (additions, "_blocks"),
        (occasions, "_acts"),
    ):
        monkeypatch.setattr(module, name, {key: [] for key in (*StepPage, *PaperPlace, *Occasion)})
    for module, name in (
        (additions, "_lacking"),
        (additions, "_alerts"),
        (occasions, "_line_acts"),
    ):
        monkeypatch.setattr(module, name, [])


@pytest.fixture
def template(monkeypatch):
    """A template of the app above."""
    engine = engines["django"].engine
    loader = engine.get_template
    added = engine.from_string("<p>Thêm: {{ shown.word }}</p>")
    monkeypatch.setattr(
        engine, "get_template", lambda name: added if name == "above/_panel.html" else loader(name)
    )
    found = engine.find_template
    monkeypatch.setattr(
        engine,
        "find_template",
        lambda name, *rest, **more: (
            (added, None) if name == "above/_panel.html" else found(name, *rest, **more)
        ),
    )
    return "above/_panel.html"


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (StepPage.PREPARE, "chuan-bi"),
        (StepPage.OPEN, "diem-danh"),
        (StepPage.DISCUSS, "thao-luan"),
        (StepPage.CONCLUDE, "ket-luan"),
        (StepPage.FOLLOW, "theo-doi"),
    ],
)
def test_a_panel_stands_on_its_own_step_alone(cell, client, template, page, address):
    additions.register_panel(
        page, lambda meeting, person: Panel("above", "Việc trên", template, {"word": "một việc"})
    )
    additions.register_panel(page, lambda meeting, person: None)
    meeting = ready(cell)
    client.force_login(cell.secretary)

    shown = {
        each: "Thêm: một việc"
        in client.get(f"/sinh-hoat/{meeting.public_id}/{each}/").content.decode()
        for each in ("chuan-bi", "diem-danh", "thao-luan", "ket-luan", "theo-doi")
    }

    assert [each for each, is_shown in shown.items() if is_shown] == [address]


def test_the_way_to_a_panels_page_keeps_what_was_typed_first(cell, client, template):
    additions.register_panel(
        StepPage.CONCLUDE,
        lambda meeting, person: Panel("above", "Chấm điểm", template, url="/so/", button="Mở"),
    )
    meeting = ready(cell)
    client.force_login(cell.secretary)
    address = f"/sinh-hoat/{meeting.public_id}/ket-luan/"
    typed = {"closing_text": "Nhất trí cao.", "version": meeting.version, "end": "21:10"}

    known = client.post(address, {**typed, "go": "above"})
    unknown = client.post(address, {**typed, "go": "https://example.org/"})

    assert (known.url, unknown.url) == ("/so/", address)
    meeting.refresh_from_db()
    assert meeting.closing_text == "Nhất trí cao."


def test_what_is_lacking_is_shown_and_does_not_bar_closing(cell, client):
    additions.register_lacking(lambda meeting: [Hint("Hai đảng viên chưa có nhiệm vụ.", "/viec/")])
    meeting = ready(cell)
    client.force_login(cell.secretary)

    page = client.get(f"/sinh-hoat/{meeting.public_id}/ket-luan/").content.decode()
    actions.close_minutes(meeting, by=cell.secretary)

    assert "Hai đảng viên chưa có nhiệm vụ." in page
    assert 'href="/viec/"' in page
    assert Meeting.objects.get(pk=meeting.pk).is_closed


def test_alerts_stand_on_the_first_page_of_who_runs_the_month(cell, client):
    additions.register_alerts(lambda unit, person: [Hint(f"Ba việc quá hạn ở {unit.name}.")])
    client.force_login(cell.secretary)

    assert "Ba việc quá hạn ở Chi bộ thôn Đông." in client.get("/").content.decode()


def test_papers_say_what_is_added_where_it_belongs(cell, on_day):
    on_day(date(2025, 12, 20))
    for place in PaperPlace:
        additions.register_blocks(
            place,
            lambda meetings, place=place: {each.pk: [Paragraph(place.name)] for each in meetings},
        )
    june = ready(cell)
    december = ready(cell, started_at=at(3, month=12, year=2025), period=date(2025, 12, 1))

    def added(paper):
        texts = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
        return [text for text in texts if text in PaperPlace.__members__]

    assert added(minutes_paper(june)) == ["MINUTES_CONCLUSION"]
    assert added(resolution_paper(resolve(june, cell))) == ["LAST_MONTH", "SCORE"]
    assert added(resolution_paper(resolve(december, cell))) == ["LAST_MONTH", "SCORE"]


def test_a_score_asked_for_and_not_taken_is_a_blank_to_fill_in(cell, on_day):
    """Where the rules of the day ask for none and nobody scored, the resolution has no such part."""
    on_day(date(2025, 12, 20))
    june = ready(cell)
    december = ready(cell, started_at=at(3, month=12, year=2025), period=date(2025, 12, 1))

    def blanks(meeting):
        paper = resolution_paper(resolve(meeting, cell))
        return sum(1 for block in paper.blocks if isinstance(block, FillLine))

    assert (blanks(june), blanks(december)) == (0, 2)


def test_acts_run_with_the_closing_and_undo_it_when_they_refuse(cell):
    told = []
    occasions.register(Occasion.CLOSED, lambda meeting, *, by: told.append((meeting.is_closed, by)))
    first, second = ready(cell), None
    actions.close_minutes(first, by=cell.secretary)
    actions.close_minutes(first, by=cell.secretary)

    def refuse(meeting, *, by):
        raise Refusal("Chưa được.", code="above")

    occasions.register(Occasion.CLOSED, refuse)
    second = ready(cell, "extraordinary", started_at=at(5))
    with pytest.raises(Refusal):
        actions.close_minutes(second, by=cell.secretary)

    assert told == [(True, cell.secretary), (True, cell.secretary)]
    assert not Meeting.objects.get(pk=second.pk).is_closed


def test_acts_hear_of_preparing_and_of_every_result(cell):
    told = []
    occasions.register(Occasion.PREPARED, lambda meeting, *, by: told.append(meeting.kind))
    occasions.register_result(lambda line, *, by: told.append((line.what, line.result)))
    meeting = planned(cell)
    actions.prepare(meeting, by=cell.secretary)
    line = ResolutionItem.objects.filter(resolution__meeting=meeting).first()

    actions.record_result(line, result="đã xong", by=cell.secretary)

    assert told == ["regular", (line.what, "đã xong")]


def test_an_open_line_is_answered_for_at_every_meeting_until_its_result_is_written(cell, on_day):
    """Not only at the meeting after the one that decided it."""
    on_day(date(2024, 8, 20))
    by = cell.secretary
    for month, what in ((6, "Hiến đất mở ngõ 3"), (7, "Dọn mương"), (8, "Trồng cây")):
        start = at(3, month=month)
        meeting = planned(cell, period=date(2024, month, 1), planned_at=start)
        actions.prepare(meeting, by=by)
        answered = [line.what for line in last_lines(meeting)]
        own = [words for words in answered if words[:3] not in {"Chu", "Thu"}]
        if month < 8:
            actions.open_meeting(meeting, started_at=start, by=by)
            actions.take_roll(meeting, absences={}, by=by)
            actions.end_meeting(meeting, ended_at=start.replace(hour=21), by=by)
            actions.adopt_minutes(meeting, at=start.replace(hour=21), by=by)
            actions.declare_free_of_secrets(meeting, by=by)
            actions.add_line(meeting.resolutions.get(), what=what, due_on=None, by=by)
            actions.close_minutes(meeting, by=by)
    assert own == ["Hiến đất mở ngõ 3", "Dọn mương"]
