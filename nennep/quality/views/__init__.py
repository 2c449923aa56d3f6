from nennep.quality.views.audiences import model, models
from nennep.quality.views.classes import (
    classes,
    classes_file,
    classes_home,
    confirm,
    decide,
    period_classes,
    period_file,
)
from nennep.quality.views.following import followers
from nennep.quality.views.inspections import inspection, inspections, plan_inspection
from nennep.quality.views.oddities import explain_oddity, oddities
from nennep.quality.views.office_forms import (
    filled_form,
    office_form,
    office_forms,
    put_form_aside,
)
from nennep.quality.views.recommendations import (
    recommendation,
    recommendations,
    recommendations_file,
)
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
from nennep.quality.views.supervision import own_cells_page, supervision, supervision_home
from nennep.quality.views.visits import plan, plan_a_visit, plan_file, record, visit

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
    "filled_form",
    "followers",
    "inspection",
    "inspections",
    "model",
    "models",
    "oddities",
    "office_form",
    "office_forms",
    "own_cells_page",
    "period_classes",
    "period_file",
    "plan",
    "plan_a_visit",
    "plan_file",
    "plan_inspection",
    "put_form_aside",
    "recommendation",
    "recommendations",
    "recommendations_file",
    "record",
    "score",
    "sheet",
    "sheets",
    "supervision",
    "supervision_home",
    "visit",
    "year_rule",
]
