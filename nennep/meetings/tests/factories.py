"""A cell with its people, its committee and its rules, and moments of its life."""

from dataclasses import dataclass
from datetime import date, datetime

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant, User
from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.meetings import actions
from nennep.members.actions.load import NewMember, load_roll, load_strength_figures
from nennep.members.models import Member
from nennep.organisation.actions.load import NewBody, NewUnit, load_units
from nennep.organisation.choices import Block, BodyKind, UnitKind
from nennep.organisation.models import Body, Term, Unit
from nennep.regulations.actions import load_presets
from nennep.regulations.models import Basis, RuleStamp, RuleValue

FOUNDED = date(2010, 1, 1)
TERM_BEGAN = date(2022, 6, 1)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Đạt", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Ước")


@dataclass
class Cell:
    unit: Unit
    members: list[Member]
    secretary: User
    officer: User

    @property
    def ids(self):
        return [member.pk for member in self.members]


def at(day, hour=19, minute=30, month=6, year=2024):
    """A moment in Hà Nội: half past seven in the evening unless said otherwise."""
    return datetime(year, month, day, hour, minute, tzinfo=clock.HANOI)


def by():
    return system_person()


_shipped = {}


def rules():
    """The shipped rules: read from their files once in a run, afterwards put back as they were."""
    person = by()
    if not _shipped:
        load_presets(by=person)
        _shipped.update(
            {model: list(model.objects.all()) for model in (Basis, RuleValue, RuleStamp)}
        )
        return
    for model, rows in _shipped.items():
        for row in rows:
            if model is not RuleStamp:
                row.entered_by = person
        model.objects.bulk_create(rows)


def _tree():
    if Unit.objects.exists():
        return
    rules()
    load_units(
        [
            NewUnit("CITY", "Đảng bộ thành phố", UnitKind.CITY, "", FOUNDED),
            NewUnit("HUYEN", "Đảng bộ huyện Sơn Nam", UnitKind.DISTRICT, "CITY", FOUNDED),
            NewUnit("XA", "Đảng bộ xã Bình An", UnitKind.GRASSROOTS_COMMITTEE, "HUYEN", FOUNDED),
        ],
        by=by(),
    )


def make_cell(
    code="CB1",
    name="Chi bộ thôn Đông",
    *,
    official=8,
    probationary=1,
    exempt=0,
    away=0,
    suspended=0,
    body=BodyKind.CELL_COMMITTEE,
    block=Block.RESIDENTIAL,
    has_term=True,
    party_groups=(),
):
    """From the last official member back: the suspended, then the away, then the exempt ones."""
    _tree()
    terms = (("2022–2025", TERM_BEGAN, None),) if has_term else ()
    bodies = (NewBody(body, terms),) if body else ()
    load_units(
        [NewUnit(code, name, UnitKind.CELL, "XA", FOUNDED, block=block, bodies=bodies,
                 party_groups=tuple(party_groups))],
        by=by(),
    )  # fmt: skip
    unit = Unit.objects.get(code=code)
    body_id = Body.objects.filter(unit=unit).values_list("id", flat=True).first()
    count = official + probationary
    marks = ["suspended"] * suspended + ["away"] * away + ["exempt"] * exempt
    people = [
        _member(
            unit.pk,
            n,
            is_official=n < official,
            mark=_mark(marks, official - 1 - n),
            body_id=body_id,
        )
        for n in range(count)
    ]
    loaded = load_roll(people, by=by())
    members = list(Member.objects.filter(pk__gte=loaded.first_id).order_by("pk")[: loaded.count])
    return Cell(unit, members, _user(f"bt-{code.lower()}", Role.SECRETARY, unit), _officer())


def make_figures_only_cell(code="QS1", official=12, probationary=1, exempt=0):
    _tree()
    bodies = (NewBody(BodyKind.CELL_COMMITTEE, (("2022–2025", TERM_BEGAN, None),)),)
    load_units(
        [NewUnit(code, "Chi bộ Ban Chỉ huy Quân sự", UnitKind.CELL, "XA", FOUNDED,
                 block=Block.ARMY, bodies=bodies)],
        by=by(),
    )  # fmt: skip
    unit = Unit.objects.get(code=code)
    load_strength_figures([(unit.pk, official, probationary, exempt, FOUNDED, None)], by=by())
    return Cell(unit, [], _user(f"bt-{code.lower()}", Role.SECRETARY, unit), _officer())


def _mark(marks, place):
    return marks[place] if 0 <= place < len(marks) else ""


def _member(unit_id, n, *, is_official, mark, body_id):
    kind = "official" if is_official else "probationary"
    titles = {0: "secretary", 1: "deputy", 2: "committee_member"}
    positions = ((body_id, titles[n], TERM_BEGAN, None),) if body_id and n in titles else ()
    return NewMember(
        unit_id,
        f"{FAMILIES[n % 8]} Văn {GIVEN[n % 12]} {n}"
        if n > 11
        else f"{FAMILIES[n % 8]} Văn {GIVEN[n]}",
        "male" if n % 2 else "female",
        1960 + n % 40,
        standings=((unit_id, kind, None, FOUNDED, None, mark == "suspended"),),
        exemptions=(("age_or_health", FOUNDED, None),) if mark == "exempt" else (),
        stays=((None, FOUNDED, date(2030, 1, 1)),) if mark == "away" else (),
        positions=positions,
    )


def _user(name, role, unit):
    user = User.objects.create(username=name, display_name=name)
    Grant.objects.create(user=user, role=role, unit=unit, valid_from=FOUNDED)
    return user


def _officer():
    known = User.objects.filter(username="can-bo").first()
    return known or _user("can-bo", Role.OFFICER, Unit.objects.get(code="XA"))


def committee_user(code, role="officer", name=""):
    user = User.objects.create(username=name or f"cb-{code.lower()}", display_name=f"Cán bộ {code}")
    unit = Unit.objects.get(code=code)
    Grant.objects.create(user=user, role=role, unit=unit, valid_from=date(2020, 1, 1))
    return user


def planned(cell, kind="regular", period=date(2024, 6, 1), planned_at=None, **more):
    return actions.plan_meeting(
        cell.unit,
        kind=kind,
        period=period,
        planned_at=planned_at or at(3),
        by=cell.secretary,
        **more,
    )


def opened(cell, kind="regular", started_at=None, **more):
    meeting = planned(cell, kind, planned_at=started_at, **more)
    return actions.open_meeting(
        meeting,
        started_at=started_at or at(3),
        minute_taker=cell.members[1] if cell.members else None,
        by=cell.secretary,
    )


def ready(cell, kind="regular", started_at=None, absences=None, **more):
    """Held, roll called, ended, adopted and declared: only the closing is left."""
    by_whom, start = cell.secretary, started_at or at(3)
    meeting = opened(cell, kind, start, **more)
    actions.take_roll(meeting, absences=absences or {}, by=by_whom)
    actions.mark_steps(meeting, by=by_whom)
    end = start.replace(hour=21, minute=10)
    actions.end_meeting(meeting, ended_at=end, by=by_whom)
    actions.adopt_minutes(meeting, at=end, by=by_whom)
    return actions.declare_free_of_secrets(meeting, by=by_whom)


def resolve(meeting, cell, in_favour=None, lines=("Thu gom rác ngõ 3",)):
    """A resolution with lines, and the vote that carries it."""
    paper = actions.write_resolution(
        meeting, summary="lãnh đạo nhiệm vụ tháng 7", by=cell.secretary
    )
    for what in lines:
        actions.add_line(
            paper, what=what, who=cell.members[0], due_on=date(2024, 7, 3), by=cell.secretary
        )
    base = meeting.roll_call.voting_base
    actions.record_vote(
        meeting,
        subject="resolution",
        question="",
        in_favour=base if in_favour is None else in_favour,
        by=cell.secretary,
    )
    return paper


def terms_of(cell):
    return Term.objects.filter(body__unit=cell.unit)
