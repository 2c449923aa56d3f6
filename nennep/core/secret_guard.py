"""No secret content: marks are looked for in every text and file before anything is kept.

Law 117/2025/QH15 forbids secret material on a machine in a network. A mark is MẬT, TỐI MẬT or
TUYỆT MẬT: in capitals on a line of its own, spaced out or behind “Độ mật:”, beside the head of the
first page, in a file's name, or what the person declares. The word in a sentence is none.
"""

import re

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.text import fold, nfc

MARK = r"(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)"
# On a line of its own: in capitals; two words in any case; a letter at a time; behind its label.
OWN_LINE = re.compile(rf"^[\s\W_]*{MARK}[\s\W_]*$", re.MULTILINE)
TWO_WORDS = re.compile(r"^[\s\W_]*(?:tuyệt|tối)\s+mật[\s\W_]*$", re.MULTILINE | re.IGNORECASE)
SPACED = re.compile(
    r"^[\s\W_]*(?:T\s+U\s+Y\s+Ệ\s+T\s+|T\s+Ố\s+I\s+)?M\s+Ậ\s+T[\s\W_]*$", re.MULTILINE
)
LABELLED = re.compile(
    r"^[\s\W_]*(?:dấu\s+)?(?:chỉ\s+)?(?:mức\s+)?độ\s+mật\s*[:\uff1a]\s*(?:tuyệt\s+|tối\s+)?mật[\s\W_]*$",
    re.MULTILINE | re.IGNORECASE,
)
ANYWHERE = (OWN_LINE, TWO_WORDS, SPACED, LABELLED)
# The head of a page is two columns, which come out as one line: the mark beside its neighbour.
HEAD_LINES = 20
BESIDE_HEAD = re.compile(
    rf"^\W*{MARK}(?:[ \t]{{2,}}|\t|\s+(?=ĐẢNG\s+CỘNG\s+SẢN|Số\s|\S[^,]*,\s*ngày\s))"
    rf"|(?:\s/\S+|-[^\W\d_]{{1,5}}/\S+|VIỆT\s+NAM|năm\s+\d{{4}}|\t|[ \t]{{2,}})\s*{MARK}\W*$"
)

# In names with accents the word itself; without accents “mat” may be mặt, mắt, mất as well.
NAME_WORDS = re.compile(r"[^\W_]+")
BEFORE = frozenset(
    [
        "bí",
        "bảo",
        "bật",
        "thân",
        "độ",
        "cơ",
        "ẩn",
        "dân",
        "không",
        "phi",
        "giải",
        "trăng",
        "gấu",
        "túi",
        "mía",
        "sữa",
    ]
)
AFTER = frozenset(
    [
        "ong",
        "khẩu",
        "độ",
        "vụ",
        "mã",
        "thám",
        "hiệu",
        "danh",
        "thiết",
        "nghị",
        "ngữ",
        "lệnh",
        "gấu",
        "mía",
        "hoa",
        "đường",
    ]
)
PLAIN_BEFORE = frozenset(
    [
        "bao",
        "bi",
        "co",
        "ra",
        "vang",
        "ve",
        "be",
        "de",
        "gap",
        "giap",
        "than",
        "khuon",
        "nuoc",
        "khong",
        "lam",
        "doi",
        "xep",
        "giai",
        "bat",
    ]
)
PLAIN_AFTER = frozenset(
    [
        "tran",
        "khau",
        "bang",
        "troi",
        "trang",
        "dat",
        "ong",
        "do",
        "ngoai",
        "hang",
        "phang",
        "mui",
        "tich",
        "khac",
    ]
)
OF_PAPERS = frozenset(
    ["van", "cong", "thu", "tai", "lieu", "ban", "bao", "cao", "cv", "bc", "dau", "an"]
)


def refuse_secret(*texts: str, file_name: str = "", is_declared_secret: bool = False) -> None:
    """Refuse texts with a mark of secrecy, a file named so, or what the person declares secret."""
    mark = _mark_in(texts) or _mark_in_name(file_name)
    if mark or is_declared_secret:
        raise refusal(mark or _("declared"))


def refuse_secret_file(pages: list[str], *, file_name: str) -> None:
    """The same of a file: the head of its first page is looked at as the two columns it is.

    The name is not repeated in the refusal: it may itself say what must not be told.
    """
    head = "\n".join((pages[0] if pages else "").split("\n")[:HEAD_LINES])
    beside = next((f for line in nfc(head).split("\n") if (f := BESIDE_HEAD.search(line))), None)
    mark = _mark_in(tuple(pages)) or (_word_of(beside.group()) if beside else "")
    if not mark and _mark_in_name(file_name):
        mark = _("in the name of the file")
    if mark:
        raise refusal(mark)


def refusal(mark: str) -> Refusal:
    return Refusal(
        _(
            "This carries a mark of state secrecy (%(mark)s). Secret content may not be kept"
            " here, and nothing of it was. Write it in the paper book; mark the item “written"
            " in the paper book” to keep a neutral title and the vote only."
        )
        % {"mark": mark},
        code="secret",
    )


def _mark_in(texts: tuple[str, ...]) -> str:
    for text in texts:
        plain = nfc(text)
        for pattern in ANYWHERE:
            if found := pattern.search(plain):
                return found.group().strip()
    return ""


def _word_of(found: str) -> str:
    word = re.search(MARK, found)
    return word.group() if word else found.strip()


def _mark_in_name(name: str) -> str:
    plain = nfc(name)
    if re.search(rf"(?:^|[^\w]|_){MARK}(?:$|[^\w]|_)", plain):
        return name
    stem = plain.rpartition(".")[0] or plain
    words = [word.lower() for word in NAME_WORDS.findall(stem)]
    judged = _is_plain_mark([fold(w) for w in words]) if name.isascii() else _is_mark(words)
    return name if judged else ""


def _is_mark(words: list[str]) -> bool:
    """“mật” as a word of its own; “bảo mật”, “mật khẩu” are other words."""
    padded = ["", *words, ""]
    return any(
        word == "mật" and before not in BEFORE and after not in AFTER
        for before, word, after in zip(padded, padded[1:], padded[2:], strict=False)
    )


def _is_plain_mark(words: list[str]) -> bool:
    """Without accents: behind “tuyet” or “toi”, behind a word for a paper, alone, or at the end."""
    padded = ["", *words, ""]
    for before, word, after in zip(padded, padded[1:], padded[2:], strict=False):
        if word == "mat" and after not in PLAIN_AFTER and before not in PLAIN_BEFORE:
            stands_out = not after or (not before and after.isdigit())
            if before in {"tuyet", "toi"} or before in OF_PAPERS or stands_out:
                return True
    return False
