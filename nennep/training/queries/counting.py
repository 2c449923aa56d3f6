"""What the figures above count of a cell from training, as changes by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from nennep.members.queries.among import among
from nennep.organisation.models import Unit
from nennep.training.choices import TrainPost
from nennep.training.models import Participant
from nennep.training.models.courses import AUDIENCE
from nennep.training.queries.holders import posts_over_time
from nennep.training.rules import PostSpan, TrainStep, train_steps

Days = Mapping[str, Sequence[date]]
NAMELESS = 0  # stands for the secretary of a cell of figures only


def training_steps(cells: Sequence[int]) -> dict[int, list[TrainStep]]:
    """Holders of posts and those trained, cell by cell; three queries, however many cells."""
    held: dict[int, dict[int, list[PostSpan]]] = {
        cell: dict(people) for cell, people in posts_over_time(cells).items()
    }
    came = _came(cells, {member for people in held.values() for member in people})
    figures_only = Unit.objects.filter(pk__in=among(cells), is_figures_only=True).cells()
    for cell, founded_on, ended_on in figures_only.values_list("pk", "founded_on", "ended_on"):
        held[cell] = {NAMELESS: [PostSpan(TrainPost.SECRETARY, (founded_on, ended_on))]}
    return {
        cell: train_steps(people, {m: came.get(m or -cell, {}) for m in people})
        for cell, people in held.items()
    }


def _came(cells: Sequence[int], members: set[int]) -> dict[int, dict[str, list[date]]]:
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
