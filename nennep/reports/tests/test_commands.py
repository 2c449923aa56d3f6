"""An office takes every file of a programme's review away by a script."""

import io
import json
import zipfile

import pytest
from django.core.management import call_command

from nennep.core.refusal import Refusal
from nennep.indicators.tests.factories_tree import TODAY
from nennep.reports.models import ProgrammeReview
from nennep.reports.queries.findings import findings
from nennep.reports.queries.news import news_of
from nennep.reports.tests.factories import asked, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    return district()


def test_every_file_of_a_review_is_written_and_listed(tree, tmp_path):
    review, _contributors = asked(tree)
    out = io.StringIO()

    call_command("review_programme", "DIST", "11-ĐA/TU", out=tmp_path, json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert (told["unit"], told["programme"]) == ("DIST", "11-ĐA/TU")
    assert sorted(told["files"]) == sorted(path.name for path in tmp_path.iterdir())
    stems = {name.partition(".")[0].removesuffix("-dist-2024-06") for name in told["files"]}
    assert {"bao-cao", "phu-luc", "tom-tat", "tin", "chi-tieu"} <= stems
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        if path.suffix in {".docx", ".xlsx"}:
            assert zipfile.is_zipfile(io.BytesIO(content))
        starts = {".pdf": b"%PDF", ".png": b"\x89PNG", ".svg": b"<svg"}.get(path.suffix, b"")
        assert content.startswith(starts)
    text = (tmp_path / "tin-dist-2024-06.txt").read_text()
    assert text == news_of(findings(review)).text


def test_without_a_review_it_says_where_to_begin_one(tree, tmp_path):
    with pytest.raises(Refusal) as refused:
        call_command("review_programme", "DIST", "11-ĐA/TU", out=tmp_path)

    assert "trang Báo cáo" in refused.value.message
    assert not ProgrammeReview.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused_before_anything_is_made(tree, tmp_path):
    asked(tree)
    with pytest.raises(Refusal) as refused:
        call_command("review_programme", "DIST", "11-ĐA/TU", out=tmp_path / "khong-co")

    assert "khong-co" in refused.value.message
