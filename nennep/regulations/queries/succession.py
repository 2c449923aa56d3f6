"""Which document stood where another one stands now."""

from collections.abc import Sequence
from datetime import date

from nennep.regulations.choices import Force
from nennep.regulations.models import Basis


def forerunners(bases: Sequence[Basis], day: date) -> list[Basis]:
    """What held that day of all that these took the place of, directly or through others.

    In the order of the bases, each once; one question to the database, whatever there is.
    """
    before: dict[int, list[Basis]] = {}
    rows = Basis.objects.filter(replaced_by__isnull=False).select_related("replaced_by")
    for basis in rows.order_by("issued_on", "pk"):
        before.setdefault(basis.replaced_by_id or 0, []).append(basis)
    found: dict[int, Basis] = {}
    waiting, seen = list(bases), set[int]()
    while waiting:
        basis = waiting.pop(0)
        if basis.pk in seen:
            continue
        seen.add(basis.pk)
        earlier = before.get(basis.pk, [])
        found.update((each.pk, each) for each in earlier if each.force_on(day) == Force.RUNNING)
        waiting += earlier
    return list(found.values())
