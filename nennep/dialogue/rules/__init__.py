"""Rules on proposals and surveys."""

from nennep.dialogue.rules.proposals import Owed, owed, state_of
from nennep.dialogue.rules.thresholds import DialogueRules

__all__ = ["DialogueRules", "Owed", "owed", "state_of"]
