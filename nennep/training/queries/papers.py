"""Lists of a session: to be signed, and of those who came (for certificates)."""

from collections.abc import Callable, Sequence

from django.utils import translation

from nennep.core.text import vn_date, vn_number
from nennep.organisation.queries import place_of
from nennep.organisation.rules import committee_name
from nennep.papers.paper import (
    Align,
    Block,
    Column,
    KeyValues,
    Masthead,
    Paper,
    Paragraph,
    SignatureBlock,
    Signer,
    Table,
)
from nennep.papers.symbols import place_and_date
from nennep.papers.xlsx import Sheet, SheetColumn, Value, workbook
from nennep.training.choices import TrainPost
from nennep.training.models import CourseSession, Participant
from nennep.training.queries.wording import worded

ROW_MM = 9
SPARE_ROWS = 4
CENTRE = Align.CENTER


def sign_in_paper(session: CourseSession, people: Sequence[Participant]) -> Paper:
    """Everybody invited, with room to sign and a few empty rows for others."""
    rows = [(str(n), *_cells(person), "") for n, person in enumerate(people, 1)]
    rows += [(str(len(rows) + n), "", "", "", "") for n in range(1, SPARE_ROWS + 1)]
    invited = vn_number(sum(person.is_invited for person in people))
    blocks: list[Block] = [
        KeyValues(_facts(session)),
        Table(_columns(worded("table.signature")), rows, row_height=ROW_MM),
        Paragraph(worded("sign_in.totals", invited=invited), is_indented=False),
    ]
    return _paper(session, blocks, "sign_in", "danh-sach-ky-ten")


def certificate_paper(session: CourseSession, people: Sequence[Participant]) -> Paper:
    """Those who came, with room for the number of a certificate."""
    came = [person for person in people if person.came]
    rows = [(str(n), *_cells(person), "") for n, person in enumerate(came, 1)]
    invited = sum(person.is_invited for person in came)
    blocks: list[Block] = [
        KeyValues(_facts(session)),
        Table(_columns(worded("result.certificate")), rows),
        Paragraph(
            worded("result.totals", came=vn_number(len(came)), invited=vn_number(invited)),
            is_indented=False,
        ),
    ]
    return _paper(session, blocks, "result", "danh-sach-tap-huan", is_signed=True)


PAPERS: dict[str, Callable[[CourseSession, Sequence[Participant]], Paper]] = {
    "ky-ten": sign_in_paper,
    "da-du": certificate_paper,
}


def certificate_workbook(session: CourseSession, people: Sequence[Participant]) -> bytes:
    came = [person for person in people if person.came]
    columns = [
        SheetColumn(worded("table.number"), width=6, kind="number"),
        SheetColumn(worded("table.name"), width=28),
        SheetColumn(worded("table.post"), width=24),
        SheetColumn(worded("table.cell"), width=42),
        SheetColumn(worded("result.certificate"), width=20),
    ]
    rows: list[list[Value]] = [
        [number, *_cells(person), ""] for number, person in enumerate(came, 1)
    ]
    heading = worded("result.summary", title=session.course.title)
    sheet = Sheet(
        worded("table.name"), columns, rows, heading=heading[:1].upper() + heading[1:],
        notes=[f"{label}: {value}" for label, value in _facts(session)],
    )  # fmt: skip
    return workbook([sheet], title=session.course.title, day=session.ends_on)


def _cells(person: Participant) -> tuple[str, str, str]:
    with translation.override("vi"):
        post = str(TrainPost(person.post).label) if person.post else ""
    name = person.member.full_name if person.member else ""
    return name, post, person.place


def _columns(last: str) -> list[Column]:
    return [
        Column(worded("table.number"), 0.6, CENTRE),
        Column(worded("table.name"), 2.8),
        Column(worded("table.post"), 2),
        Column(worded("table.cell"), 3.2),
        Column(last, 1.8),
    ]


def _facts(session: CourseSession) -> list[tuple[str, str]]:
    course, unknown = session.course, worded("sign_in.unknown")
    with translation.override("vi"):
        audience = course.audience
    facts = [
        (worded("sign_in.audience"), audience),
        (worded("sign_in.when"), when_words(session)),
        (worded("sign_in.where"), session.place or unknown),
    ]
    if session.hours:
        hours = vn_number(float(session.hours), 0 if session.hours % 1 == 0 else 1)
        facts.append((worded("sign_in.hours"), worded("sign_in.hours_words", hours=hours)))
    if course.documents:
        facts.append((worded("sign_in.documents"), "; ".join(course.documents.splitlines())))
    return facts


def when_words(session: CourseSession) -> str:
    clock = session.starts_at
    at = worded("when.clock", hour=clock.hour, minute=clock.minute) if clock else ""
    key = "when.one" if session.ends_on == session.starts_on else "when.several"
    return worded(key, at=at, first=vn_date(session.starts_on), last=vn_date(session.ends_on))


def _paper(
    session: CourseSession, blocks: list[Block], kind: str, stem: str, *, is_signed: bool = False
) -> Paper:
    unit = session.course.unit
    committee = committee_name(unit.name)
    superior = committee_name(unit.parent.name) if unit.parent else ""
    signer = Signer(worded("result.authority_right", committee=committee.upper()))
    return Paper(
        Masthead(
            superior,
            committee,
            "",
            place_and_date(place_of(unit) or "…", None, year=session.ends_on.year),
        ),
        worded(f"{kind}.title"),
        blocks,
        summary=worded(f"{kind}.summary", title=session.course.title),
        signatures=SignatureBlock(signer, Signer(worded("result.authority")))
        if is_signed
        else None,
        day=session.ends_on,
        file_stem=f"{stem}-{session.ends_on:%Y-%m-%d}",
    )
