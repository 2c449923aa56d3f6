"""Names that people type, matched with the roll."""

from collections.abc import Sequence

from nennep.members.models import Member
from nennep.members.queries import RollEntry


def by_name(roll: Sequence[RollEntry]) -> dict[str, Member]:
    """Members of the roll by their name; two of one name are told apart by nobody, so neither is."""
    names = [entry.name.casefold() for entry in roll]
    single = {entry.member_id for entry in roll if names.count(entry.name.casefold()) == 1}
    return {member.full_name.casefold(): member for member in Member.objects.filter(pk__in=single)}
