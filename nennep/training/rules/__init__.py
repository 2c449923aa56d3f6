from nennep.training.rules.counted import Asked, Counted, adoption_changes, reach_changes
from nennep.training.rules.coverage import PostSpan, TrainStep, train_steps
from nennep.training.rules.quizzes import (
    QUESTIONS_AT_MOST,
    Question,
    added,
    questions_in,
    right_answers,
)
from nennep.training.rules.thresholds import TrainingRules

__all__ = [
    "QUESTIONS_AT_MOST",
    "Asked",
    "Counted",
    "PostSpan",
    "Question",
    "TrainStep",
    "TrainingRules",
    "added",
    "adoption_changes",
    "questions_in",
    "reach_changes",
    "right_answers",
    "train_steps",
]
