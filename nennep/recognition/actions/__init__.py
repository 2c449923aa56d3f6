"""What people do about the ratings of a year."""

from nennep.recognition.actions.ratings import (
    Decision,
    SelfRating,
    decide,
    enter_past,
    note_strengthening,
    rate_self,
    verify,
)

__all__ = [
    "Decision",
    "SelfRating",
    "decide",
    "enter_past",
    "note_strengthening",
    "rate_self",
    "verify",
]
