from nennep.training.rules.coverage import PostSpan, TrainStep, train_steps, trained_from

__all__ = ["PostSpan", "TrainStep", "train_steps", "trained_from"]
