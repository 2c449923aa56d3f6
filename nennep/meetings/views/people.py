"""Names that people type, matched with the roll."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from nennep.members.models import Member
from nennep.members.queries import RollEntry


@dataclass(frozen=True)
class People:
    """The persons of a roll, each under a name that no other has."""

    by_label: dict[str, int] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        return list(self.by_label)

    def label_of(self, member_id: int | None) -> str:
        return next((label for label, pk in self.by_label.items() if pk == member_id), "")

    def find(self, typed: str) -> Member | None:
        """Whom the name means; None where nobody has it."""
        wanted = " ".join(typed.split()).casefold()
        found = next((pk for label, pk in self.by_label.items() if label.casefold() == wanted), 0)
        return Member.objects.filter(pk=found).first() if found else None


def people_of(roll: Sequence[RollEntry]) -> People:
    """Two of one name are told apart by the year they were born in, else by a number."""
    counts = Counter(entry.name.casefold() for entry in roll)
    doubles = [entry.member_id for entry in roll if counts[entry.name.casefold()] > 1]
    years = dict(Member.objects.filter(pk__in=doubles).values_list("pk", "birth_year"))
    by_label: dict[str, int] = {}
    for entry in roll:
        label = (
            f"{entry.name} ({years[entry.member_id]})" if entry.member_id in years else entry.name
        )
        number = 2
        while label in by_label:
            label, number = f"{entry.name} ({years[entry.member_id]}, {number})", number + 1
        by_label[label] = entry.member_id
    return People(by_label)
