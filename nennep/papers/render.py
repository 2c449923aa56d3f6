"""The one entry: a paper in the form somebody asked for, and the response that carries it."""

import re
from collections.abc import Callable
from typing import Literal, overload

from django.http import HttpResponse
from django.utils.safestring import SafeString

from nennep.core.text import fold
from nennep.papers.docx import docx
from nennep.papers.html import html
from nennep.papers.paper import Book, Paper
from nennep.papers.pdf import pdf

Form = Literal["docx", "pdf", "html"]
FileForm = Literal["docx", "pdf"]

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}


_NAMES = {"pdf": "PDF", "docx": "Word"}


def files_at(address: Callable[[str], str]) -> list[tuple[str, str]]:
    """What a paper's page offers to take away: the name of each form, and where it is."""
    return [(name, address(form)) for form, name in _NAMES.items()]


@overload
def render(paper: Paper | Book, form: FileForm) -> bytes: ...
@overload
def render(paper: Paper | Book, form: Literal["html"]) -> SafeString: ...
def render(paper: Paper | Book, form: Form) -> bytes | SafeString:
    """The paper in that form; any other form is a ValueError."""
    if form == "docx":
        return docx(paper)
    if form == "pdf":
        return pdf(paper)
    if form == "html":
        return html(paper)
    raise ValueError(f"papers are made as docx, pdf or html, not as {form}")


def content_type(form: str) -> str:
    return _TYPES[form]


def safe_stem(text: str) -> str:
    """Words joined by hyphens, without accents or anything a file system may refuse."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:80].strip("-")


def file_name(paper: Paper | Book, form: str) -> str:
    """`bien-ban-chi-bo-thon-noi-2024-06-04.docx`, or the stem the paper was given."""
    issuer = paper.masthead.issuing_body if paper.masthead else ""
    kind = paper.title if isinstance(paper, Book) else paper.kind_title or "cong-van"
    told = paper.file_stem or f"{kind} {issuer} {paper.day or ''}"
    return f"{safe_stem(told) or 'van-ban'}.{form}"


def respond_bytes(content: bytes, stem: str, form: str, *, is_inline: bool = False) -> HttpResponse:
    """The file with its type and a safe name; nobody may guess another type or keep a copy."""
    response = HttpResponse(content, content_type=content_type(form))
    way = "inline" if is_inline else "attachment"
    name = f"{safe_stem(stem) or 'van-ban'}.{form}"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def respond(paper: Paper | Book, form: FileForm, *, is_inline: bool = False) -> HttpResponse:
    """The rendered paper as a download, or shown in the browser (`is_inline`)."""
    stem = file_name(paper, form).removesuffix(f".{form}")
    return respond_bytes(render(paper, form), stem, form, is_inline=is_inline)
