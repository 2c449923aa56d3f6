"""What every page shows around its own content, and which entries lead where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.http import HttpRequest
from django.utils.functional import Promise

from nennep.core import clock
from nennep.ui.nav import (
    AT_HAND,
    NavGroup,
    NavLink,
    NavSection,
    address_of,
    nav_links,
    reaches,
    register_nav,
    sections_of,
)

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from nennep.core.person import Person

    class Request(HttpRequest):
        """A request of somebody who has signed in, as every guarded view gets it."""

        user: Person  # type: ignore[assignment]  # accounts.User, seen through core's protocol
        htmx: HtmxDetails

else:
    Request = HttpRequest


__all__ = ["Frame", "NavGroup", "NavLink", "Request", "register_home", "register_nav"]


class AskPlace(Protocol):
    def __call__(self, request: HttpRequest) -> str: ...


_places: list[AskPlace] = []


@dataclass(frozen=True)
class HomeEntry:
    """Where somebody works who has no cell of their own: the first one they hold the verb of."""

    verb: str
    url_name: str
    label: str | Promise
    icon: str
    order: int


_homes: dict[str, HomeEntry] = {}


def register_home(
    verb: str, url_name: str, order: int = 50, *, label: str | Promise = "", icon: str = "arrow"
) -> None:
    """Called from `apps.ready()`: a page that may stand in for the home of who holds `verb`."""
    _homes[url_name] = HomeEntry(verb, url_name, label, icon, order)


@dataclass(frozen=True)
class Beginning:
    """Where a person goes on first, while `lasts` says that nothing can be done elsewhere yet."""

    verb: str
    url_name: str
    lasts: Callable[[Person], bool]


_beginnings: list[Beginning] = []


def register_beginning(verb: str, url_name: str, *, lasts: Callable[[Person], bool]) -> None:
    """Called from `apps.ready()`."""
    _beginnings[:] = [Beginning(verb, url_name, lasts)]


def beginning_of(request: Request) -> str:
    """The page that stands in for this person's home while the installation is being set up."""
    reach = reaches(request)
    lasting = (b for b in _beginnings if reach(b.verb) and b.lasts(request.user))
    return next((address_of(b.url_name) for b in lasting), "")


def home_links(request: HttpRequest) -> list[NavLink]:
    """The pages that may be this person's home, the nearest first."""
    reach = reaches(request)
    offered = sorted((h for h in _homes.values() if reach(h.verb)), key=lambda h: h.order)
    links = [NavLink(h.label, address_of(h.url_name), h.icon, is_current=False) for h in offered]
    return [link for link in links if link.url]


@dataclass(frozen=True)
class Finder:
    """The page that finds everything, and what it offers while somebody types."""

    url_name: str
    suggest_url_name: str
    verb: str


_finders: list[Finder] = []


def register_finder(url_name: str, suggest_url_name: str, *, verb: str) -> None:
    """Called from `apps.ready()`: the box in the head of every page of who holds `verb`."""
    _finders[:] = [Finder(url_name, suggest_url_name, verb)]


def register_place(ask: AskPlace) -> AskPlace:
    """Who knows the name of the unit a person works in. The last one registered is asked."""
    _places.append(ask)
    return ask


def is_fragment(request: HttpRequest) -> bool:
    """The answer will be put into a page that is already open. A boosted link wants a page."""
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


class Frame:
    """Lazy on purpose: a fragment that does not show the frame asks the database nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def is_signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @cached_property
    def day(self) -> date:
        """The product's own day: the demonstration stands on the one it was made for."""
        return clock.today()

    @cached_property
    def place(self) -> str:
        return _places[-1](self._request) if _places and self.is_signed_in else ""

    @cached_property
    def nav(self) -> list[NavLink]:
        return nav_links(self._request) if self.is_signed_in else []

    @cached_property
    def nav_at_hand(self) -> list[NavLink]:
        return self.nav[:AT_HAND]

    @cached_property
    def nav_sections(self) -> list[NavSection]:
        return sections_of(self.nav)

    @cached_property
    def find_url(self) -> str:
        finder = self._finder
        return address_of(finder.url_name) if finder else ""

    @cached_property
    def suggest_url(self) -> str:
        finder = self._finder
        return address_of(finder.suggest_url_name) if finder else ""

    @cached_property
    def _finder(self) -> Finder | None:
        if not _finders or not self.is_signed_in:
            return None
        return _finders[-1] if reaches(self._request)(_finders[-1].verb) else None

    @cached_property
    def language_url(self) -> str:
        return address_of("set-language")

    @cached_property
    def sign_in_url(self) -> str:
        return address_of("accounts:sign-in")

    @cached_property
    def password_url(self) -> str:
        return address_of("accounts:change-password")

    @cached_property
    def own_url(self) -> str:
        return address_of("accounts:own")

    @cached_property
    def sign_out_url(self) -> str:
        return address_of("accounts:sign-out")

    @cached_property
    def manifest_url(self) -> str:
        return address_of("ui:manifest")

    @cached_property
    def worker_url(self) -> str:
        return address_of("ui:worker")

    @cached_property
    def here(self) -> str:
        """Where the language switch comes back to: a page that can be asked for again."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"


def page_frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
