import json
import unicodedata
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command

from nennep.core.refusal import Refusal
from nennep.statements.tests.factories import HONG_HA
from nennep.tasks.tests.factories import working_cell


def read(path):
    out = StringIO()
    call_command("read", path, json=True, stdout=out)
    return json.loads(out.getvalue())


def test_a_report_is_read_into_json_whose_spans_are_places_in_the_text(tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_bytes(HONG_HA.replace("\n", "\r\n").encode())

    found = read(path)

    assert set(found) == {"unit", "event", "schemes", "figures", "statements", "unplaced"}
    for figure in found["figures"]:
        start, end = figure["sentence_span"]
        assert HONG_HA[start:end] == figure["sentence"]
    attendance = next(f for f in found["figures"] if f["indicator"] == "ATT")
    assert HONG_HA[slice(*attendance["span"])] == "91,7%"
    assert attendance["as_of"] == "2024-08-20"
    assert found["event"] == {
        "kind": "sơ kết", "date": "2024-08-20", "span": [121, 127], "year_inferred": False,
        "year_evidence": None,
    }  # fmt: skip


FIELDS = {
    "unit": {"name", "span"},
    "event": {"kind", "date", "span", "year_inferred", "year_evidence"},
    "schemes": {"symbol", "kind", "issuer", "date", "span"},
    "figures": {
        "indicator", "value", "bound", "measure", "of", "as_of", "period", "trend", "confidence",
        "sentence", "span", "sentence_span",
    },
    "statements": {"kind", "text", "speaker", "span"},
    "unplaced": {"text", "span"},
}  # fmt: skip
SHORT_DAY = """Huyện Sơn Nam sơ kết Đề án 11

Ngày 13-6, Huyện ủy Sơn Nam sơ kết 3 năm thực hiện Đề án số 11-ĐA/TU ngày 6-12-2021 của Ban Thường vụ Thành ủy Hà Nội.
Phương châm 5 rõ được quán triệt đến toàn thể đảng viên. 100% chi bộ duy trì chế độ sinh hoạt thường kỳ và sinh hoạt chuyên đề.
Số lượng chi bộ hoàn thành tốt nhiệm vụ hằng năm không ngừng tăng. Toàn huyện có 900 trang trại.
Bí thư Huyện ủy Lê Văn Tám cho biết, tỷ lệ đảng viên dự sinh hoạt đạt từ 90% trở lên.
Huyện ủy đề nghị Thành ủy sớm ban hành cẩm nang.
"""


def test_every_field_of_the_contract_is_there_and_every_span_is_its_place_in_the_nfc_text(tmp_path):
    path = tmp_path / "tin.txt"
    path.write_text(unicodedata.normalize("NFD", SHORT_DAY))

    found = read(path)

    assert set(found) == set(FIELDS)
    for name, fields in FIELDS.items():
        for each in found[name] if isinstance(found[name], list) else [found[name]]:
            assert set(each) == fields, name
            start, end = each["span"]
            assert 0 <= start < end <= len(SHORT_DAY)
            if "text" in each:
                assert SHORT_DAY[start:end] == each["text"]
    event = found["event"]
    assert (event["date"], event["year_inferred"]) == ("2024-06-13", True)
    assert SHORT_DAY[slice(*event["year_evidence"])].startswith("11-ĐA/TU ngày 6-12-2021")
    assert {s["kind"] for s in found["statements"]} >= {"motto", "request", "speech"}
    assert [each["text"] for each in found["unplaced"]] == ["900"]
    told = [(f["indicator"], f["value"], f["bound"], f["trend"]) for f in found["figures"]]
    assert told == [
        ("MTG_REG.cells", 100, "=", None),
        ("MTG_THEM.cells", 100, "=", None),
        ("RANK", None, "=", "up"),
        ("ATT", 90, "≥", None),
    ]
    regular, thematic = found["figures"][:2]
    assert regular["span"] == thematic["span"]
    for figure in found["figures"]:
        assert 0 <= figure["confidence"] <= 1
        assert SHORT_DAY[slice(*figure["sentence_span"])] == figure["sentence"]


def test_a_text_typed_in_another_normal_form_reads_the_same(tmp_path):
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text(HONG_HA)
    other.write_text(unicodedata.normalize("NFD", HONG_HA))

    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", b"T\xe1\xbb\x90I M\xe1\xba\xacT\nChi b\xe1\xbb\x99 h\xe1\xbb\x8dp", "TỐI MẬT"),
        ("x.docx", b"not a zip", "Word"),
        ("x.xyz", b"?", "x.xyz"),
    ],
)
def test_what_cannot_or_may_not_be_read_is_refused_in_words(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(Refusal) as refused:
        read(path)
    assert message in refused.value.message


@pytest.mark.django_db
def test_the_figures_of_a_file_are_kept_as_stated_by_it(tmp_path):
    unit = working_cell().unit.parent
    path = tmp_path / "bao-cao.txt"
    path.write_text(HONG_HA)

    answers = []
    for _ in range(2):
        out = StringIO()
        call_command("confirm", path, unit=unit.code, all=True, json=True, stdout=out)
        answers.append(json.loads(out.getvalue()))

    first, again = answers
    assert first["sha256"] == sha256(path.read_bytes()).hexdigest()
    assert (first["confirmed"], again["confirmed"]) == (15, 0)
    assert {figure["verdict"] for figure in again["figures"]} == {"confirmed"}
    assert first["unit"] == unit.code


@pytest.mark.django_db
def test_without_all_a_file_is_read_and_waits_for_somebody(tmp_path):
    unit = working_cell().unit.parent
    path = tmp_path / "bao-cao.txt"
    path.write_text(HONG_HA)
    out = StringIO()

    call_command("confirm", path, unit=unit.code, stdout=out)

    assert out.getvalue().strip().endswith("xác nhận 0 số liệu, còn 15 chờ xem.")
