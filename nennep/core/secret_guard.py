"""No secret content: marks are looked for in every text and file before anything is kept.

Law 117/2025/QH15 forbids secret material on a machine in a network. A mark is MẬT, TỐI MẬT or
TUYỆT MẬT in capitals on a line of its own, in a file's name, or at the head of the first page.
"""

import re

from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal
from nennep.core.text import fold, nfc

MARK = r"(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)"
OWN_LINE = re.compile(rf"^[\s\W_]*{MARK}[\s\W_]*$", re.MULTILINE)
IN_NAME = re.compile(r"(?:^|[^a-z])(?:tuyet[\s_-]*mat|toi[\s_-]*mat|mat)(?=$|[^a-z])")
HARMLESS_IN_NAME = re.compile(r"(?:bao|bi|co|ra|vang|ve|be|de)[\s_-]+mat|mat[\s_-]+(?:tran|khau)")


def refuse_secret(*texts: str, file_name: str = "", is_declared_secret: bool = False) -> None:
    """Refuse texts with a mark of secrecy, a file named so, or what the person declares secret."""
    mark = (
        _mark_in(texts) or _mark_in_name(file_name) or (_("declared") if is_declared_secret else "")
    )
    if mark:
        raise Refusal(
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
        if found := OWN_LINE.search(nfc(text)):
            return found.group().strip()
    return ""


def _mark_in_name(name: str) -> str:
    if re.search(rf"(?:^|[^\w]|_){MARK}(?:$|[^\w]|_)", nfc(name)):
        return name
    folded = HARMLESS_IN_NAME.sub(" ", fold(name.replace(".", " ")))
    # Folded, "mặt", "mắt" and "mất" look like "mật": only names written without accents are judged.
    return name if name.isascii() and IN_NAME.search(folded) else ""
