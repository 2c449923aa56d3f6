"""Papers as a cell and a committee would write them."""

import datetime

from nennep.papers.paper import (
    QR,
    Align,
    Annex,
    Band,
    BulletList,
    Column,
    ColumnGroup,
    FillLine,
    Heading,
    KeyValues,
    Masthead,
    Note,
    NumberedList,
    Orientation,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Recipients,
    Row,
    SignatureBlock,
    Signer,
    Spacer,
    Table,
    bold,
)
from nennep.papers.symbols import place_and_date, symbol_line

DAY = datetime.date(2024, 6, 4)
HEAD = Masthead(
    "Đảng bộ xã Phù Linh",
    "Chi bộ thôn Vệ Linh",
    place_and_date="Phù Linh, ngày 04 tháng 6 năm 2024",
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 120" width="300" height="120">'
    '<rect x="10" y="20" width="60" height="90" fill="#A61B29"/>'
    '<text x="10" y="15" font-size="12">Tỷ lệ dự họp</text></svg>'
).encode()
VOTES = Table(
    [Column("TT", 1, Align.CENTER), Column("Nội dung", 6), Column("Tán thành", 2, Align.CENTER)],
    [("1", "Thông qua Nghị quyết", "27"), Row(("", "Cộng", "27"), is_bold=True)],
)
MINUTES = Paper(
    HEAD,
    "Biên bản",
    summary="Sinh hoạt chi bộ thường kỳ tháng 6 năm 2024",
    day=DAY,
    blocks=[
        Heading("Thời gian, thành phần"),
        KeyValues([("Thời gian", "19 giờ 30."), ("Chủ trì", ("đồng chí ", bold("Nguyễn Văn An")))]),
        Heading("Nội dung"),
        Heading("Đánh giá tháng 5", 2),
        Heading("Công tác tư tưởng", 3),
        Paragraph("Chi bộ đã tổ chức sinh hoạt chuyên đề; đảng viên yên tâm, tin tưởng."),
        BulletList(["Vận động hiến 320 m² đất."]),
        NumberedList(["Ý kiến thứ nhất.", "Ý kiến thứ hai."], "a)"),
        Heading("Biểu quyết"),
        VOTES,
        FillLine("Ý kiến khác:", 3),
    ],
    signatures=SignatureBlock(
        left=Signer("Người ghi biên bản", name="Trần Thị Bình"),
        right=Signer("Chủ trì hội nghị", name="Nguyễn Văn An"),
    ),
)
RESOLUTION = Paper(
    Masthead(
        "Đảng bộ xã Phù Linh",
        "Chi bộ thôn Vệ Linh",
        symbol_line(5, "NQ", "CB"),
        place_and_date("Phù Linh", DAY),
    ),
    "Nghị quyết",
    summary="Sinh hoạt chi bộ tháng 6 năm 2024",
    day=DAY,
    blocks=[Paragraph("Chi bộ quyết nghị:"), Heading("Nhiệm vụ tháng 6"), VOTES],
    signatures=SignatureBlock(Signer("T/M Chi bộ", "Bí thư", "Nguyễn Văn An")),
    recipients=Recipients(["Đảng ủy xã (để báo cáo)", "- Các đồng chí đảng viên;", "Lưu Chi bộ."]),
)
COLUMNS = [Column("TT", 1), Column("Tổ chức đảng", 5), Column("Có mặt", 2), Column("Vắng", 2)]
GROUPS = [ColumnGroup("", 2), ColumnGroup("Đảng viên", 2)]
ROWS = [(str(number), f"Chi bộ số {number}", "27", "2") for number in range(1, 41)]
REVIEW = Paper(
    Masthead("Thành ủy Hà Nội", "Huyện ủy Sóc Sơn", symbol_line(None, "BC", "HU")),
    "Báo cáo",
    summary="Sơ kết 03 năm thực hiện Đề án",
    day=datetime.date(2026, 6, 13),
    footer="Số liệu tính đến 13-6-2024",
    blocks=[
        Heading("Kết quả"),
        *[Paragraph("Tỷ lệ đảng viên dự sinh hoạt bình quân đạt 92,4%. " * 12)] * 24,
        Picture(SVG, "Biểu đồ", "Hình 1"),
        QR("https://example.org/kiem-tra"),
        Spacer(),
        PageBreak(),
        Note("Nguồn: sổ biên bản."),
        Annex(
            "Các chi bộ",
            [Table(COLUMNS, [Band("Khối nông thôn"), *ROWS], groups=GROUPS)],
            "Phụ lục 1",
        ),
        Annex(
            "Bảng ngang",
            [Heading("Tổng hợp"), Table(COLUMNS, ROWS[:3], ("", "Cộng", "81", "6"), is_dense=True)],
            "Phụ lục 2",
            orientation=Orientation.LANDSCAPE,
        ),
    ],
    signatures=SignatureBlock(Signer("T/M Ban Thường vụ", "Phó Bí thư", "Lê Hữu Mạnh")),
    recipients=Recipients(["Thành ủy Hà Nội", "Lưu Văn phòng Huyện ủy"]),
)
LETTER = Paper(
    Masthead("Đảng bộ xã Phù Linh", "Đảng uỷ", "Số 12-CV/ĐU", urgency="Khẩn"),
    "",
    summary="về việc chuẩn bị sinh hoạt chuyên đề",
    addressee="Kính gửi: Các chi bộ trực thuộc",
    day=DAY,
    blocks=[Paragraph("Đảng ủy đề nghị các chi bộ chuẩn bị.")],
)
ALL = [MINUTES, RESOLUTION, REVIEW, LETTER]
HOSTILE = (
    '<script>alert(1)</script> =1+1 #import "x" $x$ *a* &amp; \\ \x00\x08\ufffe\u202e\ud800 😀 汉'
)


def hostile_paper() -> Paper:
    """Every place that takes words holds those that mean something to some program."""
    bad = HOSTILE
    return Paper(
        Masthead(bad, bad, bad, bad, bad),
        bad,
        summary=bad,
        addressee=bad,
        footer=bad,
        file_stem=bad,
        day=DAY,
        blocks=[
            Heading(bad),
            Heading((bad, bold(bad)), 3, bad),
            Paragraph((bad, bold(bad))),
            BulletList([bad]),
            NumberedList([bad]),
            KeyValues([(bad, bad)]),
            Table([Column(bad), Column(bad)], [(bad, bad), Band(bad)], (bad, bad), caption=bad),
            Note(bad),
            FillLine(bad),
            Picture(SVG, bad, bad),
            QR("=1+1", bad),
            Annex(bad, [Paragraph(bad)], bad, bad),
        ],
        signatures=SignatureBlock(Signer(bad, bad, bad, bad), Signer(bad)),
        recipients=Recipients([bad]),
    )
