"""Who holds a post that is trained, on a day or over time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from nennep.core.fields import below, holding_on
from nennep.members.choices import PositionTitle
from nennep.members.models import Position
from nennep.members.queries.among import among
from nennep.members.queries.positions import CELL_BODIES
from nennep.organisation.choices import CELL_KINDS, BodyKind
from nennep.organisation.models import Placement, Unit
from nennep.organisation.queries import place_on
from nennep.training.choices import CellGroup, TrainPost
from nennep.training.rules import PostSpan

POST_OF_TITLE = {
    PositionTitle.SECRETARY: TrainPost.SECRETARY,
    PositionTitle.STANDING_DEPUTY: TrainPost.DEPUTY,
    PositionTitle.DEPUTY: TrainPost.DEPUTY,
    PositionTitle.COMMITTEE_MEMBER: TrainPost.CELL_COMMITTEE,
}
ORDER = {post: place for place, post in enumerate(TrainPost)}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody's highest post in one unit; `member_id` is None in a unit of figures only."""

    unit_id: int
    path: str
    group: CellGroup
    post: TrainPost
    member_id: int | None
    name: str = ""
    sort_key: str = ""


def post_of(title: str, body_kind: str) -> TrainPost:
    """Whatever is held in a committee above the cells is one post."""
    if body_kind in CELL_BODIES:
        return POST_OF_TITLE[PositionTitle(title)]
    return TrainPost.COMMITTEE


def group_of(kind: str) -> CellGroup:
    return CellGroup(kind) if kind in CELL_KINDS else CellGroup.ABOVE


def holders_under(unit: Unit, day: date) -> list[Holder]:
    """At and below the unit, as it all stood on the day. Four queries, however many cells.

    In a cell of figures only the secretary counts as one without a name; of its other posts nothing is known.
    """
    stood = place_on(unit, day)
    if stood is None:
        return []
    places = Placement.objects.on(day).filter(below("path", stood.path))
    at = {
        pk: (path, group_of(kind))
        for pk, path, kind in places.values_list("unit_id", "path", "kind")
    }
    found: dict[tuple[int, int], Holder] = {}
    for unit_id, title, body_kind, member_id, name, sort_key in _positions(places, day):
        holder = Holder(unit_id, *at[unit_id], post_of(title, body_kind), member_id, name, sort_key)
        known = found.get((unit_id, member_id))
        if known is None or ORDER[holder.post] < ORDER[known.post]:
            found[unit_id, member_id] = holder
    nameless = [Holder(pk, *at[pk], TrainPost.SECRETARY, None) for pk in _figures_only(places)]
    everybody = [*found.values(), *nameless]
    return sorted(everybody, key=lambda h: (h.path, ORDER[h.post], h.sort_key))


def _positions(
    places: QuerySet[Placement], day: date
) -> Iterator[tuple[int, str, str, int, str, str]]:
    rows = Position.objects.filter(
        holding_on(day),
        body__unit_id__in=places.values("unit_id"),
        body__kind__in=(*CELL_BODIES, BodyKind.COMMITTEE),
    ).order_by()
    yield from rows.values_list(
        "body__unit_id", "title", "body__kind", "member_id", "member__full_name", "member__sort_key"
    )


def _figures_only(places: QuerySet[Placement]) -> list[int]:
    cells = places.filter(kind__in=sorted(CELL_KINDS), unit__is_figures_only=True)
    return list(cells.values_list("unit_id", flat=True))


def posts_over_time(cells: Sequence[int]) -> Mapping[int, Mapping[int, list[PostSpan]]]:
    """By cell and person, every post there has been in the cell's own bodies."""
    rows = Position.objects.filter(body__unit_id__in=among(cells), body__kind__in=CELL_BODIES)
    held: dict[int, dict[int, list[PostSpan]]] = defaultdict(lambda: defaultdict(list))
    for cell, member, title, first, last in rows.order_by().values_list(
        "body__unit_id", "member_id", "title", "valid_from", "valid_to"
    ):
        held[cell][member].append(PostSpan(POST_OF_TITLE[PositionTitle(title)], (first, last)))
    return held
