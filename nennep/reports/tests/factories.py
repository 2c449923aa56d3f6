"""A district of three cells in the middle of the review of its scheme."""

from datetime import date

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.indicators import actions as counters
from nennep.indicators.tests.factories_tree import grow, hold_all
from nennep.organisation.models import Unit
from nennep.programmes.actions import register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.regulations.models import Basis
from nennep.reports.actions import Terms, ask_for, begin_review
from nennep.reports.choices import ReviewKind
from nennep.statements.actions import confirm_all, take_in_report

FIRST, LAST, DUE = date(2024, 1, 6), date(2024, 6, 13), date(2024, 6, 20)
STATED = """Huyện A: Sơ kết Đề án số 11-ĐA/TU

Ngày 10/6/2024, Huyện ủy A sơ kết 6 tháng thực hiện Đề án số 11-ĐA/TU.
Tỷ lệ đảng viên tham gia sinh hoạt chi bộ thường kỳ đạt bình quân 93%.
Huyện ủy đã ban hành 29 văn bản triển khai thực hiện Đề án.
"""


def district():
    """N1 met every month, N2 all but one, F1 all but two with half of its members."""
    tree = grow()
    counters.rebuild(by=system_person())
    hold_all(tree.n1)
    hold_all(tree.n2, but=("2024-03",))
    hold_all(tree.f1, presences="ppuu", but=("2024-02", "2024-04"))
    tree.clerk = make_person(Role.OFFICER, tree.district)
    tree.programme = register_programme(
        Unit.objects.get(code="DIST"),
        kind=ProgrammeKind.SCHEME,
        basis=Basis.objects.get(code="da-11-tu-2021"),
        by=tree.clerk,
    )
    return tree


def terms(tree, **more):
    given = {
        "programme": tree.programme, "kind": ReviewKind.MIDWAY, "first_day": FIRST,
        "last_day": LAST, "stated": "6 tháng",
    }  # fmt: skip
    return Terms(**(given | more))


def begun(tree, **more):
    return begin_review(tree.district, terms=terms(tree, **more), by=tree.clerk)


def asked(tree):
    """The review, and who was asked by the code of their unit."""
    review = begun(tree)
    ask_for(review, due_on=DUE, by=tree.clerk)
    review.refresh_from_db()
    rows = review.contributors.select_related("unit")
    return review, {each.unit.code: each for each in rows}


def confirmed_report(tree, text=STATED):
    report = take_in_report(tree.district, name="so-ket.txt", content=text.encode(), by=tree.clerk)
    confirm_all(report, by=tree.clerk)
    return report
