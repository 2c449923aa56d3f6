"""What comes out of a review: every file opens, says the facts, and names their source."""

import io
import re
import zipfile

import openpyxl
import pypdfium2
import pytest

from nennep.indicators.tests.factories_tree import TODAY
from nennep.reports.actions import choose, contribute
from nennep.reports.choices import ContributionKind
from nennep.reports.models import Contribution
from nennep.reports.tests.factories import asked, confirmed_report, district
from nennep.reports.tests.test_queries import text_of
from nennep.statements.queries.files import read_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(on_day, client):
    """A report was read, one committee has answered, all it said is chosen."""
    on_day(TODAY)
    tree = district()
    confirmed_report(tree)
    review, contributors = asked(tree)
    lines = {
        ContributionKind.WORKED: ["Gửi tài liệu trước"],
        ContributionKind.NOT_WORKED: ["Đọc văn bản dài"],
        ContributionKind.PROPOSAL: ["Mở lớp tập huấn"],
    }
    contribute(contributors["NEAR"], lines=lines, by=tree.clerk)
    chosen = Contribution.objects.values_list("pk", flat=True)
    choose(review, lines=list(chosen), by=tree.clerk)
    client.force_login(tree.clerk)
    return review


def taken(client, review, more):
    answer = client.get(f"/so-ket/cuoc/{review.public_id}/{more}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def notes_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        xml = files.read("word/footnotes.xml").decode()
    notes = re.findall(r'<w:footnote w:id="\d+">(.*?)</w:footnote>', xml)
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)", each)).strip() for each in notes]


def test_the_report_tells_of_the_programme_with_its_sources(review, client):
    content = taken(client, review, "tep/bao-cao.docx")

    text, notes = text_of(content), notes_of(content)
    for said in [
        "Sơ kết 6 tháng thực hiện Đề án số 11-ĐA/TU của Ban Thường vụ Thành ủy Hà",
        "0/2 tổ chức đảng trực thuộc đã ban hành văn bản thực hiện",
        "tổ chức 12/15 kỳ phải sinh hoạt, đạt 80%",
        "báo cáo nêu 93%; phần mềm đo được 87,5% (42/48); chênh lệch +5,5 điểm phần trăm",
        "Gửi tài liệu trước",
        "Đọc văn bản dài",
        "Mở lớp tập huấn",
    ]:
        assert said in text, said
    for source in [
        (
            "Sinh hoạt thường kỳ đã tổ chức (MTG_REG). Nguồn: sổ theo dõi sinh hoạt của các chi bộ,"
            " từ tháng 1-2024 đến tháng 6-2024."
        ),
        "Đảng viên (ORG.members). Nguồn: cây tổ chức và danh sách đảng viên, ngày 13-6-2024.",
        "Ý kiến của Đảng bộ xã Gần, gửi ngày 13-6-2024.",
    ]:
        assert source in notes, source
    assert any("“Tỷ lệ đảng viên tham gia sinh hoạt chi bộ thường kỳ" in note for note in notes)
    assert "{" not in text


def test_every_number_of_a_sentence_has_a_footnote(review, client):
    with zipfile.ZipFile(io.BytesIO(taken(client, review, "tep/bao-cao.docx"))) as files:
        xml = files.read("word/document.xml").decode()
    results = xml[xml.index("Thực hiện chế độ sinh hoạt") : xml.index("Đối chiếu với chỉ tiêu")]
    for paragraph in re.findall(r"<w:p[ >].*?</w:p>", results, re.DOTALL):
        said = "".join(re.findall(r"<w:t[^>]*>([^<]*)", paragraph))
        if re.match(r"- .*\d+/\d+", said):
            assert "w:footnoteReference" in paragraph, said


def test_the_summary_fits_on_one_page(review, client):
    content = taken(client, review, "tep/tom-tat.pdf")
    assert len(pypdfium2.PdfDocument(content)) == 1


def test_the_annexes_keep_stated_and_counted_in_columns_of_their_own(review, client):
    book = openpyxl.load_workbook(io.BytesIO(taken(client, review, "tep/phu-luc.xlsx")))

    rows = [[cell.value for cell in row] for row in book["Số nêu, số đo"].iter_rows()]
    attendance = next(row for row in rows if row[4] == "93%")
    assert attendance[2] == "87,5% (42/48)"
    assert attendance[5] == 5.5
    documents = next(row for row in rows if row[4] == "29 văn bản")
    assert documents[2] == "–"
    said = [[cell.value for cell in row][:4] for row in book["Ý kiến cơ sở"].iter_rows()]
    assert ["Đảng bộ xã Gần", "Cách làm tốt", "Gửi tài liệu trước", "x"] in said
    assert ["Đảng bộ xã Xa", "Chưa gửi ý kiến", None, None] in said


def test_pictures_say_their_title_and_source_in_both_forms(review, client):
    drawn = taken(client, review, "hinh/chi-tieu.svg").decode()

    assert "Kết quả so với chỉ tiêu" in drawn
    assert "Nguồn: số đo trên phần mềm của Đảng bộ huyện A, đến ngày 13-6-2024." in drawn
    assert "87,5% (42/48)" in drawn
    assert drawn.count("<svg") == 1
    assert taken(client, review, "hinh/chi-tieu.png").startswith(b"\x89PNG")
    assert "Chưa có số liệu để vẽ." in taken(client, review, "hinh/xep-loai.svg").decode()


def test_the_draft_of_the_news_reads_back_as_the_figures_it_was_made_of(review, client):
    content = taken(client, review, "tep/tin.txt")

    read = read_file(content, name="tin.txt")
    figures = {(each.indicator, each.value, each.bound) for each in read.figures}
    assert (read.event.kind, read.event.day) == ("sơ kết", TODAY)
    assert [scheme.symbol for scheme in read.schemes] == ["11-ĐA/TU"]
    assert {
        ("ORG.members", 12, "="),
        ("MTG_REG.cells", 33.3, "="),
        ("ATT", 87.5, "="),
        ("DOC", 29, "="),
    } <= figures


@pytest.mark.parametrize(
    "more", ["tep/bao-cao.xlsx", "tep/x.docx", "hinh/x.svg", "hinh/chi-tieu.pdf"]
)
def test_what_is_no_file_of_a_review_is_not_found(review, client, more):
    assert client.get(f"/so-ket/cuoc/{review.public_id}/{more}").status_code == 404


def test_a_review_is_published_once_with_all_that_was_said(review, client):
    url = f"/so-ket/cuoc/{review.public_id}/"

    client.post(f"{url}ban-hanh/")
    again = client.post(f"{url}ban-hanh/")

    review.refresh_from_db()
    assert again.status_code == 409
    assert "Mở lớp tập huấn" in text_of(bytes(review.published.document))
    assert review.published.title.startswith("Sơ kết 6 tháng thực hiện Đề án số 11-ĐA/TU")
    assert "Báo cáo như đã ban hành" in client.get(url).content.decode()
