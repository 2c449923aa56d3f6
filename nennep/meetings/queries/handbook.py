"""What the handbook has for the step somebody is on, and what its forms may know of a meeting."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.library.queries.handbook import entries_at
from nennep.meetings.choices import Can, StepPage
from nennep.meetings.models import Meeting
from nennep.meetings.queries.additions import Panel
from nennep.meetings.queries.in_force import day_of, rules_on
from nennep.meetings.queries.papers.phrases import chair_words, moment_words, taker_words
from nennep.meetings.rules.presets import preset
from nennep.organisation.models import Unit
from nennep.regulations.queries import preset_sets

ALWAYS = ["page"]
STEP_RULES = ("meetings.steps_regular", "meetings.steps_thematic")


def places_on(page: StepPage, meeting: Meeting) -> list[str]:
    """The steps of this kind of meeting that stand on this page."""
    offered = preset("handbook")
    kinds = offered["kinds"].get(meeting.kind, ALWAYS)
    return [place for place in offered["pages"][page] if place.partition(".")[0] in kinds]


def places_offered() -> Iterator[tuple[str, str]]:
    """Every step an entry can be placed at, in words."""
    steps = {
        line["code"]: line["title"]
        for each in preset_sets()
        for value in each.values
        if value.key in STEP_RULES
        for line in value.value
    }
    pages = {
        "prepare": _("Page 1: prepare"),
        "open": _("Page 2: open, roll call"),
        "discuss": _("Page 3: discuss, vote"),
        "conclude": _("Page 4: conclude, adopt"),
        "follow": _("Page 5: follow up"),
    }
    for page, places in preset("handbook")["pages"].items():
        yield from ((place, steps.get(place, pages[page])) for place in places)


def panel_on(page: StepPage) -> Callable[[Meeting, Person], Panel | None]:
    """A folded panel with the questions for this page; costs one question to the database."""

    def ask(meeting: Meeting, _person: Person) -> Panel | None:
        entries = entries_at(places_on(page, meeting))
        if not entries:
            return None
        return Panel(
            "handbook", _("Handbook"), "meetings/_handbook.html", {"entries": entries}, icon="book"
        )

    return ask


def particulars(unit: Unit, person: Person) -> Mapping[str, str]:
    """The cell's next meeting, or else its last one, for whoever may read its meetings."""
    if not unit.is_cell:
        return {}
    known = {"signing_line": rules_on(unit, clock.today()).values.signing_line or ""}
    if not may(person, Can.VIEW_MEETINGS, unit):
        return known
    meetings = Meeting.objects.visible_to(person).filter(unit=unit, cancelled_at__isnull=True)
    meeting = meetings.order_by("-period", "-id").first()
    if meeting is None:
        return known
    moment = meeting.started_at or meeting.planned_at
    return known | {
        "meeting_day": vn_date(day_of(meeting)) if moment else "",
        "meeting_when": moment_words(moment) if moment else "",
        "meeting_where": meeting.place,
        "chair": chair_words(meeting) if meeting.chair_name else "",
        "minute_taker": taker_words(meeting) if meeting.minute_taker_name else "",
    }
