from nennep.organisation.models.body import Body, PartyGroup, Term
from nennep.organisation.models.unit import Lineage, Placement, Unit, UnitQuerySet

__all__ = ["Body", "Lineage", "PartyGroup", "Placement", "Term", "Unit", "UnitQuerySet"]
