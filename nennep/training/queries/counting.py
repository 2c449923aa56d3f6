"""What the figures above count of a cell from training, dissemination and the e-handbook, by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nennep.members.queries.among import among
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook
from nennep.training.choices import TrainPost
from nennep.training.models import EHandbookAdoption, Participant, Receipt
from nennep.training.models.courses import AUDIENCE
from nennep.training.queries.holders import posts_over_time
from nennep.training.queries.in_force import days_of_app
from nennep.training.rules import (
    Asked,
    Counted,
    PostSpan,
    TrainStep,
    adoption_changes,
    reach_changes,
    train_steps,
)

NAMELESS = 0  # stands for the secretary of a cell of figures only
TRAINED, REACHED, ADOPTED = 6, 4, 6  # how many counts each has
WIDTH = TRAINED + REACHED + ADOPTED


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """By how much the counts of a cell change on a day.

    Secretaries, deputies, committee members, each followed by those trained; cells asked and
    reached, their members and the members reached; of the e-handbook as `Counted.counts`.
    """

    on: date
    counts: tuple[int, ...]


def training_steps(cells: Sequence[int]) -> dict[int, list[TrainingStep]]:
    """Six queries, however many cells; none more than there are kinds of facts."""
    by_cell: dict[int, dict[date, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0] * WIDTH)
    )
    for cell, steps in _trained(cells).items():
        for step in steps:
            _put(by_cell[cell][step.on], 0, step.counts)
    for cell, asked in _asked(cells).items():
        for on, counts in reach_changes(asked).items():
            _put(by_cell[cell][on], TRAINED, counts)
    for cell, counted in _counted(cells).items():
        for on, counts in adoption_changes(counted).items():
            _put(by_cell[cell][on], TRAINED + REACHED, counts)
    return {
        cell: [TrainingStep(on, tuple(days[on])) for on in sorted(days) if any(days[on])]
        for cell, days in by_cell.items()
    }


def _put(row: list[int], first: int, counts: Sequence[int]) -> None:
    for place, count in enumerate(counts, first):
        row[place] += count


def _trained(cells: Sequence[int]) -> dict[int, list[TrainStep]]:
    held: dict[int, Mapping[int, Sequence[PostSpan]]] = dict(posts_over_time(cells))
    figures_only = Unit.objects.filter(pk__in=among(cells), is_figures_only=True).cells()
    for cell, founded_on, ended_on in figures_only.values_list("pk", "founded_on", "ended_on"):
        held[cell] = {NAMELESS: [PostSpan(TrainPost.SECRETARY, (founded_on, ended_on))]}
    came = _came(cells, {member for people in held.values() for member in people})
    return {
        cell: train_steps(people, {m: came.get(m or -cell, {}) for m in people})
        for cell, people in held.items()
    }


def _came(cells: Sequence[int], members: set[int]) -> Mapping[int, Mapping[str, list[date]]]:
    """By member, or minus the cell where there is no name: the days of training by post."""
    columns = [f"session__course__{column}" for column in AUDIENCE.values()]
    rows = (
        Participant.objects.trained()
        .filter(Q(member_id__in=among(members)) | Q(member__isnull=True, unit_id__in=among(cells)))
        .order_by()
    )
    came: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for member, cell, day, *meant in rows.values_list(
        "member_id", "unit_id", "session__ends_on", *columns
    ):
        for post, is_meant in zip(AUDIENCE, meant, strict=True):
            if is_meant:
                came[member or -cell][post].append(day)
    return came


def _asked(cells: Sequence[int]) -> dict[int, list[Asked]]:
    rows = Receipt.objects.counted().filter(unit_id__in=among(cells)).order_by()
    found: dict[int, list[Asked]] = defaultdict(list)
    for cell, due_on, strength, reached_on, members in rows.values_list(
        "unit_id", "dissemination__due_on", "strength", "reached_on", "members"
    ):
        found[cell].append(Asked(due_on, strength, reached_on, members))
    return found


def _counted(cells: Sequence[int]) -> dict[int, list[Counted]]:
    """The counts that hold on some day. Which app is asked about is judged where the cell stands now."""
    book = RuleBook.load()
    rows = EHandbookAdoption.objects.filter(unit_id__in=among(cells)).order_by()
    found: dict[int, list[Counted]] = defaultdict(list)
    for cell, path, app, on, *numbers in rows.values_list(
        "unit_id",
        "unit__path",
        "app",
        "on",
        "members",
        "exempt",
        "installed",
        "installed_exempt",
        "signed_in",
    ):
        if days := days_of_app(book, path, app, on):
            found[cell].append(Counted(days, *numbers))
    return found
