"""The board of a unit of each level over 36 months: server time of the whole request."""

from functools import partial

from django.urls import reverse

from benchmarks.printing import say
from benchmarks.timing import AS_ADDRESS, browser, on_the_way_down, p95_of
from nennep.accounts.models import User


def measure(database: str) -> None:
    client = browser(User.objects.get(username="thanhuy"))
    for kind, unit in on_the_way_down().items():
        address = reverse("indicators:board", args=[unit.code])
        assert client.get(address, AS_ADDRESS).status_code == 200, address
        taken = p95_of(partial(client.get, address, AS_ADDRESS))
        say(f"board of a {kind}, 36 months, p95", taken, "ms", 100, database)
