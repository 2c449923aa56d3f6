"""A small organisation that stands on every side of a person: above, beside, below and far away.

    CITY
    ├── UPPER                 district
    │   ├── OWN               grassroots committee
    │   │   ├── OWN-1         cell
    │   │   └── OWN-2         cell
    │   └── BESIDE            grassroots committee
    │       └── BESIDE-1      cell
    └── FAR                   district
        └── FAR-1             grassroots cell

Rows are written as they stand, so that the world needs no action of any app and can be built for
a test of any of them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.cookies import SimpleCookie
from io import BytesIO
from types import SimpleNamespace
from uuid import UUID

from django.test import Client

from nennep.accounts.choices import CELL_ROLES, Role
from nennep.accounts.models import AccountBatch, Grant, OpenSession, SecondFactor, User
from nennep.core import clock, text
from nennep.core.facts import facts_changed
from nennep.core.models import Job
from nennep.core.tests.workbooks import xlsx
from nennep.imports.actions import judge, read_file
from nennep.imports.choices import Kind
from nennep.imports.models import Import
from nennep.indicators.actions import rebuild
from nennep.library.actions import load_handbook
from nennep.library.actions import rebuild as index_anew
from nennep.library.actions.files import keep_file
from nennep.library.models import Document, Draft, Entry, Revision
from nennep.meetings.actions import keep_signed_copy
from nennep.meetings.choices import LedgerKind, MeetingKind, Presence
from nennep.meetings.models import (
    AgendaItem,
    Attendance,
    CompulsoryTopic,
    Explanation,
    Meeting,
    Resolution,
    ResolutionItem,
    RollCall,
    Vote,
)
from nennep.members.choices import PositionTitle, RollStatus, StandingKind
from nennep.members.models import Handover, Member, Position, Standing
from nennep.organisation.choices import CELL_KINDS, BodyKind, UnitKind
from nennep.organisation.models import Body, PartyGroup, Placement, Term, Unit
from nennep.organisation.rules import path_of
from nennep.programmes.actions import NewBasis, register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.models import Adoption
from nennep.quality.actions.office_forms import confirm_columns, keep_form
from nennep.quality.choices import OddityKind
from nennep.quality.models import Oddity, ScoreSheet, SheetDraft
from nennep.quality.rules.in_force import KEYS
from nennep.recognition.models import Rating
from nennep.regulations.actions import load_presets
from nennep.regulations.models import Basis, CalendarDay, RuleValue
from nennep.reports.models import PublishedReview
from nennep.statements.actions import take_in_report
from nennep.tasks.models import Assignment, Task, TaskBook, UnitAssignment
from nennep.training.models import (
    Course,
    CourseSession,
    Dissemination,
    EHandbookAdoption,
    Participant,
    Quiz,
    Receipt,
)
from tests.world_parts import (
    commend,
    disturb_commendation,
    disturb_proposals,
    disturb_supervision,
    propose,
    review_programme,
    supervise,
)

TODAY = date(2024, 6, 13)
PNG = b"\x89PNG\r\n\x1a\n"
FOUNDED = date(2021, 1, 1)
MONTH = date(2024, 5, 1)
TREE = [
    ("CITY", UnitKind.CITY, None),
    ("UPPER", UnitKind.DISTRICT, "CITY"),
    ("OWN", UnitKind.GRASSROOTS_COMMITTEE, "UPPER"),
    ("OWN-1", UnitKind.CELL, "OWN"),
    ("OWN-2", UnitKind.CELL, "OWN"),
    ("BESIDE", UnitKind.GRASSROOTS_COMMITTEE, "UPPER"),
    ("BESIDE-1", UnitKind.CELL, "BESIDE"),
    ("FAR", UnitKind.DISTRICT, "CITY"),
    ("FAR-1", UnitKind.GRASSROOTS_CELL, "FAR"),
]
# Where a person of a role is at home, and what lies around them.
CELL_SIDES = {"own": "OWN-1", "above": "OWN", "beside": "OWN-2", "far": "FAR-1"}
TOP_SIDES = {"own": "CITY", "below": "OWN-1"}
COMMITTEE_SIDES = {
    "own": "OWN", "below": "OWN-1", "above": "UPPER", "beside": "BESIDE",
    "below_beside": "BESIDE-1", "far": "FAR-1",
}  # fmt: skip


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.HANOI)


@dataclass
class Someone:
    """A user with one grant, and what they may be expected to do with it."""

    user: User
    role: str
    unit: Unit
    only: UUID | None
    reads_content: bool
    is_valid: bool
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def client(self) -> Client:
        client = Client()
        client.cookies = SimpleCookie(self.cookies)
        return client

    @property
    def sides(self) -> dict[str, str]:
        if self.unit.parent is None:
            return TOP_SIDES
        return CELL_SIDES if self.role in CELL_ROLES else COMMITTEE_SIDES


class World:
    """The organisation and, at each unit, one row of everything that can be addressed."""

    def __init__(self) -> None:
        self.clerk = user("clerk")
        load_presets(by=self.clerk)
        load_handbook(by=self.clerk)
        asked = Entry.objects.get(code="diem-danh")
        self.handbook_draft = Revision.objects.create(
            entry=asked, number=2, state="draft", question="Điểm danh?", content={},
            written_by=self.clerk, written_at=at(TODAY, 7),
        )  # fmt: skip
        self.basis = Basis.objects.first()
        self.calendar_day = CalendarDay.objects.create(
            day=date(2024, 9, 3), is_working=False, entered_by=self.clerk
        )
        self.form = xlsx([["Tên chi bộ", "Điểm"]]).getvalue()
        self.sheet = RuleValue.objects.get(key=KEYS["regular"], valid_to=date(2025, 10, 27)).value
        self.places: dict[str, SimpleNamespace] = {}
        for code, kind, parent in TREE:
            self.places[code] = self._place(code, kind, parent)
        rebuild(by=self.clerk)

    def unit(self, code: str) -> Unit:
        return self.places[code].unit

    def _place(self, code: str, kind: str, parent: str | None) -> SimpleNamespace:
        place = SimpleNamespace(unit=new_unit(code, kind, self.unit(parent) if parent else None))
        place.topic = CompulsoryTopic.objects.create(
            unit=place.unit, title=f"Chủ đề của {code}", first_month=MONTH, last_month=MONTH,
            set_by=self.clerk,
        )  # fmt: skip
        place.grant = Grant.objects.create(
            user=user(f"holder-{code}"), role=Role.VIEWER, unit=place.unit, valid_from=FOUNDED
        )
        place.session = OpenSession.objects.create(
            session_key=f"session-{code}", session_data="", expire_date=at(date(2030, 1, 1), 0),
            user=place.grant.user, browser="Chrome, Android",
        )  # fmt: skip
        place.batch = AccountBatch.objects.create(
            unit=place.unit, role=Role.SECRETARY, asked_by=self.clerk, asked_at=at(TODAY, 7)
        )
        place.factor = SecondFactor.objects.create(
            user=place.grant.user, kind="totp", name="Điện thoại", made_at=at(TODAY, 7)
        )
        place.rule = RuleValue.objects.create(
            scope_path=place.unit.path, key="meetings.minimum_minutes", value=80,
            valid_from=FOUNDED, basis=self.basis, clause="Quy định riêng", mark="D",
            entered_by=self.clerk, entered_at=at(TODAY, 7),
        )  # fmt: skip
        place.sheet_rule = RuleValue.objects.create(
            scope_path=place.unit.path, key=KEYS["regular"], value=self.sheet,
            valid_from=date(2010, 1, 1), valid_to=date(2010, 12, 31), basis=self.basis,
            clause="Phiếu riêng", mark="D", entered_by=self.clerk, entered_at=at(TODAY, 7),
        )  # fmt: skip
        place.draft = SheetDraft.objects.create(
            unit=place.unit, kind="regular", content=self.sheet, changed_by=self.clerk,
            changed_at=at(TODAY, 7),
        )  # fmt: skip
        place.document = document_of(place.unit, self.clerk)
        place.document_file = keep_file(
            place.document, name="ke-hoach.png", content=PNG + code.encode(), by=self.clerk
        )
        place.office_form = keep_form(
            place.unit, kind="month", name="Biểu riêng", content=self.form, by=self.clerk
        )
        confirm_columns(place.office_form, columns={0: "unit", 1: "points"}, by=self.clerk)
        place.calendar_day = self.calendar_day
        place.handbook_draft = self.handbook_draft
        place.review = PublishedReview.objects.create(
            unit=place.unit, title=f"Sơ kết {code}", first_day=FOUNDED, last_day=TODAY,
            structure="then", figures={}, document=b"PK", sha256="0" * 64,
            published_by=self.clerk, published_at=at(TODAY, 8),
        )  # fmt: skip
        place.table = table_of(place.unit, self.clerk)
        place.written_report = take_in_report(
            place.unit, name="so-ket.txt", by=self.clerk,
            content=f"Sơ kết {code}. Tỷ lệ đảng viên dự sinh hoạt đạt 93%.".encode(),
        )  # fmt: skip
        place.rating = Rating.objects.create(
            unit=place.unit, path=place.unit.path, year=2021, level="not_completed",
            decision="1-QĐ", decided_on=date(2021, 12, 30), decided_by=self.clerk,
            decided_at=at(TODAY, 8),
        )  # fmt: skip
        commend(place, at(TODAY, 8), self.clerk)
        place.programme = register_programme(
            place.unit, kind=ProgrammeKind.SCHEME, by=self.clerk,
            basis=NewBasis(f"{len(self.places) + 1}-ĐA/{code}", "Ban Thường vụ", f"Đề án {code}"),
        )  # fmt: skip
        Adoption.objects.create(
            programme=place.programme, unit=place.unit, document="Kế hoạch 1",
            adopted_on=TODAY, entered_by=self.clerk, entered_at=at(TODAY, 8),
        )  # fmt: skip
        review_programme(place, TODAY, self.clerk)
        place.stated_figure = place.written_report.figures.get()
        if kind in CELL_KINDS:
            place.cell = place.unit
            fill_cell(place, self.clerk)
        give_to(place, self.clerk)
        train(place, self.clerk)
        propose(place, self.clerk)
        return place

    def someone(
        self,
        role: str,
        *,
        valid_from: date = FOUNDED,
        valid_to: date | None = None,
        ended_at: datetime | None = None,
        reads_content: bool = False,
        home: str = "",
    ) -> Someone:
        """Somebody with this role, at home in the middle of the tree unless said otherwise."""
        is_cell_role = role in CELL_ROLES
        place = self.places[home or ("OWN-1" if is_cell_role else "OWN")]
        only = place.meeting.public_id if role == Role.MINUTE_TAKER else None
        who = user(f"{role}-{User.objects.count()}")
        Grant.objects.create(
            user=who, role=role, unit=place.unit, valid_from=valid_from, valid_to=valid_to,
            ended_at=ended_at, reads_content=reads_content, only=only,
        )  # fmt: skip
        is_valid = valid_from <= TODAY and (valid_to is None or valid_to >= TODAY) and not ended_at
        reads = reads_content or is_cell_role
        return Someone(who, role, place.unit, only, reads, is_valid, signed_in(who))


def signed_in(who: User) -> SimpleCookie:
    """The cookies of somebody who has signed in, once for all their requests."""
    client = Client()
    client.force_login(who)
    return client.cookies


def user(name: str) -> User:
    return User.objects.create(username=name.lower(), display_name=name.title(), password="!")


def new_unit(code: str, kind: str, parent: Unit | None) -> Unit:
    name = f"Tổ chức {code}"
    unit = Unit.objects.create(
        code=code, name=name, kind=kind, block="residential" if kind in CELL_KINDS else "",
        parent=parent, path=f"~{code}", depth=parent.depth + 1 if parent else 0,
        founded_on=FOUNDED, sort_key=text.fold(name), folded_name=text.fold(name),
    )  # fmt: skip
    unit.path = path_of(unit.pk, parent.path if parent else "")
    unit.save()
    Placement.objects.create(
        unit=unit, parent=parent, path=unit.path, name=name, kind=kind, block=unit.block,
        valid_from=FOUNDED,
    )  # fmt: skip
    return unit


def document_of(unit: Unit, clerk: User) -> Document:
    """A plan the unit issued."""
    issuer = "cell" if unit.is_cell else "committee"
    document = Document.objects.create(
        unit=unit, kind="plan", symbol=f"07-KH/{unit.code}", subject=f"Kế hoạch của {unit.code}",
        body=issuer, issuer=unit.name, is_own=True, issued_on=date(2024, 5, 6),
        in_force_from=date(2024, 5, 6), programme_symbol="11-ĐA/TU", registered_by=clerk,
        registered_at=at(TODAY, 7),
    )  # fmt: skip
    Draft.objects.create(document=document, body="Nội dung kế hoạch.")
    return document


def table_of(unit: Unit, clerk: User) -> Import:
    """A spreadsheet of organisations that waits to be taken in."""
    lines = f"Mã,Tên tổ chức đảng,Loại tổ chức\nT-{unit.code},Chi bộ mới {unit.code},chi bộ cơ sở\n"
    file = BytesIO(lines.encode())
    return judge(read_file(unit, Kind.UNITS, file=file, name="bang.csv", by=clerk), by=clerk)


def new_member(unit: Unit, name: str) -> Member:
    member = Member.objects.create(
        unit=unit, full_name=name, sort_key=text.name_key(name), folded_name=text.fold(name),
        sex="female", birth_year=1960, admitted_on=date(1990, 5, 19),
        recognised_on=date(1991, 5, 19),
    )  # fmt: skip
    Standing.objects.create(
        member=member, unit=unit, kind=StandingKind.OFFICIAL, valid_from=FOUNDED
    )
    return member


def fill_cell(place: SimpleNamespace, clerk: User) -> None:
    """Three members, a secretary, a closed meeting in May, a planned one in June, papers."""
    unit = place.unit
    members = [new_member(unit, f"Nguyễn Thị {word} {unit.code}") for word in ("An", "Bình", "Chi")]
    body = Body.objects.create(unit=unit, kind=BodyKind.CELL_COMMITTEE)
    term = Term.objects.create(body=body, label="2022–2025", starts_on=date(2022, 1, 1))
    place.position = Position.objects.create(
        member=members[0], body=body, title=PositionTitle.SECRETARY, valid_from=FOUNDED
    )
    place.handover = Handover.objects.create(
        unit=unit, title=PositionTitle.SECRETARY, former=place.position, successor=None,
        on=date(2024, 9, 1), made_by=clerk, made_at=at(TODAY, 7),
        done={"posts": [], "ended": [], "cuts": [], "given": []},
    )  # fmt: skip
    place.member, place.body, place.term = members[0], body, term
    place.party_group = PartyGroup.objects.create(unit=unit, name="Tổ 1", valid_from=FOUNDED)
    place.closed = closed_meeting(unit, MONTH, members, clerk)
    place.returned = returned_meeting(unit, date(2024, 4, 1), clerk)
    place.meeting = Meeting.objects.create(
        unit=unit, kind=MeetingKind.REGULAR, period=date(2024, 6, 1),
        planned_at=at(date(2024, 6, 20), 19), place="Nhà văn hóa", chair=members[0],
    )  # fmt: skip
    place.item = AgendaItem.objects.create(meeting=place.meeting, position=1, title="Việc tháng 6")
    place.closed_item = AgendaItem.objects.create(
        meeting=place.closed, position=1, title="Việc tháng 5", conclusion="Đồng ý."
    )
    place.vote = Vote.objects.create(
        meeting=place.closed, item=place.closed_item, subject="resolution", question="Thông qua",
        method="card", official=3, base=3, in_favour=3, threshold="> 1/2", is_passed=True,
    )  # fmt: skip
    place.resolution = Resolution.objects.create(
        meeting=place.closed, summary="Nhiệm vụ tháng 6", term=term, number=1,
        symbol="1-NQ/CB", issued_on=date(2024, 5, 3),
    )  # fmt: skip
    place.resolution_item = ResolutionItem.objects.create(
        resolution=place.resolution, position=1, what="Trồng cây", who=members[1]
    )
    TaskBook.objects.create(cell=unit, since=date(2024, 5, 3))
    place.task = Task.objects.create(
        public_id=place.resolution_item.public_id, unit=unit, source="resolution",
        line=place.resolution_item, resolution=place.resolution, what="Trồng cây", is_of_cell=True,
        given_on=date(2024, 5, 3), due_on=date(2024, 5, 31), given_by=clerk,
    )  # fmt: skip
    place.assignment = Assignment.objects.create(
        task=place.task, unit=unit, member=members[1], due_on=date(2024, 5, 31)
    )
    place.score = ScoreSheet.objects.create(
        meeting=place.closed, rubric=place.sheet_rule,
        lines={"1": [True, "fact"]}, facts={"kind": "regular"}, self_class="good", agreed_by=clerk, agreed_at=at(MONTH, 21),
    )  # fmt: skip
    place.oddity = Oddity.objects.create(
        meeting=place.closed, unit=unit, period=MONTH, kind=OddityKind.VERY_SHORT, measure=2,
        found_on=MONTH, open_above_on=MONTH,
    )  # fmt: skip
    held = closed_meeting(unit, date(2024, 2, 1), members, clerk)
    supervise(place, held, at(MONTH, 22), clerk)
    place.explanation = Explanation.objects.create(
        unit=unit, kind=LedgerKind.REGULAR, period=date(2024, 4, 1), reason="Mưa lũ",
        recorded_by=clerk, recorded_at=at(date(2024, 4, 20), 8),
    )  # fmt: skip
    place.signed_copy = keep_signed_copy(
        place.closed, name="bien-ban.pdf", content=b"%PDF-1.4 " + unit.code.encode(), by=clerk
    )
    place.job = Job.objects.create(
        owner=clerk, kind="review", title="Sơ kết", created_at=at(TODAY, 8)
    )


def give_to(place: SimpleNamespace, clerk: User) -> None:
    """A task that this unit gave to units, and one that it received; for addresses both are its own."""
    given = {"source": "direction", "is_to_units": True, "given_on": FOUNDED, "given_by": clerk}
    place.given = Task.objects.create(
        unit=place.unit, what=f"Việc {place.unit.code} giao", due_on=TODAY, **given
    )
    above = place.unit.parent or place.unit
    task = Task.objects.create(unit=above, what=f"Việc giao {place.unit.code}", **given)
    place.received = UnitAssignment.objects.create(task=task, unit=place.unit, due_on=TODAY)


def train(place: SimpleNamespace, clerk: User) -> None:
    """A course that this unit held in May; of a cell, its secretary came."""
    place.course = Course.objects.create(
        unit=place.unit, title=f"Nghiệp vụ {place.unit.code}", for_secretaries=True,
        planned_by=clerk,
    )  # fmt: skip
    place.course_session = CourseSession.objects.create(
        course=place.course, starts_on=MONTH, ends_on=MONTH, recorded_at=at(MONTH, 10)
    )
    place.dissemination = Dissemination.objects.create(
        unit=place.unit, title=f"Đề án {place.unit.code}", symbol="11-ĐA/TU", form="regular",
        begins_on=FOUNDED, due_on=MONTH, given_by=clerk,
    )  # fmt: skip
    place.receipt = Receipt.objects.create(
        dissemination=place.dissemination, unit=place.unit, strength=3
    )
    place.quiz = Quiz.objects.create(
        unit=place.unit, title=f"Trắc nghiệm {place.unit.code}", opens_on=FOUNDED, closes_on=TODAY,
        questions=[{"text": "Một?", "options": ["A", "B"], "right": 0}], made_by=clerk,
    )  # fmt: skip
    if place.unit.is_cell:
        place.adoption = EHandbookAdoption.objects.create(
            unit=place.unit, app="hanoi", on=MONTH, members=3, installed=2, signed_in=1,
            entered_by=clerk,
        )  # fmt: skip
        place.trained = Participant.objects.create(
            session=place.course_session, unit=place.unit, member=place.member, post="secretary",
            came=True,
        )  # fmt: skip


def returned_meeting(unit: Unit, month: date, clerk: User) -> Meeting:
    """Figures that an office entered from the cell's paper."""
    start = at(month + timedelta(days=2), 19)
    meeting = Meeting.objects.create(
        unit=unit, kind=MeetingKind.REGULAR, period=month, started_at=start,
        ended_at=start + timedelta(minutes=90), closed_at=start + timedelta(days=5),
        closed_by=clerk, is_return=True,
    )  # fmt: skip
    RollCall.objects.create(
        meeting=meeting, taken_at=start, taken_by=clerk, is_typed=True, official=3, required=3,
        present=3,
    )  # fmt: skip
    return meeting


def closed_meeting(unit: Unit, month: date, members: list[Member], clerk: User) -> Meeting:
    start = at(month + timedelta(days=2), 19)
    meeting = Meeting.objects.create(
        unit=unit, kind=MeetingKind.REGULAR, period=month, planned_at=start, started_at=start,
        ended_at=start + timedelta(minutes=95), place="Nhà văn hóa", chair=members[0],
        chair_name=members[0].full_name, steps_marked_at=start,
        minutes_adopted_at=start + timedelta(minutes=94),
        closed_at=start + timedelta(minutes=100), closed_by=clerk,
    )  # fmt: skip
    RollCall.objects.create(
        meeting=meeting, taken_at=start, taken_by=clerk, official=len(members),
        required=len(members), present=len(members) - 1, excused=1,
    )  # fmt: skip
    for number, member in enumerate(members):
        Attendance.objects.create(
            meeting=meeting, member=member, status=RollStatus.REQUIRED,
            presence=Presence.EXCUSED if number == 2 else Presence.PRESENT,
        )  # fmt: skip
    return meeting


def disturb(world: World, outside: list[str]) -> None:
    """Add, change and remove rows at these units, all of which somebody must not see."""
    for code in outside:
        place = world.places[code]
        Unit.objects.filter(pk=place.unit.pk).update(name=f"Đổi tên {code}", folded_name="doi ten")
        Placement.objects.filter(unit=place.unit).update(name=f"Đổi tên {code}")
        CompulsoryTopic.objects.filter(pk=place.topic.pk).delete()
        Task.objects.filter(pk=place.given.pk).update(what="Đổi việc")
        Document.objects.filter(pk=place.document.pk).update(subject="Đổi trích yếu", kind="report")
        Document.objects.filter(unit=place.unit).update(words="doi trich yeu")
        Grant.objects.filter(pk=place.grant.pk).update(reads_content=True)
        disturb_commendation(place)
        user(f"newcomer-{code}")
        disturb_proposals(place, world.clerk)
        if place.unit.is_cell:
            _disturb_cell(place, world.clerk)
    inside = next(place for code, place in world.places.items() if code in outside)
    parent = inside.unit.parent if inside.unit.is_cell else inside.unit
    stranger = new_unit("STRANGER", UnitKind.CELL, parent)
    facts_changed.send(sender=Unit, cell=stranger, month=None, kind="place")
    index_anew(by=world.clerk)


def _disturb_cell(place: SimpleNamespace, clerk: User) -> None:
    stranger = new_member(place.unit, "Người Lạ Mới Đến")
    Member.objects.filter(pk=place.member.pk).update(full_name="Trần Đổi Tên", folded_name="tran")
    closed_meeting(place.unit, date(2024, 3, 1), [stranger, place.member], clerk)
    Attendance.objects.filter(meeting=place.closed).update(presence=Presence.UNEXCUSED)
    RollCall.objects.filter(meeting=place.closed).update(present=0, excused=0, unexcused=3)
    Explanation.objects.filter(pk=place.explanation.pk).delete()
    Oddity.objects.filter(pk=place.oddity.pk).update(kind=OddityKind.ALWAYS_FULL)
    ScoreSheet.objects.filter(pk=place.score.pk).update(self_class="poor", total=1)
    AgendaItem.objects.filter(pk=place.closed_item.pk).update(conclusion="Không đồng ý.")
    Task.objects.filter(pk=place.task.pk).update(what="Nhổ cây", line=None)
    Participant.objects.filter(pk=place.trained.pk).update(came=False)
    Course.objects.filter(pk=place.course.pk).update(title="Đổi nghiệp vụ")
    Dissemination.objects.filter(pk=place.dissemination.pk).update(title="Đổi đề án")
    Quiz.objects.filter(pk=place.quiz.pk).update(title="Đổi trắc nghiệm")
    Receipt.objects.filter(pk=place.receipt.pk).update(reached_on=TODAY, members=2)
    EHandbookAdoption.objects.filter(pk=place.adoption.pk).update(installed=3)
    Assignment.objects.filter(pk=place.assignment.pk).update(member=stranger, result="Xong")
    ResolutionItem.objects.filter(pk=place.resolution_item.pk).delete()
    disturb_supervision(place, stranger)
    for month in (MONTH, date(2024, 4, 1), date(2024, 3, 1)):
        facts_changed.send(sender=Meeting, cell=place.unit, month=month, kind="month")
    facts_changed.send(sender=Member, cell=place.unit, month=None, kind="roll")
