"""The office's side of the handbook: who may write where, what waits, what has to be looked at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.library.choices import Can, RevisionState, TermUnit
from nennep.library.models import Branch, BranchEditor, Citation, Entry, Revision
from nennep.library.queries.handbook import fact_words
from nennep.library.rules.difference import Change, changes
from nennep.library.rules.handbook import EntryText, stray_numbers
from nennep.library.rules.thresholds import HandbookRules
from nennep.regulations.choices import Force
from nennep.regulations.models import SEGMENT, Basis
from nennep.regulations.queries import RuleBook

OPEN = (RevisionState.DRAFT, RevisionState.REVIEW)

_places: list[Callable[[], Iterable[tuple[str, str]]]] = []


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk of the handbook today."""

    waiting: list[Revision]
    drafts: list[Revision]
    beside: list[Revision]
    to_look_at: list[Entry]
    taken_out: list[Entry]


def may_handle(person: Person, can: str) -> bool:
    """The handbook is one for all: the right counts where it stands at the top of the tree."""
    return any(r.only is None and len(r.path) <= SEGMENT for r in person.reaches(can))


def branches_of(person: Person) -> QuerySet[Branch, Branch]:
    """Where this person may write: the branches named for them, all where none is named."""
    places = Branch.objects.filter(branches__isnull=True).select_related("parent")
    if not may_handle(person, Can.EDIT_HANDBOOK):
        return places.none()
    named = BranchEditor.objects.filter(user_id__in=[person.pk]).values("branch_id")
    if not named.exists():
        return places
    return places.filter(Q(pk__in=named) | Q(parent_id__in=named))


def branch_before(branch: Branch) -> Branch | None:
    """The neighbour of the same level behind which it stands."""
    beside = Branch.objects.filter(parent=branch.parent_id, position__lt=branch.position)
    return beside.order_by("-position", "-pk").first()


def is_empty(branch: Branch) -> bool:
    """Neither entries nor parts below, whether somebody reads them or not."""
    return not branch.entries.exists() and not branch.branches.exists()


def four_eyes(day: date) -> bool:
    """Whether somebody else has to publish what a person wrote; unknown asks nothing."""
    return bool(RuleBook.load().in_force(HandbookRules, "", day).values.four_eyes)


def desk(day: date) -> Desk:
    """A fixed number of questions, however long the handbook is."""
    listed = Revision.objects.select_related("entry__branch", "written_by").defer("content")
    open_ones = list(listed.filter(state__in=OPEN).order_by("written_at", "id"))
    beside = listed.filter(state=RevisionState.SHIPPED).order_by("entry__code", "number")
    out = Entry.objects.filter(current__isnull=True, revisions__state=RevisionState.PUBLISHED)
    return Desk(
        waiting=[each for each in open_ones if each.state == RevisionState.REVIEW],
        drafts=[each for each in open_ones if each.state == RevisionState.DRAFT],
        beside=list(beside),
        to_look_at=entries_without_force(day),
        taken_out=list(out.distinct().select_related("branch")),
    )


def entries_without_force(day: date) -> list[Entry]:
    """Published entries none of whose bases holds any more: replaced, or ended."""
    cited = Citation.objects.filter(revision__current_of__isnull=False).select_related(
        "basis__replaced_by", "revision"
    )
    holds: dict[int, bool] = {}
    for citation in cited.defer("revision__content"):
        is_over = citation.force(day) == Force.OVER
        entry_id = citation.revision.entry_id
        holds[entry_id] = holds.get(entry_id, False) or not is_over
    over = [pk for pk, is_held in holds.items() if not is_held]
    entries = Entry.objects.filter(pk__in=over).select_related("current", "branch")
    return list(entries.defer("current__content"))


def history(entry: Entry) -> QuerySet[Revision, Revision]:
    """Everything an entry ever said, the newest first, with who and when."""
    return entry.revisions.select_related("written_by", "decided_by").defer("content")


def compared(before: Revision, after: Revision) -> list[Change]:
    """Line by line; both are of `whole_revisions`."""
    return changes(_lines(before), _lines(after))


def numbers_without_a_fact(revision: Revision, text: EntryText) -> list[str]:
    """For whoever writes and reviews: numbers that nothing in the entry vouches for."""
    symbols = [citation.basis.symbol for citation in revision.citations.all()]
    return stray_numbers(text, symbols)


def bases_offered() -> list[tuple[str, str]]:
    rows = Basis.objects.order_by("symbol", "issued_on", "id")
    return [(basis.code, basis.told) for basis in rows]


def units_offered() -> Iterable[tuple[str, Any]]:
    return TermUnit.choices


def _lines(revision: Revision) -> list[str]:
    """A revision as lines of words, so that two can be laid side by side."""
    text = revision.text
    symbols = {c.basis.code: c.basis.symbol for c in revision.citations.all()}
    bases = [f"{symbols[c.basis]}, {c.clause} ({c.mark})" for c in text.bases]
    facts = [
        f"{fact.says}: {fact_words(fact)} ({symbols.get(fact.basis, fact.basis)}, {fact.mark})"
        for fact in text.facts
    ]
    return [
        text.question,
        *text.answer.splitlines(),
        *(f"{place}. {step}" for place, step in enumerate(text.steps, 1)),
        *_each(_("To mind: %(what)s"), text.notes),
        *_each(_("Number: %(what)s"), facts),
        *_each(_("Document: %(what)s"), [base.replace(", (", " (") for base in bases]),
        *_each(_("Also looked for as: %(what)s"), text.words),
        *_each(_("Form: %(what)s"), text.forms),
        *_each(_("Related: %(what)s"), text.related),
        *_each(_("Address: %(what)s"), [text.link] if text.link else []),
    ]


def _each(words: str, lines: Iterable[str]) -> Iterator[str]:
    return (words % {"what": line} for line in lines)


def places_offered() -> list[tuple[str, str]]:
    """The steps of a meeting an entry can be offered at, as whoever knows them says."""
    return [place for ask in _places for place in ask()]


def register_places(ask: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """An app above says at which steps entries can be offered: a code and its words."""
    if ask not in _places:
        _places.append(ask)
