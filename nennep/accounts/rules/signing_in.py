"""How often one may try, from where, and with what: numbers in, verdict out."""

import ipaddress
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

PRESET = Path(__file__).parents[1] / "presets" / "sign_in.toml"
# Part of one network: a household or an office has a whole range of IPv6 addresses.
IPV6_NETWORK = 64
NOWHERE = "unknown"


@dataclass(frozen=True, slots=True)
class SignInRules:
    """What `presets/sign_in.toml` says; durations as spans of time."""

    per_account: int
    per_network: int
    window: timedelta
    rest: timedelta
    first_password: timedelta
    second_step: timedelta
    own: timedelta
    seen_within: timedelta
    ending_soon: timedelta
    batch_at_most: int
    slips_wait: timedelta


@cache
def limits() -> SignInRules:
    told = tomllib.loads(PRESET.read_text(encoding="utf-8"))
    tries, second = told["tries"], told["second_step"]
    return SignInRules(
        per_account=tries["account"],
        per_network=tries["network"],
        window=timedelta(minutes=tries["window_minutes"]),
        rest=timedelta(minutes=tries["rest_minutes"]),
        first_password=timedelta(days=told["first_password"]["days"]),
        second_step=timedelta(minutes=second["minutes"]),
        own=timedelta(minutes=second["own_minutes"]),
        seen_within=timedelta(minutes=told["sessions"]["seen_minutes"]),
        ending_soon=timedelta(days=told["grants"]["ending_days"]),
        batch_at_most=told["batches"]["at_most"],
        slips_wait=timedelta(hours=told["batches"]["hours"]),
    )


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of one name or one network. A try counts before it is judged, so that many at once
    do not slip past the limit; the one that succeeds is taken back.
    """

    count: int = 0
    began_at: datetime | None = None
    rests_until: datetime | None = None

    def is_resting(self, now: datetime) -> bool:
        return self.rests_until is not None and now < self.rests_until

    def one_more(self, now: datetime, limit: int, rules: SignInRules) -> "Tries":
        """The last try of the limit still counts as one; what comes after it has to wait."""
        is_over = self.began_at is None or now - self.began_at >= rules.window
        has_rested = self.rests_until is not None and now >= self.rests_until
        count, began_at = (0, now) if is_over or has_rested else (self.count, self.began_at)
        rests_until = now + rules.rest if count + 1 >= limit else None
        return Tries(count + 1, began_at, rests_until)

    def one_less(self, limit: int) -> "Tries":
        count = max(0, self.count - 1)
        return Tries(count, self.began_at, self.rests_until if count >= limit else None)


def minutes_left(until: datetime, now: datetime) -> int:
    """Whole minutes to wait, the last one begun counted."""
    return max(1, -int(-(until - now).total_seconds() // 60))


def network_of(remote: str, forwarded: str, proxies: int) -> str:
    """The network a request comes from.

    `proxies` of our own stand in front, each of which added to `forwarded` the address it was
    called from: only as many entries, from the right, can be believed. With none, nobody's word
    but the connection's own address is taken.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    address = hops[-proxies] if 0 < proxies <= len(hops) else remote
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return NOWHERE
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))
    return str(found)


# Looked for in this order: many browsers also carry the names of others.
BROWSERS = (
    ("Zalo", "Zalo"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """“Chrome, Android”: what people recognise their device by. Nothing else of it is kept."""
    found = (
        next((name for mark, name in names if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)
