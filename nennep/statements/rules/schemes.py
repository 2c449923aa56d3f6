"""The schemes that a report names: symbol, kind, issuer, day."""

import re
from dataclasses import dataclass, replace
from datetime import date

from nennep.statements.rules.dates import days
from nennep.statements.rules.plain import CAPITAL, plain
from nennep.statements.rules.spans import Span

SYMBOL = re.compile(
    r"(?<![\w/])(?P<number>\d{1,4})\s*-\s*(?P<kind>[A-ZĐ][A-Za-zĐđ]{0,3})\s*/\s*(?P<body>[A-ZĐ]{1,8})"
)
KINDS = {
    "ĐA": "đề án", "NQ": "nghị quyết", "CT": "chỉ thị", "KH": "kế hoạch", "CTR": "chương trình",
    "KL": "kết luận", "HD": "hướng dẫn", "QĐ": "quy định", "QC": "quy chế", "TB": "thông báo",
}  # fmt: skip
# “của Ban Thường vụ Thành ủy Hà Nội”, up to what ends a name.
ISSUER = re.compile(
    r"(?:,?\s+ngay\s+[\d/-]+,?)?\s+cua\s+(?P<issuer>(?:ban thuong vu|ban chap hanh|bo chinh tri|ban bi thu"
    r"|ban to chuc|thuong truc|ban)?\s*(?:(?:thanh|tinh|huyen|quan|thi|dang)\s+uy"
    r"|trung uong)?(?:\s+trung uong)?)"
)
NAME = re.compile(rf"(?:\s+[{CAPITAL}][\wÀ-ỹ]*)+")
AFTER_ISSUER = 60


@dataclass(frozen=True)
class Scheme:
    symbol: str
    kind: str
    issuer: str | None
    day: date | None
    span: Span


def schemes(text: str) -> list[Scheme]:
    """Each scheme once, where it is first named, with what any mention says of it.

    A report's own symbol, a letter's or a record's is none: nothing is carried out by them.
    """
    folded, found = plain(text), dict[str, Scheme]()
    for match in SYMBOL.finditer(text):
        if match["kind"].upper() not in KINDS:
            continue
        scheme = _scheme(text, folded, match)
        known = found.get(scheme.symbol)
        if known is None:
            found[scheme.symbol] = scheme
            continue
        issuer = max(known.issuer or "", scheme.issuer or "", key=len) or None
        found[scheme.symbol] = replace(known, issuer=issuer, day=known.day or scheme.day)
    return list(found.values())


def _scheme(text: str, folded: str, match: re.Match[str]) -> Scheme:
    number, kind, body = match["number"], match["kind"], match["body"]
    end = match.end()
    issuer = None
    if said := ISSUER.match(folded, end):
        issuer = text[said.start("issuer") : said.end("issuer")]
        if name := NAME.match(text, said.end("issuer")):
            issuer += name.group()
    return Scheme(
        symbol=f"{number}-{kind}/{body}",
        kind=KINDS[kind.upper()],
        issuer=" ".join(issuer.split()) if issuer and issuer.strip() else None,
        day=_day_after(folded, end),
        span=Span(match.start(), end),
    )


def _day_after(folded: str, end: int) -> date | None:
    """“11-ĐA/TU ngày 6-12-2021”, “11-ĐA/TU, ngày 06/12/2021”."""
    stretch = folded[end : end + AFTER_ISSUER]
    if not re.match(r",?\s+ngay\s", stretch):
        return None
    first = next(iter(days(stretch)), None)
    return first.on(first.year) if first is not None and first.year else None
