import json
from io import StringIO

import pytest
from django.core.management import call_command

from nennep.core.refusal import Refusal
from nennep.library.tests.factories import TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl"
    rows = [{"id": key, "title": title, "text": text} for key, (title, text) in TEXTS.items()]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return path


def printed(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_a_file_of_lines_is_indexed_and_a_question_answered_as_json(corpus):
    call_command("index", str(corpus), collection="luat")

    (best, *_rest) = json.loads(printed("search", "hop thuong ky", collection="luat", json=True))

    assert set(best) == {"id", "title", "page", "score", "snippet"}
    assert best["id"] == "a"
    assert best["snippet"] in TEXTS["a"][1]


def test_many_questions_are_answered_into_a_file(corpus, tmp_path):
    call_command("index", str(corpus), collection="luat")
    questions, out = tmp_path / "q.jsonl", tmp_path / "run.jsonl"
    questions.write_text(
        '{"id": "1", "query": "điểm danh"}\n{"id": "2", "query": "chi ủy là gì"}\n'
    )

    call_command("search", batch=questions, collection="luat", limit=2, out=out)

    runs = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(run["id"], run["ranked"][0]) for run in runs] == [("1", "b"), ("2", "c")]
    assert all(len(run["ranked"]) <= 2 for run in runs)


def test_a_folder_is_indexed_by_relative_path_and_what_is_secret_is_left_out(tmp_path, capsys):
    (tmp_path / "quy-dinh").mkdir()
    (tmp_path / "quy-dinh" / "hop.txt").write_text("Điều 1. Họp\nChi bộ họp mỗi tháng.")
    (tmp_path / "quy-dinh" / "kin.txt").write_text("TUYỆT MẬT\nChi bộ họp kín.")
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "anh.png").write_bytes(b"png")

    call_command("index", str(tmp_path), collection="thu-muc")

    found = json.loads(printed("search", "chi bộ họp", collection="thu-muc", json=True))
    assert [each["id"] for each in found] == ["quy-dinh/hop.txt"]
    told = capsys.readouterr().err
    assert "Bỏ qua quy-dinh/kin.txt: " in told
    assert "Bỏ qua hong.pdf: " in told


def test_a_folder_indexed_again_has_what_was_added_and_not_what_was_taken_away(tmp_path):
    (tmp_path / "a.txt").write_text("Chi bộ họp mỗi tháng.")
    call_command("index", str(tmp_path), collection="thu-muc")
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")

    call_command("index", str(tmp_path), collection="thu-muc")

    found = json.loads(printed("search", "chi bộ họp", collection="thu-muc", json=True))
    assert [each["id"] for each in found] == ["b.txt"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "2", "query": null}',
        b'{"id": "2"}',
        b'{"query": "x"}',
        b'["2", "x"]',
        b'{"id": "2", "query": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_a_bad_line_of_questions_is_named_and_nothing_is_written(corpus, tmp_path, line):
    call_command("index", str(corpus), collection="luat")
    questions, out = tmp_path / "q.jsonl", tmp_path / "run.jsonl"
    questions.write_bytes(b'{"id": "1", "query": "x"}\n' + line)

    with pytest.raises(Refusal, match=r"q\.jsonl, dòng 2: "):
        call_command("search", batch=questions, collection="luat", limit=2, out=out)
    assert not out.exists()


def test_a_question_may_hold_any_sign_that_json_lets_it(corpus, tmp_path):
    call_command("index", str(corpus), collection="luat")
    questions, out = tmp_path / "q.jsonl", tmp_path / "run.jsonl"
    questions.write_text('{"id": "1", "query": "điểm\u2028danh"}\n', encoding="utf-8")

    call_command("search", batch=questions, collection="luat", limit=1, out=out)

    assert json.loads(out.read_text())["ranked"] == ["b"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("không phải json", "dòng 1: không phải JSON"),
        ("[1]", "dòng 1: không phải JSON"),
        ('{"title": "x"}', "dòng 1: thiếu “id”"),
        ('{"id": "a"}\n{"id": "a"}', "dòng 2: trùng id “a”"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_indexed(tmp_path, line, message):
    path = tmp_path / "bad.jsonl"
    path.write_text(line)

    with pytest.raises(Refusal, match=message):
        call_command("index", str(path), collection="x")
    with pytest.raises(Refusal, match="Chưa có bộ tài liệu"):
        call_command("search", "gì", collection="x")
