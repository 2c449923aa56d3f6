"""What is asked of a task, where it stands, and what it counts for."""

from nennep.tasks.rules.clarity import ClarityScheme, ClearQuestion
from nennep.tasks.rules.thresholds import TaskRules

__all__ = ["ClarityScheme", "ClearQuestion", "TaskRules"]
