from nennep.recognition.models.commendations import Commendation, CommendationRound, Proposal
from nennep.recognition.models.ratings import Rating

__all__ = ["Commendation", "CommendationRound", "Proposal", "Rating"]
