"""The dated rules on the handbook. A rule without a value on a day judges nothing."""

from dataclasses import dataclass
from typing import ClassVar

from nennep.regulations.rules import flag


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class HandbookRules:
    """`four_eyes`: who wrote a text does not publish it."""

    prefix: ClassVar[str] = "handbook"

    four_eyes: bool | None = flag(_("Who wrote an entry of the handbook does not publish it"))
