from nennep.dialogue.models.proposals import (
    Proposal,
    ProposalQuerySet,
    ProposalStep,
    own_paths,
)
from nennep.dialogue.models.surveys import Survey, SurveyInvitation, SurveyQuerySet

__all__ = [
    "Proposal",
    "ProposalQuerySet",
    "ProposalStep",
    "Survey",
    "SurveyInvitation",
    "SurveyQuerySet",
    "own_paths",
]
