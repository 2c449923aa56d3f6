"""How far a document is made known: per document, and what a cell still owes."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from nennep.core import clock
from nennep.core.person import Person
from nennep.meetings.queries.calls import secretaries_shown_to
from nennep.members.queries import PositionHolder
from nennep.organisation.models import Unit
from nennep.organisation.queries import names_above
from nennep.training.models import Dissemination, Receipt
from nennep.training.models.dissemination import ReceiptQuerySet

SHOWN_AT_MOST = 50
NAMED_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class ReachLine:
    """A document and how far it has come under one unit."""

    dissemination: Dissemination
    asked: int
    reached: int
    members: int
    strength: int
    is_own: bool

    @property
    def cells_pair(self) -> tuple[int, int]:
        return self.reached, self.asked

    @property
    def members_pair(self) -> tuple[int, int]:
        return self.members, self.strength

    @property
    def is_done(self) -> bool:
        return self.reached == self.asked


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cell that has not made it known yet, the unit above it, and its secretary."""

    receipt: Receipt
    place: str
    secretary: PositionHolder | None


def under(unit: Unit) -> ReceiptQuerySet:
    return Receipt.objects.within(unit).counted()


def lines_for(unit: Unit) -> list[ReachLine]:
    """What the unit or one above it gave, counted over the cells under the unit. Two queries."""
    counts = {
        row["dissemination_id"]: row
        for row in under(unit)
        .order_by()
        .values("dissemination_id")
        .annotate(
            asked=Count("id"),
            reached=Count("id", filter=Q(reached_on__isnull=False)),
            people=Sum("members"),
            all=Sum("strength"),
        )
    }
    given = Dissemination.objects.filter(pk__in=list(counts)).select_related("unit")
    return [
        ReachLine(
            each,
            counts[each.pk]["asked"],
            counts[each.pk]["reached"],
            counts[each.pk]["people"],
            counts[each.pk]["all"],
            each.unit_id == unit.pk,
        )
        for each in given.order_by("-due_on", "-id")[:SHOWN_AT_MOST]
    ]


def line_of(dissemination: Dissemination, unit: Unit) -> ReachLine:
    rows = dissemination.receipts.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    told = rows.aggregate(
        asked=Count("id"),
        reached=Count("id", filter=Q(reached_on__isnull=False)),
        people=Sum("members", default=0),
        all=Sum("strength", default=0),
    )
    return ReachLine(
        dissemination,
        told["asked"],
        told["reached"],
        told["people"],
        told["all"],
        dissemination.unit_id == unit.pk,
    )


def waiting_of(dissemination: Dissemination, person: Person) -> list[Waiting]:
    """Cells that have not, in the order of the tree. Three queries."""
    rows = list(
        dissemination.receipts.filter(reached_on__isnull=True)
        .select_related("unit")
        .order_by("unit__path")
    )
    units = [row.unit for row in rows]
    places = names_above(units)
    ids = [unit.pk for unit in units]
    secretaries = secretaries_shown_to(person, dissemination.unit, ids, clock.today())
    return [Waiting(row, places.get(row.unit_id, ""), secretaries.get(row.unit_id)) for row in rows]


def done_of(dissemination: Dissemination) -> ReceiptQuerySet:
    """Cells that have, the latest first."""
    rows = dissemination.receipts.filter(reached_on__isnull=False).select_related("unit", "meeting")
    return rows.order_by(F("reached_on").desc(), "unit__path")


def owed_by(cell: Unit) -> list[Receipt]:
    """What a cell has not made known yet, the next due first."""
    today = clock.today()
    rows = Receipt.objects.counted().filter(unit=cell, reached_on__isnull=True)
    rows = rows.filter(dissemination__begins_on__lte=today)
    return list(rows.select_related("dissemination__unit").order_by("dissemination__due_on", "id"))
