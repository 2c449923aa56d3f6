"""The pages of the roll, and of those who hold a post."""

from nennep.members.views.handover import hand_over_post, take_handover_back
from nennep.members.views.looks import who_looked
from nennep.members.views.offices import offices, open_for_offices
from nennep.members.views.roll import (
    admit,
    change,
    figures,
    member,
    roll,
    search,
    welcome,
)

__all__ = [
    "admit",
    "change",
    "figures",
    "hand_over_post",
    "member",
    "offices",
    "open_for_offices",
    "roll",
    "search",
    "take_handover_back",
    "welcome",
    "who_looked",
]
