"""Which unanswered questions are kept for the editors: none that may be about somebody."""

import re

from nennep.core.text import tidy

LONGEST = 120
# Numbers of cards, telephones and accounts; addresses of mail.
PERSONAL = re.compile(r"\d[\d .\-]{5,}\d|@")
# “Nguyễn Văn An”: two or more capitalised words in a row after the first letter of the question.
NAME = re.compile(r"(?:\b[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\b")
FAMILY = re.compile(
    r"\b(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đinh|trịnh|mai)"
    r"\s+(?:văn|thị|đức|hữu|xuân|ngọc|minh|thanh|quang|đình|công|bá|thế)\b|"
    r"\b(?:nguyen|tran|pham|hoang|huynh|phan|dang|bui|duong|trinh) (?:van|thi)\b",
    re.IGNORECASE,
)


def kept_words(text: str) -> str:
    """The question as it is kept, lower case; "" where it may be about a person or is too long."""
    text = tidy(text)
    if not text or len(text) > LONGEST or PERSONAL.search(text):
        return ""
    if NAME.search(text) or FAMILY.search(text):
        return ""
    return text.lower()
