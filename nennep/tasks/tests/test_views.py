from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.models import Grant, User
from nennep.core.models import TrailLine
from nennep.meetings import actions as meetings
from nennep.meetings.tests.factories import make_figures_only_cell
from nennep.organisation.models import Unit
from nennep.papers.paper import Table
from nennep.tasks import actions
from nennep.tasks.models import Assignment, Task
from nennep.tasks.queries.papers import reminders_paper
from nennep.tasks.queries.reminding import reminders_of
from nennep.tasks.tests.factories import (
    at,
    decide,
    give,
    give_units,
    planned,
    working_cell,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 13)


def test_the_work_of_a_cell_stands_by_urgency(cell, page):
    give(cell, what="Quá hạn rồi", given_on=date(2024, 5, 1), due_on=date(2024, 6, 1))
    give(cell, what="Sắp đến", due_on=date(2024, 6, 17))
    give(cell, what="Còn lâu", due_on=date(2024, 8, 1))
    done = give(cell, what="Đã làm")
    actions.report_result(done, result="Xong", done_on=TODAY, by=cell.secretary)

    shown = page(cell.secretary, "/viec/")

    order = [shown.index(words) for words in ("Quá hạn rồi", "Sắp đến", "Đã làm", "Còn lâu")]
    assert order == sorted(order)


def test_one_look_says_which_working_member_has_no_task(cell, page):
    given = cell.members[:3]
    decide(cell, *((f"Việc {m.full_name}", m, date(2024, 6, 28)) for m in given[:2]))
    give(cell, given[2], what="Không theo nghị quyết")

    shown = page(cell.secretary, f"/viec/{cell.unit.code}/dang-vien/")

    without, _, covered = shown.partition('id="with"')
    assert "(2/4)" in shown
    assert "(3/4)" in shown
    assert [m.full_name in without for m in cell.members[:5]] == [False, False, True, True, False]
    assert [m.full_name in covered for m in cell.members[:5]] == [True, True, False, False, False]


def test_a_form_gives_one_task_to_several_and_keeps_what_was_typed(cell, client):
    client.force_login(cell.secretary)
    address = f"/viec/{cell.unit.code}/giao-dang-vien/"
    ids = [str(m.pk) for m in cell.members[:2]]

    wrong = client.post(address, {"what": "Trồng cây", "who": ids, "source": "plan"})
    assert wrong.status_code == 422
    assert "Hãy ghi hạn hoàn thành." in wrong.content.decode()
    assert "Trồng cây" in wrong.content.decode()

    right = {"what": "Trồng cây", "who": ids, "source": "plan", "due_on": "2024-06-30"}
    assert client.post(address, right).status_code == 302
    assert Task.objects.get().assignments.count() == 2


def test_a_member_who_signs_in_answers_for_the_own_task_and_no_other(cell, client):
    one, two = cell.members[4:6]
    user = User.objects.create(username="dv", display_name="Đảng viên")
    Grant.objects.create(user=user, role="member", unit=cell.unit, valid_from=date(2020, 1, 1))
    one.user = user
    one.save()
    own, other = give(cell, one, what="Việc của tôi"), give(cell, two, what="Việc người khác")
    client.force_login(user)

    def post(assignment, **said):
        return client.post(f"/nhiem-vu/{assignment.public_id}/", said).status_code

    assert "Việc của tôi" in client.get(f"/viec/{cell.unit.code}/").content.decode()
    assert post(own, do="accept") == 302
    assert post(own, do="report", result="Xong", is_done="on", done_on="2024-06-12") == 302
    assert post(own, do="judge", judgement="met") == 403
    assert post(other, do="accept") == 403
    assert client.get(f"/viec/{cell.unit.code}/giao-dang-vien/").status_code == 403
    own.refresh_from_db()
    assert (own.done_on, own.judgement) == (date(2024, 6, 12), "")


def test_the_page_of_a_task_judges_gives_time_and_withdraws(cell, client):
    given = give(cell)
    address = f"/nhiem-vu/{given.public_id}/"
    client.force_login(cell.secretary)

    assert client.post(address, {"do": "judge", "judgement": "met"}).status_code == 422
    client.post(address, {"do": "time", "due_on": "2024-07-10", "reason": "Mưa"})
    client.post(address, {"do": "report", "result": "Xong", "is_done": "on"})
    client.post(address, {"do": "judge", "judgement": "above", "remark": "Sớm 10 ngày"})
    given.refresh_from_db()
    assert (given.due_on, given.judgement, given.judged_on) == (date(2024, 7, 10), "above", TODAY)
    client.post(address, {"do": "unjudge"})
    client.post(address, {"do": "withdraw", "reason": "Giao nhầm"})
    given.refresh_from_db()
    assert (given.judgement, given.withdrawn_on) == ("", TODAY)


def test_the_sheet_of_the_year_is_kept_line_by_line(cell, client):
    paper = decide(cell, ("Trồng cây", cell.members[0], date(2024, 6, 28))).resolutions.get()
    one, two = cell.members[:2]
    client.force_login(cell.secretary)
    address = f"/viec/{cell.unit.code}/nam/2024/"
    said = {
        "resolution": paper.pk,
        f"what_{one.pk}": "Phụ trách ngõ 3",
        f"follower_{one.pk}": two.pk,
        f"what_{two.pk}": "Thu đảng phí",
    }

    assert client.post(address, said).status_code == 302
    sheet = Task.objects.get(year=2024)
    assert [(a.member, a.words, a.follower) for a in sheet.assignments.order_by("part")] == [
        (one, "Phụ trách ngõ 3", two),
        (two, "Thu đảng phí", None),
    ]
    assert (sheet.is_of_cell, sheet.resolution) == (True, paper)
    assert "Phụ trách ngõ 3" in client.get(address).content.decode()
    assert client.get(f"/viec/{cell.unit.code}/nam/2030/").status_code == 404


def test_reminders_come_before_the_day_and_go_up_after_it(cell, page):
    long_ago = {"given_on": date(2024, 5, 1), "follower": cell.members[1]}
    give(cell, what="Lâu rồi", due_on=date(2024, 6, 4), **long_ago)
    give(cell, what="Mới quá", due_on=date(2024, 6, 11), **long_ago)
    give(cell, what="Sắp đến", due_on=date(2024, 6, 17))
    give(cell, what="Còn lâu", due_on=date(2024, 8, 1))

    shown = page(cell.secretary, f"/viec/{cell.unit.code}/nhac-viec/")

    who = cell.members[0].full_name
    assert f"Sắp đến hạn 17-6-2024: {who} – Sắp đến." in shown
    assert f"Đã quá hạn 11-6-2024: {who} – Mới quá." in shown
    assert (
        f"Quá hạn lâu ngày (4-6-2024): {who} – Lâu rồi. Đề nghị {cell.members[1].full_name}"
        in shown
    )
    assert "Còn lâu" not in shown
    assert page(cell.officer, f"/viec/{cell.unit.code}/nhac-viec/") == 403


def test_the_reminders_are_taken_as_word_and_pdf_in_three_parts(cell, client):
    long_ago = {"given_on": date(2024, 5, 1), "follower": cell.members[1]}
    give(cell, what="Lâu rồi", due_on=date(2024, 6, 4), **long_ago)
    give(cell, what="Mới quá", due_on=date(2024, 6, 11), **long_ago)
    give(cell, what="Sắp đến", due_on=date(2024, 6, 17))
    client.force_login(cell.secretary)
    address = f"/viec/{cell.unit.code}/nhac-viec/danh-sach."

    tables = [
        b
        for b in reminders_paper(cell.unit, reminders_of(cell.unit)).blocks
        if isinstance(b, Table)
    ]

    assert [table.rows[0][1] for table in tables] == ["Sắp đến", "Mới quá", "Lâu rồi"]
    assert [table.rows[0][4] for table in tables[1:]] == [cell.members[1].full_name] * 2
    assert client.get(f"{address}docx").content.startswith(b"PK")
    assert client.get(f"{address}pdf").content.startswith(b"%PDF")
    assert client.get(f"{address}odt").status_code == 404
    client.force_login(cell.officer)
    assert client.get(f"{address}pdf").status_code == 403


def test_above_the_cell_there_are_figures_and_no_names(cell, page):
    given = give(cell, cell.members[0], what="Việc riêng của chi bộ")
    commune = Unit.objects.get(code="XA")
    give_units(commune, cell.unit, what="Việc xã giao")
    officer = cell.officer

    shown = page(officer, f"/viec/{cell.unit.code}/")

    assert "Việc riêng của chi bộ" not in shown
    assert cell.members[0].full_name not in shown
    assert "Việc xã giao" in shown
    assert page(officer, f"/nhiem-vu/{given.public_id}/") == 403
    assert page(officer, f"/viec/{cell.unit.code}/dang-vien/") == 403


def test_who_may_read_content_sees_names_and_leaves_a_line_in_the_trail(cell, page):
    give(cell, what="Việc riêng của chi bộ")
    officer = cell.officer
    Grant.objects.filter(user=officer).update(reads_content=True)

    assert "Việc riêng của chi bộ" in page(officer, f"/viec/{cell.unit.code}/")
    assert TrailLine.objects.filter(is_look=True, verb="tasks of a cell").count() == 1
    page(cell.secretary, f"/viec/{cell.unit.code}/")
    assert TrailLine.objects.filter(is_look=True, verb="tasks of a cell").count() == 1


def test_before_closing_the_secretary_is_told_who_is_left_without_a_task(cell, client):
    client.force_login(cell.secretary)
    meeting = planned(cell)
    meetings.open_meeting(meeting, started_at=at(3), by=cell.secretary)
    paper = meetings.write_resolution(meeting, by=cell.secretary)
    meetings.add_line(paper, what="Trồng cây", who=cell.members[0], by=cell.secretary)

    shown = client.get(f"/sinh-hoat/{meeting.public_id}/ket-luan/").content.decode()

    names = ", ".join(
        m.full_name for m in sorted(cell.members[1:4], key=lambda m: (m.sort_key, m.pk))
    )
    assert f"3 đảng viên đang công tác chưa có nhiệm vụ: {names}." in shown


def test_the_first_page_says_what_is_overdue_near_and_from_above(cell, page):
    give(cell, given_on=date(2024, 5, 1), due_on=date(2024, 6, 1))
    give(cell, due_on=date(2024, 6, 17))
    give_units(Unit.objects.get(code="XA"), cell.unit)

    shown = page(cell.secretary, "/")

    assert "1 việc đã quá hạn." in shown
    assert "1 việc đến hạn" in shown
    assert "1 việc cấp trên giao chưa xong." in shown


def test_a_cell_of_figures_only_has_a_page_without_names(page):
    cell = make_figures_only_cell()
    give_units(Unit.objects.get(code="XA"), cell.unit, what="Việc xã giao")
    assert "Việc xã giao" in page(cell.secretary, "/viec/")
    assert page(cell.secretary, f"/viec/{cell.unit.code}/dang-vien/") == 404


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("secretary", "/viec/CB1/"),
        ("secretary", "/viec/CB1/dang-vien/"),
        ("secretary", "/"),
        ("officer", "/viec/XA/"),
        ("officer", "/viec-giao/{task}/"),
    ],
)
def test_a_page_costs_the_same_for_one_task_and_for_three(cell, client, who, address):
    commune = Unit.objects.get(code="XA")
    client.force_login(getattr(cell, who))

    def more(n):
        give(cell, cell.members[n], what=f"Việc {n}", due_on=date(2024, 6, 17))
        unit = cell if n == 0 else working_cell(code=f"CB{n + 1}", name=f"Chi bộ {n}")
        task = Task.objects.filter(is_to_units=True).order_by("id").first()
        if task is None:
            return give_units(commune, unit.unit)
        Assignment.objects.create(task=task, unit=unit.unit, due_on=task.due_on)
        give_units(commune, cell.unit, what=f"Việc xã {n}")
        return task

    def count():
        task = Task.objects.filter(is_to_units=True).order_by("id").first()
        url = address.format(task=task.public_id)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    more(0)
    one = count()
    more(1)
    more(2)
    assert count() == one
