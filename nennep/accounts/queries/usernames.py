"""Names for accounts that are to be made."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from nennep.accounts import rules
from nennep.accounts.models import User

ASKED_AT_ONCE = 200  # conditions of one query


def free_usernames(full_names: Sequence[str]) -> list[str]:
    """A free user name for each person in turn, all different; nobody's is given twice, ever."""
    bases = [rules.spoken_username(name) for name in full_names]
    taken = _taken(set(bases))
    given = []
    for base in bases:
        username = rules.free_username(base, taken)
        taken.add(username)
        given.append(username)
    return given


def _taken(bases: Iterable[str]) -> set[str]:
    """The user names that begin like one of these."""
    wanted = sorted(bases)
    taken: set[str] = set()
    for at in range(0, len(wanted), ASKED_AT_ONCE):
        alike = Q(pk__in=[])
        for base in wanted[at : at + ASKED_AT_ONCE]:
            alike |= Q(username__gte=base, username__lt=base + "~")
        taken.update(User.objects.filter(alike).values_list("username", flat=True))
    return taken
