"""From a file to the roll or the tree: read, mapped, looked at row by row, taken in, taken back."""

from nennep.imports.views.attendance import attendance
from nennep.imports.views.files import export, start, steps, template, upload
from nennep.imports.views.tables import (
    answer,
    columns,
    discard,
    others,
    preview,
    take,
    undo,
)

__all__ = [
    "answer",
    "attendance",
    "columns",
    "discard",
    "export",
    "others",
    "preview",
    "start",
    "steps",
    "take",
    "template",
    "undo",
    "upload",
]
