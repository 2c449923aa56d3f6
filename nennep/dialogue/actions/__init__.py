"""What people do with proposals."""

from nennep.dialogue.actions.load import PastProposal, load_proposals
from nennep.dialogue.actions.proposals import Answer, NewProposal, answer, ask, pass_on, withdraw

__all__ = [
    "Answer",
    "NewProposal",
    "PastProposal",
    "answer",
    "ask",
    "load_proposals",
    "pass_on",
    "withdraw",
]
