from nennep.quality.models.audiences import Audience, ModelLesson, ModelMeeting
from nennep.quality.models.drafts import SheetDraft
from nennep.quality.models.oddities import Oddity, OddityQuerySet
from nennep.quality.models.office_forms import OfficeForm
from nennep.quality.models.scores import ScoreSheet, ScoreSheetQuerySet
from nennep.quality.models.supervision import (
    Following,
    Inspection,
    InspectionQuerySet,
    Recommendation,
    RecommendationQuerySet,
    Visit,
    VisitQuerySet,
)

__all__ = [
    "Audience",
    "Following",
    "Inspection",
    "InspectionQuerySet",
    "ModelLesson",
    "ModelMeeting",
    "Oddity",
    "OddityQuerySet",
    "OfficeForm",
    "Recommendation",
    "RecommendationQuerySet",
    "ScoreSheet",
    "ScoreSheetQuerySet",
    "SheetDraft",
    "Visit",
    "VisitQuerySet",
]
