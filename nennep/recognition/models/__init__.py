from nennep.recognition.models.commendations import Commendation, CommendationRound, Nomination
from nennep.recognition.models.ratings import Rating

__all__ = ["Commendation", "CommendationRound", "Nomination", "Rating"]
