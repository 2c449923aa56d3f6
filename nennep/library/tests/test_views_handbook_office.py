"""The pages on which the office arranges the handbook."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import give, make_user
from nennep.library.actions import load_handbook
from nennep.library.choices import RevisionState
from nennep.library.forms.handbook_office import LARGEST
from nennep.library.models import Branch, BranchEditor, Entry, Revision
from nennep.library.tests.test_commands_handbook import TOML
from nennep.organisation.tests.factories import make_root
from nennep.regulations.actions import load_presets

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)
    user = make_user("officer")
    give(user, "officer", make_root())
    return user


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(content=TOML, name="muc.toml"):
    return {"file": SimpleUploadedFile(name, content.encode())}


def sealed_in(answer):
    return re.search(r'name="kept"\s+value="([^"]+)"', answer.content.decode()).group(1)


def test_a_file_is_looked_at_and_then_taken_in_by_another_button(page):
    address = reverse("library:take-in")

    looked = page.post(address, sent())

    told = text_of(looked)
    assert "2 mục mới, 0 mục đổi, 0 mục như cũ, 1 mục có lỗi." in told
    assert "Tổ đảng do ai phụ trách?" in told
    assert "Thiếu văn bản căn cứ" in told
    assert not Entry.objects.filter(code="to-dang").exists()
    taken = page.post(address, {"kept": sealed_in(looked), "do": "take"})
    assert taken.url == reverse("library:desk")
    made = Revision.objects.filter(entry__code__in=["to-dang", "cam-nang-thanh-pho"])
    assert [each.state for each in made] == [RevisionState.REVIEW] * 2
    assert not Entry.objects.published().filter(code="to-dang").exists()


def test_what_was_looked_at_is_taken_in_by_nobody_else_and_unchanged(page, officer, client):
    address = reverse("library:take-in")
    kept = sealed_in(page.post(address, sent()))
    other = make_user("other")
    give(other, "officer", make_root_of(officer))

    changed = page.post(address, {"kept": f"{kept}x", "do": "take"})
    client.force_login(other)
    foreign = client.post(address, {"kept": kept, "do": "take"})

    assert (changed.status_code, foreign.status_code) == (422, 422)
    assert not Entry.objects.filter(code="to-dang").exists()


def make_root_of(officer):
    return officer.standing_grants[0].unit


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Hãy chọn một tệp."),
        (sent("x = 1"), "không có mục [[entry]] nào"),
        (sent("a" * (LARGEST + 1)), "nhiều nhất 1024 KB"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_form(page, data, words):
    answer = page.post(reverse("library:take-in"), data)

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_an_editor_of_one_part_takes_in_no_entries_of_another(page, officer):
    part = Branch.objects.get(code="chuan-bi")
    given_at = Revision.objects.first().written_at
    BranchEditor.objects.create(branch=part, user=officer, given_by=officer, given_at=given_at)

    told = text_of(page.post(reverse("library:take-in"), sent()))

    assert "0 mục mới" in told
    assert "Phần này do người khác viết" in told


def test_the_tree_shows_every_part_and_leads_to_its_page(page):
    made = page.post(reverse("library:new-branch"), {"title": "Phần mới của thành phố"})

    assert made.url == reverse("library:tree")
    told = page.get(made.url)
    assert "Phần mới của thành phố" in text_of(told)
    assert (
        reverse("library:change-branch", args=["phan-moi-cua-thanh-pho"]) in told.content.decode()
    )
    assert "Phần mới của thành phố" not in text_of(page.get(reverse("library:handbook")))


def test_a_part_is_changed_refused_beside_its_field_and_removed(page):
    page.post(reverse("library:new-branch"), {"title": "Nhầm"})
    address = reverse("library:change-branch", args=["nham"])
    assert "Bỏ phần trống này" in text_of(page.get(address))

    known = Branch.objects.get(code="chuan-bi").title
    refused = page.post(address, {"title": known})
    assert refused.status_code == 422
    assert f"Cẩm nang đã có phần “{known}”." in text_of(refused)
    page.post(address, {"title": "Đúng", "parent": Branch.objects.get(code="sinh-hoat").pk})
    assert Branch.objects.get(code="nham").parent.code == "sinh-hoat"
    page.post(address, {"do": "remove"})
    assert not Branch.objects.filter(code="nham").exists()


def test_the_tree_costs_the_same_however_long_it_is(page, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page.get(reverse("library:tree"))


@pytest.mark.parametrize("name", ["tree", "new-branch", "take-in"])
def test_whoever_may_not_write_the_handbook_arranges_nothing(client, name):
    client.force_login(make_user("reader"))

    assert client.get(reverse(f"library:{name}")).status_code == 403
