"""The handbook as people read it: the tree, an entry with the badges of its bases, its terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.text import vn_date
from nennep.library.choices import TermUnit
from nennep.library.models import Branch, Citation, Entry, Revision
from nennep.library.rules.handbook import EntryText, Fact
from nennep.library.rules.terms import Counted, last_day
from nennep.regulations.choices import Force, Mark
from nennep.regulations.models import Basis
from nennep.regulations.queries import days_off, forerunners

TONES = {
    Force.RUNNING: "good",
    Force.COMING: "info",
    Force.OVER: "bad",
}


@dataclass(frozen=True, slots=True)
class ShownBasis:
    """A basis of an entry with what its badge says on the day."""

    basis: Basis
    clause: str
    mark: str
    force: Force

    @property
    def words(self) -> str:
        return force_words(self.basis, self.force)

    @property
    def tone(self) -> str:
        return TONES[self.force]

    @property
    def certainty(self) -> str:
        return str(Mark(self.mark).label)


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A number the entry states, with the basis it rests on."""

    place: int
    fact: Fact
    words: str
    source: ShownBasis | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry as its page shows it."""

    entry: Entry
    revision: Revision
    text: EntryText
    bases: list[ShownBasis]
    facts: list[ShownFact]
    related: list[Entry]
    held_then: Sequence[Basis] = ()
    """What held on that day in place of documents that came later."""

    @property
    def terms(self) -> list[ShownFact]:
        return [shown for shown in self.facts if shown.fact.is_term]

    @property
    def is_unchecked(self) -> bool:
        """Somewhere it rests on less than an official text, and nobody has compared it."""
        marks = {shown.mark for shown in self.bases} | {fact.mark for fact in self.text.facts}
        return self.revision.checked_at is None and bool(marks - {Mark.CERTAIN})

    @property
    def warning(self) -> str:
        """What the reader must know first: none of its bases holds today."""
        forces = {shown.force for shown in self.bases}
        if Force.RUNNING in forces or not forces:
            return ""
        if Force.COMING not in forces:
            return _(
                "What this entry rests on has been replaced. Ask the superior before using it."
            )
        if not self.held_then:
            return _("What this entry rests on is not in force yet on this day.")
        symbols = ", ".join(basis.symbol for basis in self.held_then)
        return _(
            "This entry is written by documents that came later. In force on this day:"
            " %(symbols)s, which may say otherwise."
        ) % {"symbols": symbols}


@dataclass(frozen=True, slots=True)
class ShownRoot:
    """A root of the tree; its branches carry their number of entries (`count`)."""

    root: Branch
    branches: Sequence[Branch]


def force_words(basis: Basis, force: Force) -> str:
    """“còn hiệu lực”, “chưa có hiệu lực (từ 28-10-2025)”, “đã thay bằng 42-HD/BTCTW”."""
    begins = basis.in_force_from or basis.issued_on
    if force == Force.COMING and begins:
        return _("not in force yet (from %(day)s)") % {"day": vn_date(begins)}
    if force == Force.OVER and basis.replaced_by:
        return _("replaced by %(symbol)s") % {"symbol": basis.replaced_by.symbol}
    words = {
        Force.RUNNING: _("in force"),
        Force.COMING: _("not in force yet"),
        Force.OVER: _("no longer in force"),
    }
    return words[force]


def branches_shown() -> list[ShownRoot]:
    """What holds something to read; a root that is not divided stands as its own part."""
    roots = [
        ShownRoot(each.root, [part for part in each.branches or [each.root] if part.count])  # type: ignore[attr-defined]  # annotated
        for each in branches_arranged()
    ]
    return [each for each in roots if each.branches]


def branches_arranged() -> list[ShownRoot]:
    """The whole tree, each part with the number of its published entries (`count`)."""
    published = Count("entries", filter=Q(entries__current__isnull=False))
    rows = list(Branch.objects.annotate(count=published))
    return [
        ShownRoot(root, [each for each in rows if each.parent_id == root.pk])
        for root in rows
        if root.parent_id is None
    ]


def entries_in(branch: Branch) -> QuerySet[Entry, Entry]:
    """The published entries of a branch, with their questions."""
    found = Entry.objects.published().filter(branch=branch)
    return found.select_related("current").defer("current__content").order_by("position", "id")


def whole_revisions() -> QuerySet[Revision, Revision]:
    """Revisions with all that their text, their badges and their place need."""
    return Revision.objects.select_related(
        "entry__branch__parent", "written_by", "decided_by", "checked_by"
    ).prefetch_related("citations__basis__replaced_by")


def entry_page(
    revision: Revision, day: date | None = None, *, with_related: bool = True
) -> EntryPage:
    """A revision of `whole_revisions`, as it reads on a day (today, unless said)."""
    day = day or clock.today()
    text = revision.text
    bases = [_shown(citation, day) for citation in revision.citations.all()]
    by_code = {shown.basis.code: shown for shown in bases}
    facts = [
        ShownFact(place, fact, fact_words(fact), by_code.get(fact.basis))
        for place, fact in enumerate(text.facts)
    ]
    if not with_related:
        return EntryPage(revision.entry, revision, text, bases, facts, [])
    coming = [shown.basis for shown in bases if shown.force == Force.COMING]
    held = forerunners(coming, day)
    return EntryPage(revision.entry, revision, text, bases, facts, related_to(text.related), held)


def related_to(codes: Sequence[str]) -> list[Entry]:
    """The published entries of these codes, in the order they are named."""
    found = (
        Entry.objects.published()
        .filter(code__in=codes)
        .select_related("current")
        .defer("current__content")
    )
    by_code = {entry.code: entry for entry in found}
    return [by_code[code] for code in codes if code in by_code]


def entries_at(places: Iterable[str]) -> list[Entry]:
    """What is offered at these steps of a meeting: one question to the database."""
    return list(
        Entry.objects.published()
        .filter(places__place__in=list(places))
        .select_related("current")
        .defer("current__content")
        .distinct()
    )


def fact_words(fact: Fact) -> str:
    """“ít nhất 90 phút”, “không quá 60 ngày làm việc”."""
    unit = str(TermUnit(fact.unit).label) if fact.unit in TermUnit.values else fact.unit
    amount = f"{fact.number} {unit}".strip()
    bounds = {
        "≥": _("at least %(amount)s"),
        "≤": _("at most %(amount)s"),
        ">": _("more than %(amount)s"),
        "<": _("less than %(amount)s"),
    }
    return bounds[fact.bound] % {"amount": amount} if fact.bound else amount


def counted(start: date, number: int, unit: str, *, before: bool = False) -> Counted:
    """The last day of a term by the calendar of here; one question to the database."""
    first = last_day(start, number, unit, lambda _day: "", before=before).last
    reach = (number * 4 + 30) if unit == "working_day" else 0
    off = days_off(min(start, first), max(start, first), beyond=reach)
    return last_day(start, number, unit, lambda day: off.get(day, ""), before=before)


def _shown(citation: Citation, day: date) -> ShownBasis:
    return ShownBasis(citation.basis, citation.clause, citation.mark, citation.force(day))
