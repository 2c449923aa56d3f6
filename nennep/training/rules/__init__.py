from nennep.training.rules.counted import Asked, Counted, adoption_changes, reach_changes
from nennep.training.rules.coverage import PostSpan, TrainStep, train_steps
from nennep.training.rules.thresholds import TrainingRules

__all__ = [
    "Asked",
    "Counted",
    "PostSpan",
    "TrainStep",
    "TrainingRules",
    "adoption_changes",
    "reach_changes",
    "train_steps",
]
