"""The whole demonstration, thought out cell by cell when it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nennep.demo.plan.gatherings import CellHistory, Households
from nennep.demo.plan.people import PlannedPerson, people_of
from nennep.demo.plan.sizes import SIZES, Size
from nennep.demo.plan.tree import Household, Tree, plan_tree


@dataclass(frozen=True)
class Demonstration:
    """Same size and seed: the same demonstration, on every machine and database."""

    size: Size
    seed: int

    @classmethod
    def of(cls, size: str, seed: int) -> "Demonstration":
        return cls(SIZES[size], seed)

    @property
    def id_series(self) -> str:
        return f"https://nennep.example/demo/{self.size.name}/{self.seed}"

    @cached_property
    def tree(self) -> Tree:
        return plan_tree(self.size, self.seed)

    @cached_property
    def people(self) -> list[list[PlannedPerson]]:
        """Those of each household, in its order; thought out once, for rolls and meetings alike."""
        return [
            people_of(household, self.size.first_month, self.seed)
            for household in self.tree.households
        ]

    def rolls(self) -> Iterator[tuple[Household, list[PlannedPerson]]]:
        return zip(self.tree.households, self.people, strict=True)

    def histories(self, first_id: int) -> Iterator[CellHistory]:
        """`first_id` is the id of the first member on the rolls; the others follow in order."""
        plan = Households(self.size, self.seed, self.tree.own_cell.code)
        for household, people in self.rolls():
            yield from plan.histories(household, people, first_id)
            first_id += len(people)
