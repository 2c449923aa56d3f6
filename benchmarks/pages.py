"""What a first visit loads: the page and everything it brings along, as it goes over the wire."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.printing import say
from benchmarks.timing import AS_ADDRESS, browser, on_the_way_down
from nennep.accounts.models import User

OF_PAGE = re.compile(r'(?:href|src)="/static/([^"#?]+)')
# A module imports another, a style sheet names a picture: beside it, or by the way from there.
OF_FILE = re.compile(r"""["'(](\.{1,2}/[^"')#?]+)""")


def measure(database: str) -> None:
    city = browser(User.objects.get(username="thanhuy"))
    for kind, unit in on_the_way_down().items():
        address = reverse("indicators:board", args=[unit.code])
        _say(f"board of a {kind}", city, f"{address}?tu={AS_ADDRESS['tu']}", database)
    office = browser(User.objects.get(username="vanphong"))
    for name, address in (
        ("figures of a district", reverse("indicators:figures", args=["SOCSON"])),
        ("ledger of a district", reverse("meetings:ledger", args=["SOCSON"])),
    ):
        _say(name, office, address, database)
    secretary = browser(User.objects.get(username="bithu"))
    _say("home of a secretary", secretary, reverse("meetings:home"), database)


def _say(name: str, client: Client, address: str, database: str) -> None:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    page = answer.content
    if answer.headers.get("Content-Encoding") == "gzip":
        size, page = len(page), gzip.decompress(page)
    else:
        size = len(page)
    size += sum(map(_as_sent, _brought_along(page.decode())))
    say(f"first load: {name}", size / 1000, "kB", 100, database)


def _brought_along(page: str) -> set[Path]:
    """Files that the page names, and those that they name."""
    root = Path(settings.STATIC_ROOT).resolve()
    waiting = [root / name for name in OF_PAGE.findall(page)]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop().resolve()
        if path.is_file() and path not in found:
            found.add(path)
            waiting.extend(_named_in(path))
    return found


def _named_in(path: Path) -> Iterator[Path]:
    if path.suffix in {".js", ".css", ".svg"}:
        for name in OF_FILE.findall(path.read_text()):
            yield path.parent / name


def _as_sent(path: Path) -> int:
    compressed = path.with_name(path.name + ".gz")
    return (compressed if compressed.exists() else path).stat().st_size
