"""The verdict on each row of a list of members, one after another: a city fits through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nennep.core import clock, sealed_texts
from nennep.core.models import Installation
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import vn_date
from nennep.imports.choices import Verdict
from nennep.imports.queries.members import rows as reading
from nennep.imports.queries.members.cell_names import names_a_cell, names_a_committee
from nennep.imports.queries.members.differences import Difference, difference
from nennep.imports.queries.members.known import KnownMember, known_members, same_name
from nennep.imports.queries.members.places import CellPlace, CellPlaces, body_for
from nennep.imports.queries.members.rows import AWAY, HERE, MemberRow
from nennep.imports.queries.reading import Cells, Source
from nennep.imports.rules import Judged
from nennep.members.actions import NewMember
from nennep.members.choices import PositionTitle, StandingKind
from nennep.members.queries import CARD
from nennep.organisation.choices import Can as Organisation
from nennep.organisation.models import Unit

DAY = timedelta(days=1)
ALL_OFFICIAL = "all_official"


@dataclass(slots=True)
class MemberPlan:
    """What is to be done: a new member, or the difference of one who is there.

    The party group and the post are named here: their rows may have to be made first.
    """

    row: int
    cell: CellPlace
    new: NewMember | None = None
    difference: Difference | None = None
    group: str = ""
    position: str = ""
    position_from: date | None = None
    member_id: int | None = None


def judge_members(source: Source, cells: Cells, under: Unit, by: Person) -> Iterator[Judged]:
    judge = _Judge(cells, under, by)
    for row in source.rows():
        cells.begin(row)
        judged = judge.row()
        if judged is not None:
            yield judged


class _Judge:
    def __init__(self, cells: Cells, under: Unit, by: Person) -> None:
        self._cells, self._under = cells, under
        self._places = CellPlaces(under)
        self._known = known_members(under, by)
        self._today = clock.today()
        self._first_day = _first_day(self._today)
        # Whoever may not manage organisations needs bodies and groups that are there.
        self._may_found = getattr(by, "is_machine", False) or may(
            by, Organisation.MANAGE_UNITS, under
        )
        # Of the row that heads those below it: the cell, or the sentence that says it is none.
        self._section: CellPlace | str | None = None
        self._committee = ""
        self._used: set[int] = set()
        self._seen: dict[int, int] = {}
        self._secretaries: dict[int, int] = {}

    def row(self) -> Judged | None:
        """The verdict; None for rows that are about nobody: headings within the list, sums, footers."""
        cells = self._cells
        name = reading.name_in(cells)
        is_worked_out = cells.is_formula(*reading.NAMES) and not reading.is_sum(
            reading.only_text(cells)
        )
        if reading.says_nothing_else(cells) and not (is_worked_out or self._is_person(name)):
            return None
        row = reading.read_member(cells, name)
        cell = self._cell_of(row)
        if cell is None or cells.problems:
            return self._faulty(row)
        return self._judge(row, cell)

    # --- where the row belongs ------------------------------------------------------------------

    def _is_person(self, name: str) -> bool:
        """A row with a text alone: the name of the cell whose members follow, or nothing at all."""
        text = name or reading.only_text(self._cells)
        if self._turns_to(text):
            return False
        is_footer = bool(self._cells.passed_over) and self._cells.is_unnumbered()
        is_sum = reading.is_sum(text) or reading.is_sum(reading.only_text(self._cells))
        return bool(name) and not is_sum and not is_footer

    def _turns_to(self, text: str) -> bool:
        """Whether the row heads those below it. Those below an unknown cell belong to none before it."""
        if names_a_committee(text):
            self._committee, self._section = text, None
            return True
        found = self._places.find(text, self._committee) if text else ""
        if isinstance(found, CellPlace):
            self._section = found
        elif names_a_cell(text):
            said = _("Row %(row)s above: %(said)s")
            self._section = said % {"row": self._number, "said": found}
        else:
            return False
        return True

    def _cell_of(self, row: MemberRow) -> CellPlace | None:
        if row.cell:
            committee = row.committee or self._committee
            return self._checked(self._places.find(row.cell, committee), "cell")
        found = self._section or self._places.only
        key = "cell" if self._cells.has("cell") else "full_name"
        if found is None:
            self._cells.no(key, _("Write the cell: its code or its name."))
            return None
        return self._checked(found, key)

    def _checked(self, found: CellPlace | str, key: str) -> CellPlace | None:
        if isinstance(found, str):
            self._cells.no(key, found)
            return None
        if found.is_figures_only:
            said = _(
                "“%(cell)s” keeps figures only: no person of the police or the army is stored here."
            )
            self._cells.no(key, said % {"cell": found.name})
            return None
        return found

    # --- verdicts -------------------------------------------------------------------------------

    def _judge(self, row: MemberRow, cell: CellPlace) -> Judged:
        key = same_name(row.name)
        member = self._match(row, cell, key)
        if member is not None:
            return self._judge_known(row, cell, member)
        if (note := self._duplicate(row, key)) and self._number not in self._cells.answers.others:
            return Judged(self._number, Verdict.DUPLICATE, row.name, note)
        plan, note = self._plan_new(row, cell)
        if self._cells.problems or plan is None:
            return self._faulty(row)
        return Judged(self._number, Verdict.NEW, row.name, note, plan=plan)

    def _match(self, row: MemberRow, cell: CellPlace, key: str) -> KnownMember | None:
        """The member of this cell with this name and birth; each is met once, the exact one first."""
        alike = [
            m for m in self._known.rolls.called(cell.id, key)
            if m.id not in self._used and m.birth_year == row.birth_year
            and (m.birth_date == row.birth_date or not (m.birth_date and row.birth_date))
            and (m.standing_id is not None or m.id in self._known.stays)
        ]  # fmt: skip
        if not alike:
            return None
        chosen = min(alike, key=lambda m: (m.birth_date != row.birth_date, m.sex != row.sex, m.id))
        self._used.add(chosen.id)
        return chosen

    def _duplicate(self, row: MemberRow, key: str) -> str:
        """Of the same name and full birth date, in this list or within the person's sight."""
        if row.card and (holder := self._known.with_card(_mark(row.card))):
            return self._said_of(holder)
        if row.birth_date is None:
            return ""
        again = hash((key, row.birth_date))
        first = self._seen.setdefault(again, self._number)
        if first != self._number:
            return _("The same name and birth date stand in row %(row)s.") % {"row": first}
        twin = self._known.twin(key, row.birth_date)
        return self._said_of(twin) if twin is not None else ""

    def _said_of(self, member: KnownMember) -> str:
        cell = self._known.cell_names.get(member.unit_id, "")
        if member.standing_id is None:
            said = _(
                "Perhaps the one who was on the roll of “%(cell)s”. Receive them on their page."
            )
        else:
            said = _("Perhaps the one of “%(cell)s”. If they moved, transfer them on their page.")
        return said % {"cell": cell}

    def _judge_known(self, row: MemberRow, cell: CellPlace, member: KnownMember) -> Judged:
        if row.kind == StandingKind.PROBATIONARY and member.kind == StandingKind.OFFICIAL:
            self._cells.no("standing", _("The roll has this member as official. Correct the cell."))
        host = self._host(row)
        mark = _mark(row.card) if row.card else ""
        found = difference(
            row, member, cell, self._known, today=self._today, stay_host=host, card_mark=mark
        )
        since = row.position_from or self._today
        self._check_group(found.group, cell)
        self._check_post(found.position, cell, row, since, member.id)
        if self._cells.problems:
            return self._faulty(row)
        if not found:
            return Judged(self._number, Verdict.SAME, row.name)
        plan = MemberPlan(
            self._number, cell, difference=found, group=found.group, position=found.position,
            position_from=since, member_id=member.id,
        )  # fmt: skip
        return Judged(self._number, Verdict.CHANGED, row.name, ", ".join(found.said), plan=plan)

    # --- somebody new ---------------------------------------------------------------------------

    def _plan_new(self, row: MemberRow, cell: CellPlace) -> tuple[MemberPlan | None, str]:
        since = self._since(row, cell)
        kind = self._kind(row) if row.stay != HERE else StandingKind.OFFICIAL
        if row.position == PositionTitle.SECRETARY or row.position:
            self._check_official(row, kind)
        position_from = row.position_from or max(since, row.recognised or since)
        self._check_group(row.party_group, cell)
        self._check_post(row.position, cell, row, position_from, None)
        if self._cells.problems or row.birth_year is None:
            return None, ""
        host = self._host(row)
        new = NewMember(
            unit_id=cell.id,
            full_name=row.name,
            sex=row.sex,
            birth_year=row.birth_year,
            birth_date=row.birth_date,
            admitted_on=row.admitted,
            recognised_on=row.recognised,
            standings=() if row.stay == HERE else _standings(row, cell.id, kind, since),
            exemptions=_exemptions(row, since),
            stays=_stays(row, cell.id, host, since),
            working=((since, None),) if row.is_working else (),
            office_phone=row.phone if row.position else "",
            card_number=row.card,
        )
        plan = MemberPlan(
            self._number, cell, new=new, group=row.party_group, position=row.position,
            position_from=position_from,
        )  # fmt: skip
        said = _("on the roll from %(day)s") % {"day": vn_date(since)}
        # Where no column names the cell, the row itself does not show it.
        return plan, said if row.cell or self._section is None else f"{cell.name}, {said}"

    def _since(self, row: MemberRow, cell: CellPlace) -> date:
        """The day said; else the first the ledger asks for, in a cell that has nobody yet; else today."""
        answered = self._cells.answers.since
        since = row.since or answered
        if since is None:
            has_roll = self._known.has_roll(cell.id)
            since = self._today if has_roll else max(self._first_day, cell.founded_on)
            return max(since, row.admitted or since)
        if since < cell.founded_on:
            said = _("“%(cell)s” was founded on %(day)s. Give that day or a later one.")
            key = "since" if row.since else "full_name"
            self._cells.no(key, said % {"cell": cell.name, "day": vn_date(cell.founded_on)})
        if row.admitted and row.admitted > since:
            said = _("The admission comes after the first day on the roll. Correct one of them.")
            self._cells.no("admitted", said)
        return since

    def _kind(self, row: MemberRow) -> str:
        if row.kind:
            return row.kind
        if row.recognised or self._cells.answers.all_official:
            return StandingKind.OFFICIAL
        said = _("Write whether this is an official or a probationary member.")
        self._cells.no("standing", said, ALL_OFFICIAL)
        return StandingKind.OFFICIAL

    def _check_official(self, row: MemberRow, kind: str) -> None:
        if kind != StandingKind.OFFICIAL or row.stay == HERE:
            said = _("Only official members of the cell hold a post. Correct one of the two cells.")
            self._cells.no("position", said)

    def _check_group(self, name: str, cell: CellPlace) -> None:
        if name and not cell.group(name) and not self._may_found:
            said = _("“%(cell)s” has no party group “%(name)s”. Have it formed first.")
            self._cells.no("party_group", said % {"cell": cell.name, "name": name})

    def _check_post(
        self, title: str, cell: CellPlace, row: MemberRow, since: date, member_id: int | None
    ) -> None:
        if not title:
            return
        kind = body_for(cell, title)
        if kind not in cell.bodies and not self._may_found:
            said = _("“%(cell)s” has no such body yet. Have it established first.")
            self._cells.no("position", said % {"cell": cell.name})
        if since < cell.founded_on:
            said = _("“%(cell)s” was founded on %(day)s. Give that day or a later one.")
            shown = {"cell": cell.name, "day": vn_date(cell.founded_on)}
            self._cells.no("position_from", said % shown)
        if title == PositionTitle.SECRETARY:
            self._check_one_secretary(cell, member_id)

    def _check_one_secretary(self, cell: CellPlace, member_id: int | None) -> None:
        if any(holder != member_id for holder in cell.secretaries.values()):
            said = _(
                "“%(cell)s” has a secretary already. End that post on the member's page first, or"
                " leave the cell empty."
            )
            self._cells.no("position", said % {"cell": cell.name})
        first = self._secretaries.setdefault(cell.id, self._number)
        if first != self._number:
            said = _("Row %(row)s names the secretary of this cell already.")
            self._cells.no("position", said % {"row": first})

    def _host(self, row: MemberRow) -> int | None:
        """The cell of the stay, where it is one of those in sight; elsewhere it is not kept."""
        if row.stay != AWAY or not row.stay_at:
            return None
        found = self._places.find(row.stay_at)
        return found.id if isinstance(found, CellPlace) else None

    @property
    def _number(self) -> int:
        return self._cells.row.number

    def _faulty(self, row: MemberRow) -> Judged:
        problems = tuple(self._cells.problems)
        return Judged(self._number, Verdict.ERROR, row.name, problems=problems)


def _first_day(today: date) -> date:
    """From which day a roll that is taken over whole is kept: the first that meetings are asked for."""
    first = Installation.objects.values_list("counts_from", flat=True).first()
    return min(first, today) if first else today


def _mark(card: str) -> str:
    return sealed_texts.blind(card, purpose=CARD)


def _standings(
    row: MemberRow, cell_id: int, kind: str, since: date
) -> tuple[tuple[int, str, int | None, date, date | None, bool], ...]:
    """One spell, or two where the recognition came after the first day on this roll."""
    suspended = bool(row.is_suspended)
    if kind == StandingKind.OFFICIAL and row.recognised and row.recognised > since:
        probationary = StandingKind.PROBATIONARY.value
        return (
            (cell_id, probationary, None, since, row.recognised - DAY, False),
            (cell_id, kind, None, row.recognised, None, suspended),
        )
    return ((cell_id, kind, None, since, None, suspended),)


def _exemptions(row: MemberRow, since: date) -> tuple[tuple[str, date, date | None], ...]:
    if not row.exemption:
        return ()
    return ((row.exemption, row.exempt_from or since, row.exempt_to),)


def _stays(
    row: MemberRow, cell_id: int, host: int | None, since: date
) -> tuple[tuple[int | None, date, date], ...]:
    if not row.stay or row.stay_to is None:
        return ()
    where = cell_id if row.stay == HERE else host
    return ((where, row.stay_from or min(since, row.stay_to), row.stay_to),)
