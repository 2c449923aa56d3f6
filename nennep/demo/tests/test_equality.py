"""A ward built in bulk equals one built action by action."""

import uuid
from collections import Counter
from datetime import date

import pytest

from nennep.core.ids import seeded_ids
from nennep.demo import bulk, singly
from nennep.demo.build import lay_ground
from nennep.demo.living import set_due_day
from nennep.demo.plan.sizes import Size
from nennep.demo.plan.whole import Demonstration
from nennep.library.models import NumberSeries
from nennep.meetings.models import (
    AgendaItem,
    Attendance,
    Explanation,
    Meeting,
    Resolution,
    ResolutionItem,
    RollCall,
    Vote,
)
from nennep.members.models import (
    Exemption,
    Member,
    Position,
    Standing,
    Stay,
    StrengthFigure,
    WorkingSpell,
)
from nennep.organisation.models import Body, PartyGroup, Placement, Term, Unit
from nennep.tasks.actions.load import load_from_meetings
from nennep.tasks.models import Assignment, Task, TaskBook

MODELS = [
    Unit, Placement, Body, Term, PartyGroup,
    Member, Standing, Exemption, Stay, WorkingSpell, Position, StrengthFigure,
    Meeting, RollCall, Attendance, AgendaItem, Vote, Resolution, ResolutionItem, NumberSeries,
    Explanation, Task, Assignment, TaskBook,
]  # fmt: skip
# The moment of recording is the machine's own, and so are the names it gives rows.
APART = {
    "id", "public_id", "taken_at", "steps_marked_at", "declared_free_of_secrets_at", "closed_at",
    "recorded_at", "answered_at", "reported_at",
}  # fmt: skip


def _contents() -> dict[str, Counter]:
    contents = {}
    for model in MODELS:
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in APART]
        rows = model.objects.order_by().values_list(*names)
        contents[model.__name__] = Counter(tuple(map(repr, row)) for row in rows)
    return contents


@pytest.fixture
def plan() -> Demonstration:
    """The ward of half a year: action by action a year takes a minute."""
    return Demonstration(Size("ward", date(2024, 1, 1), date(2024, 1, 1)), 7)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_ward_built_in_bulk_equals_one_built_action_by_action(plan, monkeypatch):
    monkeypatch.setattr("nennep.core.facts.facts_changed.send", lambda *_, **__: [])
    by = lay_ground(plan)
    places = bulk.write_units(plan, by=by)
    set_due_day(plan.tree, plan.size.first_month, by=by)
    first_id = bulk.write_roll(plan, places, by=by, report=lambda *_: None)
    bulk.write_history(plan, places, first_id, by=by, report=lambda *_: None)
    load_from_meetings("", by=by)
    in_bulk = _contents()

    by = lay_ground(plan)
    singly.write_units(plan, by=by)
    set_due_day(plan.tree, plan.size.first_month, by=by)
    first_id = singly.write_roll(plan, by=by)
    singly.write_history(plan, first_id, by=by)
    one_by_one = _contents()

    for name, rows in in_bulk.items():
        assert rows, name
        assert rows - one_by_one[name] == Counter(), name
        assert one_by_one[name] - rows == Counter(), name


def test_public_ids_follow_from_the_seed_alone(plan):
    with seeded_ids(plan.id_series):
        from nennep.core.ids import new_public_id

        first = [new_public_id() for _ in range(3)]
    with seeded_ids(plan.id_series):
        assert [new_public_id() for _ in range(3)] == first
    assert all(isinstance(each, uuid.UUID) for each in first)
