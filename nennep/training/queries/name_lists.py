"""A list of names, from a spreadsheet or typed: which people of the organisation are meant."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from nennep.core.fields import below
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.sheets.book import open_book
from nennep.core.sheets.cells import Row
from nennep.core.sheets.columns import load_shape
from nennep.core.sheets.tables import mapping_of, read_table
from nennep.core.text import fold
from nennep.core.written import Unclear, read_birth, read_text, read_yes, words_for
from nennep.members.models import Member
from nennep.training.choices import Verdict
from nennep.training.models import CourseSession

SHAPE = Path(__file__).parents[1] / "presets" / "came.toml"
ROWS_AT_MOST = 5000
NAMES_TOGETHER = 300


@dataclass(frozen=True, slots=True)
class Named:
    """One line of a list. `problem` says in words why it cannot be read."""

    row: int
    name: str
    birth_date: date | None = None
    birth_year: int | None = None
    cell: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class JudgedName:
    named: Named
    verdict: Verdict
    member: Member | None = None
    note: str = ""


def names_in_file(file: BinaryIO, name: str) -> list[Named]:
    """The rows of the first table with names. Refuses what is no such table."""
    refuse_secret(file_name=name)
    table = read_table(open_book(file), load_shape(SHAPE))
    places = mapping_of(table.headings)
    named = [each for row in table.rows() if (each := _named(row, places)) is not None]
    if len(named) > ROWS_AT_MOST:
        raise Refusal(
            _("The list has more than %(count)s rows. Divide it.") % {"count": ROWS_AT_MOST},
            code="too_many_rows",
            field="file",
        )
    return named


def names_in_text(text: str) -> list[Named]:
    """A line for each person: the name; after a semicolon the birth date or year, or the cell."""
    named = []
    for number, line in enumerate(text.splitlines(), 1):
        name, _semicolon, more = (part.strip() for part in line.partition(";"))
        if not name:
            continue
        birth = read_birth(more) if any(sign.isdigit() for sign in more) else (None, None)
        if isinstance(birth, Unclear):
            birth = (None, None)
        cell = "" if birth[1] else more
        named.append(Named(number, read_text(name), *birth, cell))
    return named


def _named(row: Row, places: dict[str, int]) -> Named | None:
    """None for an empty row, and for somebody who is marked as not there."""

    def text(key: str) -> str:
        read = read_text(row.at(places[key])) if key in places else ""
        return "" if isinstance(read, Unclear) else read

    name = text("full_name") or f"{text('family_name')} {text('given_name')}".strip()
    if not name:
        return None
    came = read_yes(row.at(places["came"])) if "came" in places else True
    if isinstance(came, Unclear):
        return Named(row.number, name, problem=words_for(came, row.at(places["came"])))
    if not came:
        return None
    birth = read_birth(row.at(places["birth"])) if "birth" in places else (None, None)
    if isinstance(birth, Unclear):
        return Named(row.number, name, problem=words_for(birth, row.at(places["birth"])))
    return Named(row.number, name, *birth, text("cell"))


def judge_names(session: CourseSession, names: Sequence[Named]) -> list[JudgedName]:
    """The verdict on each line, in their order. Queries grow with hundreds of names, not with names."""
    candidates = _candidates(session, {fold(named.name) for named in names})
    invited = set(session.participants.values_list("member_id", flat=True))
    seen: set[int] = set()
    judged = []
    for named in names:
        verdict = _verdict(named, candidates[fold(named.name)], invited)
        if verdict.member is not None and verdict.member.pk in seen:
            verdict = replace(verdict, note=_("Twice in the list; counted once."))
        if verdict.member is not None:
            seen.add(verdict.member.pk)
        judged.append(verdict)
    return judged


def _candidates(session: CourseSession, folded: Iterable[str]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for names in _together(sorted(folded)):
        rows = Member.objects.filter(
            below("unit__path", session.course.unit.path),
            folded_name__in=names,
            merged_into__isnull=True,
        )
        for member in rows.select_related("unit"):
            found[member.folded_name].append(member)
    return found


def _together(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), NAMES_TOGETHER):
        yield names[start : start + NAMES_TOGETHER]


def _verdict(named: Named, candidates: Sequence[Member], invited: Collection[int]) -> JudgedName:
    if named.problem:
        return JudgedName(named, Verdict.UNCLEAR, note=named.problem)
    meant = [member for member in candidates if _is_meant(named, member)]
    if len(meant) > 1:
        meant = [member for member in meant if member.pk in invited] or meant
    if not meant:
        return JudgedName(named, Verdict.UNKNOWN)
    if len(meant) > 1:
        return JudgedName(named, Verdict.SEVERAL)
    is_invited = meant[0].pk in invited
    return JudgedName(named, Verdict.INVITED if is_invited else Verdict.NOT_INVITED, meant[0])


def _is_meant(named: Named, member: Member) -> bool:
    """The birth date and the cell, as far as the list says them and the roll knows them."""
    if named.birth_date and member.birth_date and named.birth_date != member.birth_date:
        return False
    if named.birth_year and named.birth_year != member.birth_year:
        return False
    if not named.cell:
        return True
    cell = fold(named.cell)
    return cell == member.unit.code.lower() or cell in member.unit.folded_name
