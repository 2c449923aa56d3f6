"""The verdict on each row of a table of organisations, parents before children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.text import fold, vn_date
from nennep.imports.choices import Verdict
from nennep.imports.queries.reading import Cells, Source
from nennep.imports.queries.units.known import KnownUnit, KnownUnits, known_units
from nennep.imports.queries.units.rows import UnitRow, read_rows
from nennep.imports.rules import Judged, Problem
from nennep.organisation.choices import CELL_KINDS, BodyKind, UnitKind
from nennep.organisation.models import Unit
from nennep.organisation.rules import may_stand_under

ABOVE_GRASSROOTS = {UnitKind.CITY, UnitKind.DISTRICT, UnitKind.COMMUNE, UnitKind.UPPER_COMMITTEE}


@dataclass(slots=True)
class UnitPlan:
    """What is to be done. `unit_id` is None for a unit to be created; `changes` are fields.

    `body` is the kind of the body that gets the term, or is established without one.
    """

    row: UnitRow
    unit_id: int | None
    code: str = ""
    kind: str = ""
    parent_code: str = ""
    founded_on: date | None = None
    body: str = ""
    changes: dict[str, str] = field(default_factory=dict)
    begins_term: bool = False


def judge_units(source: Source, cells: Cells, under: Unit, by: Person) -> Iterator[Judged]:
    """In the order in which they can be created, whatever order the table has."""
    said = list(read_rows(cells, source.rows()))
    known = known_units(under, {r.code for r in said}, {r.national_code for r in said})
    yield from _Judge(said, known, cells).verdicts()


@dataclass(slots=True)
class _Place:
    """A unit that others may stand under: one that is known, or a row of the table."""

    code: str
    kind: str
    founded_on: date


class _Judge:
    def __init__(self, rows: list[UnitRow], known: KnownUnits, cells: Cells) -> None:
        self._rows, self._known, self._cells = rows, known, cells
        self._by_code: dict[str, UnitRow] = {}
        self._by_name: dict[str, list[UnitRow]] = defaultdict(list)
        self._by_national: dict[str, UnitRow] = {}
        self._used = {r.code for r in rows if r.code} | known.taken | known.by_code.keys()
        self._places: dict[int, _Place] = {}
        self._made: dict[tuple[str, str], UnitRow] = {}
        for row in rows:
            self._enter(row)

    def verdicts(self) -> Iterator[Judged]:
        for row in self._in_order():
            yield self._judge(row)

    def _enter(self, row: UnitRow) -> None:
        """Names and codes that stand twice in the table are pointed out at the second."""
        if row.code:
            first = self._by_code.setdefault(row.code, row)
            if first is not row:
                said = _("The code %(code)s stands in row %(row)s already.")
                self._no(row, "code", said % {"code": row.code, "row": first.number})
        if row.national_code:
            first = self._by_national.setdefault(row.national_code, row)
            if first is not row:
                said = _("This national code stands in row %(row)s already.")
                self._no(row, "national_code", said % {"row": first.number})
        self._by_name[fold(row.name)].append(row)

    def _in_order(self) -> Iterator[UnitRow]:
        """Parents first. A row that stands under itself, over others, is pointed out."""
        done: set[int] = set()
        for row in self._rows:
            for ready in reversed(self._way_up(row, done)):
                done.add(ready.number)
                yield ready

    def _way_up(self, row: UnitRow, done: set[int]) -> list[UnitRow]:
        """The row and those above it that are still to come, the lowest first."""
        way: list[UnitRow] = []
        step: UnitRow | None = row
        while step is not None and step.number not in done:
            if any(step is below for below in way):
                self._no(step, "parent", _("This organisation would stand under itself."))
                step.parent = ""
                break
            way.append(step)
            step = self._parent_row(step)
        return way

    def _parent_row(self, row: UnitRow) -> UnitRow | None:
        """The row that this one stands under, where it is one of the table."""
        if not row.parent:
            return None
        if found := self._by_code.get(row.parent.upper()):
            return found
        if self._known.named(row.parent):
            return None
        named = [r for r in self._by_name.get(fold(row.parent), []) if r is not row]
        return named[0] if len(named) == 1 else None

    def _parent(self, row: UnitRow) -> _Place | None:
        """Where the row stands; None, with the problem noted, where that cannot be said."""
        if not row.parent:
            return _place_of(self._known.under)
        above = self._parent_row(row)
        if above is not None:
            return self._places.get(above.number)
        known = self._known.named(row.parent)
        if len(known) == 1:
            return _place_of(known[0])
        many = known or self._by_name.get(fold(row.parent), [])
        if many:
            codes = ", ".join(sorted(u.code for u in many if u.code)[:5])
            said = _("Several organisations are called “%(name)s”. Write the code: %(codes)s.")
            self._no(row, "parent", said % {"name": row.parent, "codes": codes or "…"})
        else:
            said = _(
                "There is no organisation “%(name)s” in this table or below “%(under)s”. Write its"
                " code or its whole name."
            )
            self._no(row, "parent", said % {"name": row.parent, "under": self._known.under.name})
        return None

    def _judge(self, row: UnitRow) -> Judged:
        unit = self._match(row)
        plan = self._plan_change(row, unit) if unit else self._plan_new(row)
        if row.problems:
            return Judged(row.number, Verdict.ERROR, row.name, problems=tuple(row.problems))
        if unit is not None:
            is_same = not (plan.changes or plan.begins_term)
            verdict = Verdict.SAME if is_same else Verdict.CHANGED
            return Judged(row.number, verdict, row.name, self._said_of(plan), plan=plan)
        if row.number not in self._cells.answers.others and (note := self._said_of_twin(row, plan)):
            return Judged(row.number, Verdict.DUPLICATE, row.name, note, plan=plan)
        self._made[plan.parent_code, fold(row.name)] = row
        return Judged(row.number, Verdict.NEW, row.name, self._said_of_new(row, plan), plan=plan)

    def _match(self, row: UnitRow) -> KnownUnit | None:
        known = self._known
        if row.code:
            return known.by_code.get(row.code)
        if row.national_code and (unit := known.by_national_code.get(row.national_code)):
            return unit
        same = [u for u in known.by_name.get(fold(row.name), []) if u.is_living]
        same = [u for u in same if u.name == row.name and u.id != known.under.id]
        if row.parent:
            above = {u.id for u in known.named(row.parent)}
            same = [u for u in same if u.parent_id in above]
        elif len(same) > 1:
            same = [u for u in same if u.parent_id == known.under.id]
        return same[0] if len(same) == 1 else None

    def _said_of_twin(self, row: UnitRow, plan: UnitPlan) -> str:
        """Of the same name in the same place, in the tree or higher up in the table.

        What stands under this row then stands under that one.
        """
        above = self._known.by_code.get(plan.parent_code)
        same = self._known.by_name.get(fold(row.name), [])
        twin = next((u for u in same if above and u.parent_id == above.id and u.is_living), None)
        if twin is not None:
            self._places[row.number] = _place_of(twin)
            said = _("“%(name)s” (%(code)s) stands there already.")
            return said % {"name": twin.name, "code": twin.code}
        earlier = self._made.get((plan.parent_code, fold(row.name)))
        if earlier is None:
            return ""
        self._places[row.number] = self._places[earlier.number]
        return _("It stands in row %(row)s already.") % {"row": earlier.number}

    # --- one that is known ----------------------------------------------------------------------

    def _plan_change(self, row: UnitRow, unit: KnownUnit) -> UnitPlan:
        self._places[row.number] = _place_of(unit)
        if not unit.is_living:
            self._no(row, "code", _("This organisation has ended; its code is never used again."))
        self._refuse_move(row, unit)
        if row.national_code and row.national_code != unit.national_code:
            self._refuse_taken_national(row)
        said = {
            "name": row.name,
            "kind": row.kind,
            "block": row.block,
            "national_code": row.national_code,
        }
        changes = {n: text for n, text in said.items() if text and text != getattr(unit, n)}
        plan = UnitPlan(row, unit.id, unit.code, unit.kind, changes=changes)
        kind = row.kind or unit.kind
        self._refuse_early_term(row, unit.founded_on)
        plan.body = self._body(row, kind)
        if row.term_from and row.term_from not in self._known.terms.get(unit.id, ()):
            plan.begins_term = True
        elif row.says_of_body and plan.body not in self._known.bodies.get(unit.id, ()):
            plan.begins_term = bool(plan.body) and not self._known.bodies.get(unit.id)
        return plan

    def _refuse_move(self, row: UnitRow, unit: KnownUnit) -> None:
        if not row.parent or unit.id == self._known.under.id:
            return
        above = self._parent(row)
        now = self._known.by_id.get(unit.parent_id or 0)
        if above is not None and now is not None and above.code != now.code:
            said = _(
                "It stands under “%(now)s” now. Organisations are moved on their own page, with the"
                " day of the decision; leave this cell empty or write %(code)s."
            )
            self._no(row, "parent", said % {"now": now.name, "code": now.code})

    def _said_of(self, plan: UnitPlan) -> str:
        words = {
            "name": _("name"), "kind": _("kind"), "block": _("block"),
            "national_code": _("national code"),
        }  # fmt: skip
        said = [words[name] for name in plan.changes]
        if plan.begins_term:
            said.append(_("term"))
        return ", ".join(said)

    # --- one that is new ------------------------------------------------------------------------

    def _plan_new(self, row: UnitRow) -> UnitPlan:
        plan = UnitPlan(row, None)
        above = self._parent(row)
        self._refuse_taken(row)
        if above is None:
            if not row.problems:
                self._no(row, "parent", _("Correct the row of the organisation above first."))
            return plan
        plan.parent_code = above.code
        plan.kind = row.kind or _kind_by_name(row.name, above.kind)
        plan.founded_on = row.founded or above.founded_on
        self._refuse_place(row, plan, above)
        plan.body = self._body(row, plan.kind)
        self._refuse_early_term(row, plan.founded_on)
        if not row.problems:
            plan.code = row.code or self._new_code(above.code)
            self._places[row.number] = _Place(plan.code, plan.kind, plan.founded_on)
            self._refuse_long(row, plan.code)
        return plan

    def _refuse_taken(self, row: UnitRow) -> None:
        if row.code in self._known.taken:
            self._no(
                row, "code", _("The code %(code)s is taken. Choose another.") % {"code": row.code}
            )
        self._refuse_taken_national(row)

    def _refuse_taken_national(self, row: UnitRow) -> None:
        holder = self._known.by_national_code.get(row.national_code)
        if row.national_code in self._known.taken_national or (holder and holder.code != row.code):
            said = _(
                "This national code belongs to another organisation. Look at the number again."
            )
            self._no(row, "national_code", said)

    def _refuse_place(self, row: UnitRow, plan: UnitPlan, above: _Place) -> None:
        if not plan.kind:
            said = _("Write the kind of organisation: it does not follow from the name.")
            self._no(row, "kind", said)
        elif above.kind in CELL_KINDS or not may_stand_under(plan.kind, above.kind):
            said = _("“%(kind)s” cannot stand under “%(above)s”. Correct the kind or the place.")
            shown = {"kind": UnitKind(plan.kind).label, "above": UnitKind(above.kind).label}
            self._no(row, "kind" if row.kind else "parent", said % shown)
        if row.founded and row.founded < above.founded_on:
            said = _(
                "The organisation above was founded on %(day)s. Give that day or a later one, or leave"
                " the cell empty."
            )
            self._no(row, "founded", said % {"day": vn_date(above.founded_on)})

    def _refuse_early_term(self, row: UnitRow, founded_on: date) -> None:
        if row.term_from and row.term_from < founded_on:
            said = _("The organisation was founded on %(day)s; no term of it began before.")
            self._no(row, "term_from", said % {"day": vn_date(founded_on)})

    def _refuse_long(self, row: UnitRow, code: str) -> None:
        if len(code) > 20:
            said = _("No code can be made that is short enough. Write one of at most 20 letters.")
            self._no(row, "code", said)

    def _body(self, row: UnitRow, kind: str) -> str:
        if not row.says_of_body or not kind:
            return ""
        if kind not in CELL_KINDS:
            return BodyKind.COMMITTEE if row.term_from else ""
        return BodyKind.CELL_COMMITTEE if row.has_committee else BodyKind.CELL_SECRETARIAT

    def _new_code(self, parent_code: str) -> str:
        """The next free one below the parent's, in the order of the table."""
        code = next(c for n in count(1) if (c := f"{parent_code}-{n:02d}") not in self._used)
        self._used.add(code)
        return code

    def _said_of_new(self, row: UnitRow, plan: UnitPlan) -> str:
        said = []
        if not row.kind:
            said.append(_("kind: %(kind)s") % {"kind": UnitKind(plan.kind).label})
        if not row.code:
            said.append(_("code: %(code)s") % {"code": plan.code})
        if row.parent and not self._cells.has("parent"):
            said.append(_("under: %(above)s") % {"above": row.parent})
        return ", ".join(said)

    def _no(self, row: UnitRow, key: str, said: str) -> None:
        column = self._cells.places.get(key, self._cells.places.get("name", 0))
        title = self._cells.title_of(key)
        row.problems.append(Problem(row.number, column, title, said))


def _place_of(unit: KnownUnit) -> _Place:
    return _Place(unit.code, unit.kind, unit.founded_on)


def _kind_by_name(name: str, parent_kind: str) -> str:
    """A cell or a committee by its first words; of which level, by what it stands under."""
    words = fold(name)
    if words.startswith(("chi bo", "cb ")):
        is_grassroots = parent_kind in ABOVE_GRASSROOTS
        return UnitKind.GRASSROOTS_CELL if is_grassroots else UnitKind.CELL
    if words.startswith(("dang bo bo phan", "dang uy bo phan")):
        return UnitKind.SECTION
    if words.startswith(("dang bo", "dang uy")) and parent_kind in ABOVE_GRASSROOTS - {
        UnitKind.CITY
    }:
        return UnitKind.GRASSROOTS_COMMITTEE
    return ""
