"""Where a basis stands as a registered document: the app that keeps the register says it."""

from collections.abc import Callable

from nennep.core.person import Person
from nennep.regulations.models import Basis

AskPage = Callable[[Person, Basis], str]

_pages: list[AskPage] = []


def register_document_page(ask: AskPage) -> None:
    """`ask(person, basis)` gives the address of its entry, or nothing where the person sees none."""
    _pages[:] = [ask]


def document_page_of(person: Person, basis: Basis) -> str:
    return _pages[0](person, basis) if _pages else ""
