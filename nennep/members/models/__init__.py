from nennep.members.models.member import Member, MemberQuerySet
from nennep.members.models.spells import Exemption, Position, Standing, Stay, WorkingSpell
from nennep.members.models.totals import StrengthFigure

__all__ = [
    "Exemption",
    "Member",
    "MemberQuerySet",
    "Position",
    "Standing",
    "Stay",
    "StrengthFigure",
    "WorkingSpell",
]
