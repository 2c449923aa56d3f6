from nennep.quality.views.classes import (
    classes,
    classes_file,
    classes_home,
    confirm,
    decide,
    period_classes,
    period_file,
)
from nennep.quality.views.oddities import explain_oddity, oddities
from nennep.quality.views.scoring import score
from nennep.quality.views.sheets import (
    begin,
    draft,
    draft_criterion,
    example,
    sheet,
    sheets,
    year_rule,
)

__all__ = [
    "begin",
    "classes",
    "classes_file",
    "classes_home",
    "confirm",
    "decide",
    "draft",
    "draft_criterion",
    "example",
    "explain_oddity",
    "oddities",
    "period_classes",
    "period_file",
    "score",
    "sheet",
    "sheets",
    "year_rule",
]
