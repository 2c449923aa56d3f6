"""What the regulations say about meetings, as arithmetic on plain values."""

from nennep.meetings.rules.thresholds import Compulsory, MeetingRules, Step, StepBlock

__all__ = ["Compulsory", "MeetingRules", "Step", "StepBlock"]
