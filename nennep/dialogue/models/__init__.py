from nennep.dialogue.models.proposals import (
    Proposal,
    ProposalQuerySet,
    ProposalStep,
    asked_from,
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
    "asked_from",
    "own_paths",
]
