"""Who issues under which symbol, and in which term a number counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nennep.library.choices import DocumentKind, Issuer
from nennep.library.queries.wording import worded
from nennep.library.rules.documents import DocumentRules
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Placement, Term, Unit
from nennep.organisation.queries import place_on
from nennep.organisation.rules import committee_name
from nennep.regulations.queries import RuleBook
from nennep.regulations.rules import InForce, RuleSource

OF_CELLS = (BodyKind.CELL_COMMITTEE, BodyKind.CELL_SECRETARIAT)
OF_COMMITTEES = (BodyKind.COMMITTEE, BodyKind.STANDING_COMMITTEE)


def term_of(unit: Unit, day: date) -> Term | None:
    """The term in which the unit's papers are numbered: a cell's committee's, else its secretary's.

    The standing committee counts in the term of the committee: both write ĐU.
    """
    kinds: Sequence[BodyKind] = OF_CELLS if unit.is_cell else OF_COMMITTEES
    running = Term.objects.on(day).filter(body__unit=unit, body__kind__in=kinds)
    terms = {term.body.kind: term for term in running.select_related("body").order_by("starts_on")}
    return next((terms[kind] for kind in kinds if kind in terms), None)


@dataclass(frozen=True, slots=True)
class Issuing:
    """What holds for a unit's documents of one kind on a day; empty where no rule says it."""

    title: str
    abbreviation: str
    body: str
    may_issue: bool | None
    source: RuleSource | None
    term: Term | None

    @property
    def is_known(self) -> bool:
        return bool(self.abbreviation and self.body)


def rules_on(unit: Unit, day: date) -> tuple[InForce[DocumentRules], Unit | Placement]:
    """The rules where the unit stood that day, and the unit as it was then."""
    stood = place_on(unit, day) or unit
    return RuleBook.load().in_force(DocumentRules, stood.path, day), stood


def issuing_of(unit: Unit, kind: str, issuer: str, day: date) -> Issuing:
    rules, stood = rules_on(unit, day)
    of_kind = rules.values.kind(kind)
    return Issuing(
        title=of_kind.title if of_kind else DocumentKind(kind).label.capitalize(),
        abbreviation=of_kind.abbreviation if of_kind else "",
        body=rules.values.body(stood.kind, stood.name),
        may_issue=rules.values.may_issue(kind, issuer, unit_kind=stood.kind),
        source=rules.source_of("issuers"),
        term=term_of(unit, day),
    )


def issuable_kinds(unit: Unit, day: date) -> list[str]:
    """The kinds that a body of the unit may issue that day, as far as rules say; in their order."""
    rules, stood = rules_on(unit, day)
    bodies = [body for body, _name in issuers_for(unit)]
    return [
        kind.code
        for kind in rules.values.kinds or ()
        if any(
            rules.values.may_issue(kind.code, body, unit_kind=stood.kind) is not False
            for body in bodies
        )
    ]


def issuer_name(unit: Unit, issuer: str) -> str:
    """The name its documents bear: “Huyện ủy Sóc Sơn”, “Ban Thường vụ Huyện ủy Sóc Sơn”, the cell's."""
    name = committee_name(unit.name)
    return worded("body.standing", name=name) if issuer == Issuer.STANDING else name


def issuers_for(unit: Unit) -> list[tuple[str, str]]:
    """The bodies that may speak for the unit, as a form offers them."""
    kinds = (Issuer.CELL,) if unit.is_cell else (Issuer.COMMITTEE, Issuer.STANDING)
    return [(kind.value, issuer_name(unit, kind)) for kind in kinds]
