"""Every month of every cell of a district again from the facts, and all sums above them."""

from benchmarks.printing import say
from benchmarks.timing import seconds
from nennep.accounts.queries import system_person
from nennep.config.serving import cores
from nennep.indicators.actions.rebuild import rebuild
from nennep.organisation.models import Unit


def measure(database: str) -> None:
    taken = seconds(lambda: rebuild(by=system_person(), workers=cores()))
    cells = Unit.objects.cells().count()
    say(f"all months of {cells} cells recomputed from the facts", taken, "s", 30, database)
