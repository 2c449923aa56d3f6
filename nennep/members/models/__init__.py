from nennep.members.models.handover import Handover, HandoverQuerySet
from nennep.members.models.member import Member, MemberQuerySet
from nennep.members.models.spells import Exemption, Position, Standing, Stay, WorkingSpell
from nennep.members.models.totals import StrengthFigure

__all__ = [
    "Exemption",
    "Handover",
    "HandoverQuerySet",
    "Member",
    "MemberQuerySet",
    "Position",
    "Standing",
    "Stay",
    "StrengthFigure",
    "WorkingSpell",
]
