"""Forms to print: what is known is filled in as far as the person may see it, the rest is dotted."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import give, make_user
from nennep.core.models import TrailLine
from nennep.library.actions import load_handbook
from nennep.library.queries.handbook_forms import form_paper, form_sheets
from nennep.library.queries.handbook_shipped import shipped_entries
from nennep.members.tests.factories import member as make_member
from nennep.organisation.rules import committee_name
from nennep.organisation.tests.factories import make_cell, make_committee
from nennep.papers.render import render
from nennep.regulations.actions import load_presets
from nennep.regulations.queries import preset_bases

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 13)


@pytest.fixture(autouse=True)
def ground():
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)


@pytest.fixture
def cell():
    return make_cell("Chi bộ thôn Nội", parent=make_committee("Đảng bộ xã Gần"), code="NOI")


@pytest.fixture
def member(cell):
    return make_member(cell, "Nguyễn Thị Lan")


def signed_in(client, role, unit, **more):
    user = make_user(f"{role}-{unit.code}")
    give(user, role, unit, **more)
    client.force_login(user)
    return client


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("code", form_sheets())
def test_every_form_is_printed_empty_and_rests_on_a_basis_that_ships(code):
    sheet = form_sheets()[code]

    assert sheet.basis in {row["code"] for row in preset_bases()}
    assert render(form_paper(sheet, {}, DAY), "pdf").startswith(b"%PDF")
    assert len(Document(BytesIO(render(form_paper(sheet, {}, DAY), "docx"))).paragraphs) > 3


def test_every_form_is_reached_from_an_entry_and_every_entry_names_forms_that_exist():
    named = {form for entry in shipped_entries() for form in entry.text.forms}

    assert named == set(form_sheets())


def test_a_secretary_gets_the_application_filled_in_for_a_member(client, cell, member):
    address = reverse("library:sheet", args=["don-xin-mien"])

    page = signed_in(client, "secretary", cell).get(address, {"member": member.public_id})

    shown = text_of(page)
    assert "Tôi là: Nguyễn Thị Lan." in shown
    assert "Đang sinh hoạt tại: Chi bộ thôn Nội." in shown
    assert not TrailLine.objects.filter(is_look=True).exists()


def test_a_member_of_the_cell_gets_it_without_the_names_of_others(client, cell, member):
    reader = signed_in(client, "member", cell)
    address = reverse("library:sheet", args=["don-xin-mien"])

    shown = text_of(reader.get(address, {"member": member.public_id}))

    assert "Đang sinh hoạt tại: Chi bộ thôn Nội." in shown
    assert "Nguyễn Thị Lan" not in shown


def test_another_cell_is_out_of_sight(client, cell, member):
    stranger = signed_in(client, "secretary", make_cell("Chi bộ xa", code="XA"))
    address = reverse("library:sheet", args=["don-xin-mien"])

    assert stranger.get(address, {"unit": "NOI"}).status_code == 404
    assert stranger.get(address, {"member": member.public_id}).status_code == 404
    assert "Chi bộ thôn Nội" not in text_of(stranger.get(address))


def test_a_look_from_above_at_a_name_is_recorded(client, cell, member):
    officer = signed_in(client, "organisation_officer", cell.parent)
    address = reverse("library:sheet", args=["don-xin-mien"])

    officer.get(address, {"unit": "NOI", "member": member.public_id})

    assert TrailLine.objects.filter(verb="form filled in", is_look=True).count() == 1


def test_the_file_is_the_form_that_was_shown(client, cell, member):
    reader = signed_in(client, "secretary", cell)
    address = reverse("library:sheet-file", args=["nghi-quyet-mien", "docx"])

    answer = reader.get(address, {"member": member.public_id})

    words = "\n".join(p.text for p in Document(BytesIO(answer.content)).paragraphs)
    assert "đồng chí Nguyễn Thị Lan" in words
    assert reader.get(reverse("library:sheet-file", args=["giay-moi", "exe"])).status_code == 404


def test_a_proposal_is_addressed_to_the_superior_and_sent_there(client, cell, member):
    """“Kính trình”; among the recipients then “Như trên”."""
    reader = signed_in(client, "secretary", cell)
    address = reverse("library:sheet-file", args=["to-trinh-khen-thuong", "docx"])

    document = Document(BytesIO(reader.get(address, {"unit": "NOI"}).content))

    words = [p.text for p in document.paragraphs]
    in_tables = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert f"Kính trình: {committee_name(cell.parent.name)}" in words
    assert any("- Như trên;" in text for text in in_tables)


@pytest.mark.parametrize("branch", ["ket-nap", "chuyen-sinh-hoat", "mien-sinh-hoat",
                                    "khen-thuong", "kiem-diem", "chuan-bi"])  # fmt: skip
def test_each_situation_has_a_form_to_fill_in(branch):
    entries = [entry for entry in shipped_entries() if entry.branch == branch]
    assert [entry.code for entry in entries if entry.text.forms]


def test_filling_in_costs_the_same_for_one_member_and_for_ten(
    client, cell, member, django_assert_max_num_queries
):
    for number in range(10):
        make_member(cell, f"Trần Văn {number}")
    reader = signed_in(client, "secretary", cell)
    address = reverse("library:sheet", args=["don-xin-mien"])

    with django_assert_max_num_queries(40):
        reader.get(address, {"member": member.public_id})
