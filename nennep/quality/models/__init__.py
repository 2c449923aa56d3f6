from nennep.quality.models.drafts import SheetDraft
from nennep.quality.models.oddities import Oddity, OddityQuerySet
from nennep.quality.models.scores import ScoreSheet, ScoreSheetQuerySet

__all__ = ["Oddity", "OddityQuerySet", "ScoreSheet", "ScoreSheetQuerySet", "SheetDraft"]
