"""The indicators of the programme (programme.md §3): what is divided by what.

Names are message ids, translated where they are shown. A count has no denominator.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nennep.indicators.choices import IndicatorKind

Numbers = Mapping[str, int]
Part = Callable[[Numbers], int]


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True)
class Indicator:
    """`measure` is "%" for shares, else what is counted. `less_is_better` turns target and trend.

    `due`: how much of the period can be judged yet. While that is nothing, nothing is said of the
    share: cells whose every meeting is still pending have no gap, and have not met either [D].
    """

    code: str
    name: str
    kind: IndicatorKind
    numerator: Part
    denominator: Part | None = None
    measure: str = "%"
    less_is_better: bool = False
    due: Part | None = None

    @property
    def is_share(self) -> bool:
        return self.denominator is not None and self.measure == "%"


def total(*names: str) -> Part:
    """The sum of these counters."""
    return lambda n: sum(n[name] for name in names)


def difference(first: str, *less: str) -> Part:
    return lambda n: n[first] - sum(n[name] for name in less)


FLOW, STOCK, PERIOD = IndicatorKind.FLOW, IndicatorKind.STOCK, IndicatorKind.PERIOD

REGULAR_DUE = difference("reg_expected", "reg_pending")
THEMATIC_DUE = difference("them_expected", "them_pending")

CLASSES = ("good", "fair", "medium", "poor")
SELF = tuple(f"self_{klass}" for klass in CLASSES)

LEVELS = ("excellent", "good", "completed", "not_completed")
RANKED = tuple(f"rank_{level}" for level in LEVELS)


def _levels(names: tuple[str, ...]) -> Iterator[Indicator]:
    """The share of each level of the latest year among the cells rated; two of them are no aim."""
    for level, name in zip(LEVELS, names, strict=True):
        yield Indicator(
            f"RANK.{level}",
            name,
            PERIOD,
            total(f"rank_{level}"),
            total(*RANKED),
            less_is_better=level in {"completed", "not_completed"},
        )


def _classes(code: str, prefix: str, names: tuple[str, ...]) -> Iterator[Indicator]:
    """The share of each class among all meetings that have one; medium and poor are no aim."""
    whole = [f"{prefix}{klass}" for klass in CLASSES]
    for klass, name in zip(CLASSES, names, strict=True):
        yield Indicator(
            f"QUAL.{code}.{klass}",
            name,
            FLOW,
            total(f"{prefix}{klass}"),
            total(*whole),
            less_is_better=klass in {"medium", "poor"},
        )


CATALOGUE: tuple[Indicator, ...] = (
    Indicator("ORG.grassroots", _("Grassroots organisations"), STOCK,
              total("grassroots_committees", "grassroots_cells"), measure="organisations"),
    Indicator("ORG.grassroots_cells", _("Grassroots cells"), STOCK,
              total("grassroots_cells"), measure="cells"),
    Indicator("ORG.cells_under_committees", _("Cells under grassroots committees"), STOCK,
              total("cells_under_committees"), measure="cells"),
    Indicator("ORG.cells", _("Cells"), STOCK,
              total("grassroots_cells", "cells_under_committees"), measure="cells"),
    Indicator("ORG.members", _("Members"), STOCK,
              total("official", "probationary"), measure="members"),
    Indicator("ORG.official", _("Official members"), STOCK, total("official"), measure="members"),
    Indicator("ORG.probationary", _("Probationary members"), STOCK,
              total("probationary"), measure="members"),
    Indicator("ORG.exempt", _("Members exempt from activities"), STOCK,
              total("exempt"), measure="members"),
    Indicator("MTG_REG", _("Regular meetings held"), FLOW,
              total("reg_held", "reg_late"), REGULAR_DUE),
    Indicator("MTG_REG.cells", _("Cells that met every month"), PERIOD,
              difference("cells_reg_expected", "cells_reg_gap"), total("cells_reg_expected"),
              due=REGULAR_DUE),
    Indicator("MTG_THEM", _("Thematic meetings held"), FLOW,
              total("them_held"), THEMATIC_DUE),
    Indicator("MTG_THEM.cells", _("Cells with a thematic meeting every quarter"), PERIOD,
              difference("cells_them_expected", "cells_them_gap"), total("cells_them_expected"),
              due=THEMATIC_DUE),
    Indicator("MTG_STEP", _("Meetings with every compulsory step"), FLOW,
              total("step_complete"), total("step_judged")),
    Indicator("MTG_STEP.cells", _("Cells whose every meeting had every compulsory step"), PERIOD,
              difference("cells_step_judged", "cells_step_missing"), total("cells_step_judged")),
    Indicator("MTG_CC", _("Cell committee meetings held"), FLOW,
              total("cc_held"), difference("cc_expected", "cc_pending")),
    Indicator("MTG_LATE", _("Regular meetings held late"), FLOW,
              total("reg_late"), total("reg_lateness_judged"), less_is_better=True),
    Indicator("MTG_SILENT", _("Regular meetings neither held nor explained"), FLOW,
              difference("reg_unmet", "reg_pending"), total("reg_expected"), less_is_better=True),
    Indicator("TIME.minimum", _("Meetings that lasted at least the minimum"), FLOW,
              total("time_met"), total("time_judged")),
    Indicator("TIME.minutes", _("Average length of a regular meeting"), FLOW,
              total("minutes_total"), total("minutes_meetings"), measure="minutes"),
    Indicator("ATT", _("Attendance at regular meetings"), FLOW,
              total("att_present"), total("att_required")),
    Indicator("ATT.thematic", _("Attendance at thematic meetings"), FLOW,
              total("them_present"), total("them_required")),
    Indicator("ATT_UNEX.absences", _("Absences without a reason"), FLOW,
              total("att_unexcused"), measure="absences", less_is_better=True),
    Indicator("ATT_UNEX.members", _("Members absent without a reason in three months of a year or more"),
              PERIOD, total("cells_unexcused_3"), measure="members", less_is_better=True),
    Indicator("ATT_EXC3", _("Members excused more than three times running"), PERIOD,
              total("cells_excused_4"), measure="members", less_is_better=True),
    Indicator("SPEAK", _("Members who spoke"), FLOW, total("speak_spoke"), total("speak_present")),
    Indicator("PREP.sent", _("Papers sent in time before the meeting"), FLOW,
              total("sent_met"), total("sent_judged")),
    Indicator("PREP.finished", _("Finished papers out in time"), FLOW,
              total("finished_met"), total("finished_judged")),
    Indicator("TASK", _("Working members with a concrete task"), STOCK,
              total("task_members"), total("task_working")),
    Indicator("TASK.any", _("Working members with any task"), STOCK,
              total("task_any"), total("task_working")),
    Indicator("TASK_DONE", _("Tasks done by their day"), FLOW,
              total("task_done"), difference("task_due", "task_pending")),
    Indicator("TASK_DONE.late", _("Tasks done later"), FLOW,
              total("task_late"), difference("task_due", "task_pending"), less_is_better=True),
    *_classes("self", "self_", (
        _("Meetings the cell classed good"), _("Meetings the cell classed fairly good"),
        _("Meetings the cell classed medium"), _("Meetings the cell classed poor"),
    )),
    Indicator("QUAL.official", _("Meetings whose class the superior has decided"), FLOW,
              total("gap_judged"), total(*SELF)),
    *_classes("official", "official_", (
        _("Meetings officially classed good"), _("Meetings officially classed fairly good"),
        _("Meetings officially classed medium"), _("Meetings officially classed poor"),
    )),
    Indicator("QUAL.gap.above", _("Meetings the cell classed better than its superior"), FLOW,
              total("gap_above"), total("gap_judged"), less_is_better=True),
    Indicator("QUAL.gap.below", _("Meetings the cell classed worse than its superior"), FLOW,
              total("gap_below"), total("gap_judged"), less_is_better=True),
    Indicator("TRAIN", _("Secretaries, deputies and cell-committee members trained in the year"),
              PERIOD, total("secretaries_trained", "deputies_trained", "cell_committee_trained"),
              total("secretaries", "deputies", "cell_committee")),
    Indicator("TRAIN.secretary", _("Cell secretaries trained in the year"), PERIOD,
              total("secretaries_trained"), total("secretaries")),
    Indicator("TRAIN.deputy", _("Deputy cell secretaries trained in the year"), PERIOD,
              total("deputies_trained"), total("deputies")),
    Indicator("TRAIN.committee", _("Members of cell committees trained in the year"), PERIOD,
              total("cell_committee_trained"), total("cell_committee")),
    Indicator("DISS", _("Members reached by documents to be made known"), STOCK,
              total("diss_members_reached"), total("diss_members")),
    Indicator("DISS.cells", _("Cells that made known the documents due"), STOCK,
              total("diss_reached"), total("diss_asked")),
    Indicator("EHB", _("Members with the e-handbook installed"), STOCK,
              total("ehb_installed"), total("ehb_members")),
    Indicator("EHB.liable", _("Members not exempt with the e-handbook installed"), STOCK,
              total("ehb_installed_liable"), total("ehb_liable")),
    Indicator("EHB.signed_in", _("Members able to sign in to the e-handbook"), STOCK,
              total("ehb_signed_in"), total("ehb_members")),
    Indicator("EHB.cells", _("Cells whose e-handbook was counted"), STOCK,
              total("ehb_cells"), total("grassroots_cells", "cells_under_committees")),
    Indicator("RANK.well", _("Cells that completed their tasks well or excellently"), PERIOD,
              total("rank_excellent", "rank_good"), total(*RANKED)),
    *_levels((
        _("Cells that completed their tasks excellently"), _("Cells that completed their tasks well"),
        _("Cells that completed their tasks"), _("Cells that did not complete their tasks"),
    )),
    Indicator("RANK.rated", _("Cells whose latest year was rated"), PERIOD,
              total(*RANKED), total("grassroots_cells", "cells_under_committees")),
    Indicator("WEAK", _("Weak cells"), PERIOD,
              total("rank_not_completed"), measure="cells", less_is_better=True),
    Indicator("WEAK.risen", _("Weak cells that were not weak a year later"), PERIOD,
              total("weak_risen"), total("weak_before")),
    Indicator("SUP", _("Cells visited by a superior"), PERIOD,
              total("cells_visited"), total("cells_reg_expected")),
    Indicator("SUP.visits", _("Visits of superiors to cells"), FLOW,
              total("visits_made"), measure="visits"),
    Indicator("INSP", _("Inspections and supervisions"), FLOW,
              total("inspections"), measure="inspections"),
    Indicator("INSP.answered", _("Recommendations answered by their day"), FLOW,
              total("rec_in_time"), difference("rec_due", "rec_pending")),
    Indicator("PROP", _("Proposals from below answered by their day"), FLOW,
              total("prop_in_time"), difference("prop_due", "prop_pending")),
    Indicator("MODEL", _("Model meetings held"), FLOW, total("models_held"), measure="meetings"),
    Indicator("BIG.cells", _("Cells of the size that is divided into party groups"), STOCK,
              total("big_cells"), measure="cells"),
    Indicator("BIG.grouped", _("Of these, cells with party groups"), STOCK,
              total("big_grouped"), total("big_cells")),
    Indicator("REWARD.total", _("Collectives and persons commended"), FLOW,
              total("commended_collectives", "commended_persons"), measure="commendations"),
    Indicator("REWARD.collectives", _("Collectives commended"), FLOW,
              total("commended_collectives"), measure="collectives"),
    Indicator("REWARD.persons", _("Persons commended"), FLOW,
              total("commended_persons"), measure="persons"),
)  # fmt: skip

BY_CODE = {indicator.code: indicator for indicator in CATALOGUE}
