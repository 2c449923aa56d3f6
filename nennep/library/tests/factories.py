from nennep.core.documents import TextLine
from nennep.library.actions import refresh_sources
from nennep.library.queries.sources import SourceKind
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


VERB = "view meetings"  # content of a cell: its own people hold it, and who reads content above


class Shelf:
    """Records of a kind made up for a test, in memory; `more` is what else a source says."""

    def __init__(self):
        self.texts = {}
        self.more = {}

    def keys(self):
        return list(self.texts)

    def read(self, keys):
        for key in keys:
            if key in self.texts:
                yield self._source(key)

    def _source(self, key):
        more = dict(self.more[key])
        unit, page = more.pop("unit", None), more.pop("page", None)
        lines = [TextLine(line, page) for line in self.texts[key].split("\n")]
        title = more.pop("title", f"Mục {key}")
        of_unit = {"unit": unit.pk, "verb": VERB} if unit else {}
        return Source(key, title, lines, **of_unit, **more)

    def put(self, key, text, **more):
        self.texts[key], self.more[key] = text, more
        refresh_sources("shelf", [key])

    def take_away(self, key):
        del self.texts[key]
        refresh_sources("shelf", [key])


def shelf_kind(shelf, code, label="Kệ"):
    return SourceKind(
        code=code,
        label=label,
        icon="folder",
        keys=shelf.keys,
        read=shelf.read,
        address=lambda key, page: f"/ke/{key}/?trang={page}",
        verbs=(VERB,),
        is_content=True,
        is_open_below=True,
    )
