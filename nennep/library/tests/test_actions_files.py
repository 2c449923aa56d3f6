from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from nennep.accounts.choices import Role
from nennep.core.contents import path_of
from nennep.core.kept_files import missing_files
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.core.tests import files
from nennep.library.actions.files import FOLDER, keep_file, read_file, remove_file
from nennep.library.models import DocumentFile, FilePage
from nennep.library.queries.ranking import Within
from nennep.library.queries.reach import reached_by
from nennep.library.queries.search import search_everything
from nennep.library.tests.factories_registers import (
    drafted,
    make_registers,
    registered,
    someone,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    store = {"BACKEND": "nennep.core.storage.WholeFiles", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": store}
    return make_registers()


@pytest.fixture
def scheme(registers):
    return registered(registers)


def in_store():
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def keep(registers, document, content, name="de-an.pdf", **more):
    return keep_file(document, name=name, content=content, by=registers.officer, **more)


def test_a_file_is_kept_once_under_the_hash_of_its_content_with_its_text_by_page(registers, scheme):
    content = files.pdf("Quy dinh mot", "Quy dinh hai")
    kept = keep(registers, scheme, content)
    again = keep(registers, scheme, content, name="khac.pdf")

    assert again == kept
    assert read_file(kept) == content
    assert [path.name for path in in_store()] == [kept.sha256]
    assert (kept.pages, kept.has_text, kept.content_type) == (2, True, "application/pdf")
    pages = FilePage.objects.filter(file=kept).values_list("number", "text")
    assert list(pages) == [(1, "Quy dinh mot"), (2, "Quy dinh hai")]
    assert list(missing_files()) == []


def test_a_file_that_was_changed_on_the_disk_is_not_given_out(registers, scheme, client):
    kept = keep(registers, scheme, files.pdf("Quy dinh"))
    path = Path(default_storage.path(path_of(FOLDER, kept.sha256)))
    path.write_bytes(path.read_bytes().replace(b"%PDF", b"%PDX"))

    with pytest.raises(Refusal) as no:
        read_file(kept)
    assert no.value.code == "file_damaged"
    client.force_login(registers.officer)
    answer = client.get(f"/van-ban/tep/{kept.public_id}/")
    assert answer.status_code != 200
    assert b"%PDX" not in answer.content
    assert "Tệp bị hỏng" in answer.content.decode()
    path.unlink()
    with pytest.raises(Refusal) as no:
        read_file(kept)
    assert no.value.code == "file_gone"


SECRETS = [
    (files.word("Báo cáo", "TỐI MẬT"), "a.docx"),
    (files.word("Báo cáo", header="MẬT"), "a.docx"),
    (files.word("Báo cáo", footer="TUYỆT MẬT"), "a.docx"),
    (files.word("Báo cáo", box="MẬT"), "a.docx"),
    (files.word("Báo cáo", split="TỐI MẬT"), "a.docx"),
    (files.word("Báo cáo", title="Tuyệt mật"), "a.docx"),
    (files.sheet(("Báo cáo",), ("TỐI MẬT",)), "a.xlsx"),
    (files.sheet(("Báo cáo",), header="&C&14TUYỆT MẬT"), "a.xlsx"),
    (files.pdf("BÁO CÁO", "TUYỆT MẬT"), "a.pdf"),
    (files.pdf("#table(columns: 2, [Số 05-BC/ĐU], [MẬT])\nBáo cáo"), "a.pdf"),
    (files.pdf("Thông báo"), "Công văn mật.pdf"),
]


@pytest.mark.parametrize(("content", "name"), SECRETS, ids=range(len(SECRETS)))
def test_nothing_of_a_secret_file_is_kept(registers, scheme, content, name):
    before = TrailLine.objects.count()
    with pytest.raises(Refusal) as no:
        keep(registers, scheme, content, name=name)

    assert no.value.code == "secret"
    assert name not in no.value.message
    assert in_store() == []
    assert not DocumentFile.objects.exists()
    assert not FilePage.objects.exists()
    assert TrailLine.objects.count() == before


def test_what_the_person_declares_secret_is_not_even_read(registers, scheme):
    with pytest.raises(Refusal) as no:
        keep(registers, scheme, b"anything", is_declared_secret=True)
    assert no.value.code == "secret"


@pytest.mark.parametrize(
    "content",
    [
        files.word("Quy chế bảo mật, giữ bí mật nhà nước", header="BẢO MẬT THÔNG TIN"),
        files.word("LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Mật ong Sóc Sơn"),
    ],
)
def test_a_file_about_keeping_secrets_is_none(registers, scheme, content):
    assert keep(registers, scheme, content, name="quy-che-bao-mat.docx").has_text


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\he.pdf", "he.pdf"),
        ("/tuyet/doi.pdf", "doi.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("<script>.pdf", "<script>.pdf"),
    ],
)
def test_a_name_leads_nowhere(registers, scheme, name, kept_as):
    kept = keep(registers, scheme, files.pdf("Quy dinh"), name=name)

    assert kept.name == kept_as
    assert [path.name for path in in_store()] == [kept.sha256]


def test_a_removed_file_is_gone_unless_another_document_has_it(
    registers, scheme, django_capture_on_commit_callbacks
):
    content = files.pdf("Quy dinh")
    first = keep(registers, scheme, content)
    second = keep(registers, registered(registers, "14-ĐA/HU"), content)

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(first, by=registers.officer)
    assert read_file(second) == content
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(second, by=registers.officer)
    assert in_store() == []


def test_the_text_of_a_file_is_found_with_its_page_until_the_file_is_removed(registers, scheme):
    kept = keep(registers, scheme, files.pdf("Trang đầu", "Điều 2. Quy chế nghĩa trang liệt sĩ"))

    def found():
        within = Within(reached=reached_by(registers.officer))
        answer = search_everything("nghia trang liet si", within, limit=5)
        return [(each.piece.symbol, each.piece.page) for each in answer.found]

    assert found() == [("13-ĐA/HU", 2)]
    remove_file(kept, by=registers.officer)
    assert found() == []


# What a browser sends


def upload(client, person, document, content, name="de-an.pdf", secrecy="none"):
    client.force_login(person)
    return client.post(
        f"/van-ban/{document.public_id}/tep/",
        {"file": SimpleUploadedFile(name, content), "secrecy": secrecy},
    )


def test_an_officer_keeps_a_file_and_takes_it_again(registers, scheme, client):
    assert upload(client, registers.officer, scheme, files.pdf("Quy dinh")).status_code == 302
    page = client.get(f"/van-ban/{scheme.public_id}/").content.decode()
    assert "de-an.pdf" in page
    taken = client.get(f"/van-ban/tep/{DocumentFile.objects.get().public_id}/")
    assert taken.content.startswith(b"%PDF-")
    assert taken["Content-Disposition"] == 'attachment; filename="de-an.pdf"'
    assert taken["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.pdf", "trống"),
        (b"x" * (60 * 1024 * 1024), "a.pdf", "20"),
        (files.word("MẬT"), "a.docx", "dấu mật"),
        (b"PK\x03\x04x", "a.docx", "hỏng"),
    ],
    ids=["empty", "60 MB", "secret", "damaged"],
)
def test_a_refused_file_is_answered_in_words_and_leaves_nothing(
    registers, scheme, client, monkeypatch, tmp_path_factory, content, name, sentence
):
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    answer = upload(client, registers.officer, scheme, content, name)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert list(temporary.iterdir()) == []
    assert in_store() == []


def test_declaring_a_mark_is_answered_with_the_reason(registers, scheme, client):
    answer = upload(client, registers.officer, scheme, files.pdf("x"), secrecy="marked")
    assert answer.status_code == 422
    assert "bí mật" in answer.content.decode()
    assert in_store() == []


def test_a_file_is_as_far_as_its_document(registers, scheme, client):
    of_cell = drafted(registers)
    kept = keep_file(of_cell, name="a.pdf", content=files.pdf("x"), by=registers.secretary)
    beside = someone("ben", Role.OFFICER, registers.beside)
    reader = someone("doc", Role.VIEWER, registers.commune, reads_content=True)

    for person, code in ((registers.officer, 404), (beside, 404), (registers.secretary, 200)):
        client.force_login(person)
        assert client.get(f"/van-ban/tep/{kept.public_id}/").status_code == code
    client.force_login(reader)
    assert client.get(f"/van-ban/tep/{kept.public_id}/").status_code == 200
    assert TrailLine.objects.filter(verb="file of a document opened").count() == 1
    assert upload(client, registers.secretary, scheme, files.pdf("x")).status_code == 403
