"""Who acts. Filled by `accounts.User`; anything else that has these attributes is a person too."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Reach:
    """A part of the tree that a right covers; `only` narrows it to one record."""

    path: str
    only: UUID | None = None


class Person(Protocol):
    @property
    def pk(self) -> int | None: ...

    @property
    def label(self) -> str:
        """How the trail names them."""

    def reaches(self, can: str) -> list[Reach]:
        """Where this person may do `can`, by the grants valid now."""
