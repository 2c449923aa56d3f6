"""Pages of dissemination and of the e-handbook."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.meetings.tests.factories import at, ready, resolve
from nennep.meetings.tests.factories import make_cell as cell_that_meets
from nennep.members.tests import factories as members
from nennep.regulations.actions import load_presets
from nennep.training import actions
from nennep.training.actions import CellCount, NewDissemination
from nennep.training.models import Dissemination, EHandbookAdoption
from nennep.training.tests.factories import cell_with_officers

pytestmark = pytest.mark.django_db


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def cell():
    load_presets(by=system_person())
    return cell_with_officers()


def given_to(unit):
    new = NewDissemination(
        title="Đề án sinh hoạt chi bộ", symbol="11-ĐA/TU", begins_on=date(2024, 6, 1),
        due_on=date(2024, 6, 10),
    )  # fmt: skip
    return actions.give_dissemination(unit, new=new, by=system_person())


def test_a_committee_gives_a_document_and_sees_who_has_not_yet(cell, client):
    client.force_login(members.officer(cell.parent))
    said = {
        "title": "Đề án", "symbol": "11-ĐA/TU", "begins_on": "2024-06-01",
        "due_on": "2024-06-30", "form": "regular",
    }  # fmt: skip

    assert (
        client.post(f"/quan-triet/{cell.parent.code}/moi/", said | {"due_on": ""}).status_code
        == 422
    )
    answer = client.post(f"/quan-triet/{cell.parent.code}/moi/", said, follow=True)

    assert Dissemination.objects.get().receipts.count() == 1
    assert cell.name in text_of(answer)


def test_a_grid_records_many_cells_and_keeps_what_was_typed_when_refused(cell, client):
    other = cell_with_officers("Chi bộ thôn Đông", cell.parent)
    given = given_to(cell.parent)
    first, second = (given.receipts.get(unit=unit) for unit in (cell, other))
    client.force_login(members.officer(cell.parent))
    address = f"/quan-triet/{given.public_id}/bao-cao/"
    said = {"on": "2024-06-08", "form": "conference", f"members_{first.pk}": "3"}

    wrong = client.post(address, said | {f"members_{second.pk}": "99"})
    assert wrong.status_code == 422
    assert 'value="99"' in wrong.content.decode()
    assert client.post(address, said).status_code == 302

    assert sorted(given.receipts.values_list("members", flat=True)) == [0, 3]


def test_a_cell_reports_its_own_part_and_takes_it_back(cell, client):
    given = given_to(cell.parent)
    receipt = given.receipts.get()
    client.force_login(members.officer(cell, Role.SECRETARY))
    address = f"/quan-triet-chi-bo/{receipt.public_id}/"

    assert "Đề án sinh hoạt chi bộ" in text_of(client.get(f"/tap-huan/{cell.code}/"))
    client.post(address, {"on": "2024-06-05", "form": "regular", f"members_{receipt.pk}": "4"})
    receipt.refresh_from_db()
    assert receipt.members == 4
    client.post(address, {"do": "back"})
    receipt.refresh_from_db()
    assert receipt.reached_on is None


def test_a_member_looks_and_does_not_report(cell, client):
    receipt = given_to(cell.parent).receipts.get()
    client.force_login(members.officer(cell, Role.MEMBER))
    address = f"/quan-triet-chi-bo/{receipt.public_id}/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"do": "back"}).status_code == 403


def test_the_grid_of_the_e_handbook_counts_cells_that_are_filled_in(cell, client):
    other = cell_with_officers("Chi bộ thôn Đông", cell.parent)
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    address = f"/so-tay-dien-tu/{cell.parent.code}/dem/"
    said = {"on": "2024-06-12", f"installed_{cell.pk}": "3", f"signed_in_{cell.pk}": "2"}

    wrong = client.post(address, said | {f"installed_{other.pk}": "9"})
    assert wrong.status_code == 422
    assert client.post(address, said | {f"no_phone_{cell.pk}": "1"}).status_code == 302

    kept = EHandbookAdoption.objects.get()
    assert (kept.unit, kept.installed, kept.signed_in, kept.reasons) == (
        cell, 3, 2, {"no_phone": 1}
    )  # fmt: skip
    shown = text_of(client.get(f"/so-tay-dien-tu/{cell.parent.code}/"))
    assert "75% (3/4)" in shown
    assert "1/2" in shown


def test_a_file_fills_in_the_grid_and_saves_nothing(cell, client):
    client.force_login(members.officer(cell.parent, Role.OFFICER))
    file = io.BytesIO(f"Chi bộ,Đã cài\n{cell.name},3\nChi bộ Lạ,1\n".encode())
    file.name = "so-tay.csv"

    shown = client.post(f"/so-tay-dien-tu/{cell.parent.code}/dem/", {"do": "file", "file": file})

    html = shown.content.decode()
    assert re.search(rf'name="installed_{cell.pk}"[^>]*value="3"', html)
    assert "Chi bộ Lạ" in html
    assert not EHandbookAdoption.objects.exists()


def test_the_pages_cost_the_same_with_one_cell_and_with_many(cell, client):
    given = given_to(cell.parent.parent)
    client.force_login(members.officer(cell.parent.parent, Role.OFFICER))
    addresses = [
        f"/so-tay-dien-tu/{cell.parent.parent.code}/",
        f"/quan-triet/{given.public_id}/",
        f"/tap-huan/{cell.parent.parent.code}/",
    ]
    actions.count_adoption(
        cell, counts=[CellCount(cell, 1)], on=date(2024, 6, 1), by=system_person()
    )

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    before = [asked(address) for address in addresses]
    for number in range(3):
        more = cell_with_officers(f"Chi bộ {number}", cell.parent)
        given.receipts.create(unit=more, strength=4)
        actions.count_adoption(
            more, counts=[CellCount(more, 2)], on=date(2024, 6, 1), by=system_person()
        )
    assert [asked(address) for address in addresses] == before


def test_the_files_of_a_closed_meeting_are_one_zip_that_says_it_is_not_connected(client):
    cell = cell_that_meets()
    meeting = ready(cell, started_at=at(3))
    resolve(meeting, cell)
    from nennep.meetings.actions import close_minutes

    close_minutes(meeting, by=cell.secretary)
    client.force_login(cell.secretary)

    answer = client.get(f"/so-tay-dien-tu/buoi/{meeting.public_id}/tep.zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = packed.namelist()
        words = packed.read("0-doc-truoc.txt").decode()
    assert names == [
        "0-doc-truoc.txt", "1-giay-moi.pdf", "2-chuong-trinh.pdf", "3-diem-danh.xlsx",
        "4-bien-ban.pdf", "5-nghi-quyet-1.pdf",
    ]  # fmt: skip
    assert "không kết nối" in words
