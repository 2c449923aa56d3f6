from nennep.quality.models.drafts import SheetDraft
from nennep.quality.models.scores import ScoreSheet, ScoreSheetQuerySet

__all__ = ["ScoreSheet", "ScoreSheetQuerySet", "SheetDraft"]
