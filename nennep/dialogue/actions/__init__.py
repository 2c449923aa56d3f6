"""What people do with proposals and surveys."""

from nennep.dialogue.actions.load import PastProposal, load_proposals, load_survey
from nennep.dialogue.actions.proposals import Answer, NewProposal, answer, ask, pass_on, withdraw
from nennep.dialogue.actions.surveys import NewSurvey, hand_in_sheet, open_survey

__all__ = [
    "Answer",
    "NewProposal",
    "NewSurvey",
    "PastProposal",
    "answer",
    "ask",
    "hand_in_sheet",
    "load_proposals",
    "load_survey",
    "open_survey",
    "pass_on",
    "withdraw",
]
