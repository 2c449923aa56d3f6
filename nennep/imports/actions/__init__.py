"""What people do with a spreadsheet: read it, say what it means, take it in, take it back."""

from nennep.imports.actions.reading import (
    answer,
    discard,
    forget_stale,
    judge,
    map_columns,
    read_file,
)
from nennep.imports.actions.taking import Faulty, Taken, take_file, take_in, undo

__all__ = [
    "Faulty",
    "Taken",
    "answer",
    "discard",
    "forget_stale",
    "judge",
    "map_columns",
    "read_file",
    "take_file",
    "take_in",
    "undo",
]
