"""The handbook as it is read."""

import re
from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_user
from nennep.library.actions import load_handbook
from nennep.library.choices import RevisionState
from nennep.library.models import Entry, Revision
from nennep.library.queries import handbook_shipped
from nennep.regulations.actions import load_presets, mark_day, replace_basis
from nennep.regulations.models import Basis

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)
    return person


@pytest.fixture
def reader(client, by):
    client.force_login(make_user("reader"))
    return client


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def read(reader, code, **query):
    return text_of(reader.get(reverse("library:entry", args=[code]), query))


def test_loading_twice_changes_nothing(by):
    again = load_handbook(by=by)

    assert (again.added, again.updated, again.kept) == (0, 0, 0)
    assert Entry.objects.published().count() == len(handbook_shipped.shipped_entries())


def shipped_anew(monkeypatch, code, answer):
    """As if a newer version of the program said something else."""
    changed = []
    for entry in handbook_shipped.shipped_entries():
        if entry.code == code:
            table = entry.text.as_table() | {"answer": answer, "code": code}
            entry = handbook_shipped.shipped_entry(table, entry.branch, entry.position)
        changed.append(entry)
    monkeypatch.setattr(
        "nennep.library.actions.handbook_loading.shipped_entries", lambda: tuple(changed)
    )


def test_a_newer_shipped_text_takes_the_place_of_the_older_one_which_stays(by, monkeypatch):
    shipped_anew(monkeypatch, "ngay-sinh-hoat", "Câu trả lời mới.")

    loaded = load_handbook(by=by)

    entry = Entry.objects.select_related("current").get(code="ngay-sinh-hoat")
    assert (loaded.added, loaded.updated, loaded.kept) == (0, 1, 0)
    assert entry.current.text.answer == "Câu trả lời mới."
    assert [r.number for r in entry.revisions.all()] == [2, 1]


def test_a_newer_shipped_text_stands_beside_what_the_office_wrote(by, monkeypatch):
    Revision.objects.filter(entry__code="ngay-sinh-hoat").update(is_shipped=False)
    before = Entry.objects.get(code="ngay-sinh-hoat").current_id
    shipped_anew(monkeypatch, "ngay-sinh-hoat", "Câu trả lời mới.")

    loaded = load_handbook(by=by)

    entry = Entry.objects.get(code="ngay-sinh-hoat")
    assert (loaded.updated, loaded.kept, entry.current_id) == (0, 1, before)
    assert entry.revisions.filter(state=RevisionState.SHIPPED).count() == 1
    assert load_handbook(by=by).kept == 0


def test_everybody_who_has_signed_in_reads_and_nobody_else(client, by):
    address = reverse("library:entry", args=["diem-danh"])

    assert client.get(address).status_code == 302
    client.force_login(make_user("anybody"))
    assert client.get(address).status_code == 200
    assert client.get(reverse("library:entry", args=["khong-co"])).status_code == 404


def test_what_is_not_published_is_not_read(reader):
    Entry.objects.filter(code="diem-danh").update(current=None)

    assert reader.get(reverse("library:entry", args=["diem-danh"])).status_code == 404
    listed = reader.get(reverse("library:branch", args=["mo-dau"]))
    assert "Điểm danh thế nào" not in text_of(listed)


def test_the_answer_comes_first_then_the_steps_and_the_documents(reader):
    shown = read(reader, "mien-tuoi-cao-suc-khoe")

    places = [
        shown.index(words)
        for words in ("Đảng viên tự làm đơn; chi bộ", "Đảng viên viết đơn", "02-HD/BTCTU")
    ]
    assert places == sorted(places)


def test_what_rests_on_a_digest_says_that_it_was_not_checked(reader):
    assert "chưa đối chiếu văn bản gốc" in read(reader, "le-ket-nap")
    assert "chưa đối chiếu văn bản gốc" not in read(reader, "van-ban-mat")


def test_the_badge_turns_when_the_basis_is_replaced(reader, by, monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2026-11-01")
    assert "đang có hiệu lực" in read(reader, "chuyen-tam-thoi")
    old = Basis.objects.get(code="hd-38-btctw-2025")

    replace_basis(
        old, replacement=Basis.objects.get(code="hd-01-tw-2026"), since=date(2026, 10, 1), by=by
    )

    shown = read(reader, "chuyen-tam-thoi")
    assert "được thay bằng 01-HD/TW" in shown
    assert "Căn cứ của mục này đã được thay" in shown


def test_a_basis_to_come_says_since_when(reader, monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")

    shown = read(reader, "xep-loai-buoi-sinh-hoat")

    assert "chưa có hiệu lực (từ 28-10-2025)" in shown


def test_a_term_is_counted_on_the_page_of_its_entry(reader, by):
    mark_day(date(2026, 5, 4), is_working=False, note="Nghỉ của thành phố", by=by)

    shown = read(reader, "le-ket-nap", term="0", start="2026-04-01")

    # 30 working days after 1-4-2026: the Kings' day (26-4, a Sunday, so 27-4), 30-4, 1-5 and 4-5 off.
    assert "19-5-2026" in shown
    assert "4-5-2026 : Nghỉ của thành phố" in shown
    assert "thứ bảy" in shown


def test_a_wrong_day_is_said_and_nothing_is_counted(reader):
    answer = reader.get(
        reverse("library:entry", args=["le-ket-nap"]), {"term": "0", "start": "hôm qua"}
    )

    assert answer.status_code == 422
    assert "big-number" not in answer.content.decode()


def test_any_term_is_counted_on_its_own_page(reader):
    address = reverse("library:term")

    shown = text_of(reader.get(address, {"start": "2026-01-31", "number": "1", "unit": "month"}))
    too_long = reader.get(address, {"start": "2026-01-31", "number": "9999", "unit": "month"})

    assert "28-2-2026" in shown
    assert "ngày nghỉ" in shown  # the 28th of February 2026 is a Saturday
    assert too_long.status_code == 422


def test_a_page_costs_the_same_however_much_there_is(reader, django_assert_max_num_queries, by):
    pages = [
        reverse("library:handbook"),
        reverse("library:branch", args=["mo-dau"]),
        reverse("library:entry", args=["mien-nam-truong-hop"]),
        reverse("library:term") + "?start=2026-01-31&number=30&unit=working_day",
    ]
    for address in pages:
        with django_assert_max_num_queries(14):
            reader.get(address)
