"""Pages of proposals and of surveys."""

from nennep.dialogue.views.proposals import answer, ask, home, pass_on, proposal, withdraw
from nennep.dialogue.views.surveys import answer_survey, hold, survey, surveys

__all__ = [
    "answer",
    "answer_survey",
    "ask",
    "hold",
    "home",
    "pass_on",
    "proposal",
    "survey",
    "surveys",
    "withdraw",
]
