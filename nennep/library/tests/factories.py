from nennep.core.documents import TextLine
from nennep.library.rules.sources import Source

TEXTS = {
    "a": ("Luật A – Điều 1. Sinh hoạt chi bộ", "Chi bộ họp thường kỳ mỗi tháng một lần."),
    "b": ("Luật A – Điều 2. Điểm danh", "Đảng viên vắng phải báo cáo lý do với bí thư."),
    "c": ("Luật B – Điều 1. Giải thích từ ngữ", "1. Chi ủy là ban lãnh đạo của chi bộ;"),
    "d": ("Luật B – Điều 9. Căn cứ", "Căn cứ Quy định số 294-QĐ/TW ngày 26-5-2025."),
}


def source(key, title, text, **more):
    return Source(key, title, [TextLine(line) for line in text.split("\n")], **more)


def sources():
    return [source(key, title, text) for key, (title, text) in TEXTS.items()]
