"""The few figures a board begins with, and all of them in the order they are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from nennep.indicators.queries.figures import Figure, FigureSheet

# What a committee answers for is cells without a gap; the meetings stand beside them.
OF_COMMITTEE = (
    ("ATT", "ATT.thematic"),
    ("MTG_REG.cells", "MTG_REG"),
    ("MTG_THEM.cells", "MTG_THEM"),
    ("MTG_STEP.cells", "MTG_STEP"),
    ("TASK", "TASK_DONE"),
    ("TRAIN.secretary", "TRAIN"),
    ("RANK.well", "WEAK"),
)
# A cell has met or not: its own meetings are counted, and judged as one cell among all.
OF_CELL = (
    ("ATT", "ATT"),
    ("MTG_REG", "MTG_REG.cells"),
    ("MTG_THEM", "MTG_THEM.cells"),
    ("MTG_STEP", "MTG_STEP.cells"),
    ("TASK", "TASK"),
)
# Shown only where something is known: not every unit keeps its tasks here.
IF_KNOWN = frozenset({"TASK", "TRAIN.secretary", "RANK.well"})


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


# Codes by what stands before their dot.
GROUPS = (
    (_("Organisation and members"), ("ORG", "BIG")),
    (_("Meetings held"), ("MTG_REG", "MTG_THEM", "MTG_CC", "MTG_LATE", "MTG_SILENT")),
    (_("Steps, length and papers"), ("MTG_STEP", "TIME", "PREP")),
    (_("Attendance and discussion"), ("ATT", "ATT_UNEX", "ATT_EXC3", "SPEAK")),
    (_("Tasks"), ("TASK", "TASK_DONE")),
    (_("Quality of meetings"), ("QUAL",)),
    (_("Training, dissemination, e-handbook"), ("TRAIN", "DISS", "EHB")),
    (_("Ratings of the year"), ("RANK", "WEAK")),
    (_("Supervision"), ("SUP", "INSP", "MODEL")),
    (_("Proposals from below"), ("PROP",)),
    (_("Commendation"), ("REWARD",)),
)


@dataclass(frozen=True)
class Headline:
    """A figure, what judges it, and a second figure that is read beside it."""

    figure: Figure
    judged: Figure
    beside: Figure | None = None

    @property
    def is_known(self) -> bool:
        return self.figure.indicator.code not in IF_KNOWN or self.figure.value is not None


def headlines(sheet: FigureSheet) -> Sequence[Headline]:
    if sheet.unit.is_cell:
        lines = [Headline(sheet[code], sheet[judged]) for code, judged in OF_CELL]
    else:
        lines = [Headline(sheet[code], sheet[code], sheet[beside]) for code, beside in OF_COMMITTEE]
    return [line for line in lines if line.is_known]


def grouped(sheet: FigureSheet) -> list[tuple[str, list[Figure]]]:
    """Every figure of a sheet once, under the heading (a message id) it belongs to."""
    return [
        (title, [f for f in sheet.figures if f.indicator.code.partition(".")[0] in roots])
        for title, roots in GROUPS
    ]


def unconfirmed(sheet: FigureSheet) -> list[str]:
    """Symbols of what judges the headlines and was not checked against the original yet."""
    norms = [line.judged.norm for line in headlines(sheet)]
    return sorted({n.source.symbol for n in norms if n and not n.source.is_confirmed})
