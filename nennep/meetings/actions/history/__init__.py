"""Past meetings in bulk, for the demonstration and for taking over a register."""

from nennep.meetings.actions.history.explanations import PastExplanation, load_explanations
from nennep.meetings.actions.history.loading import Loaded, load_history
from nennep.meetings.actions.history.past import (
    PastItem,
    PastLine,
    PastMeeting,
    PastResolution,
    PastRoll,
    PastVote,
)

__all__ = [
    "Loaded",
    "PastExplanation",
    "PastItem",
    "PastLine",
    "PastMeeting",
    "PastResolution",
    "PastRoll",
    "PastVote",
    "load_explanations",
    "load_history",
]
