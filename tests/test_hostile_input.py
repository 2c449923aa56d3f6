"""G13: what people type is text, on every page and in every file, and nothing but what is asked is taken.

Generated from the addresses, as the permission matrix is. Every form of every page is sent with
scripts, markup, SQL, a formula and marks of direction in each field of text, then with NUL bytes, then
with fields beside those it has. And with the same corpus in every text that is stored, every page is
opened and every file unpacked.
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest import mock
from uuid import UUID
from xml.parsers import expat

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse, reverse_lazy

from nennep.accounts.choices import Role
from tests.pages import Field, Form, forms_of
from tests.samples import Address, addresses
from tests.world import TODAY, Someone, World

ADDRESSES = [address for address in addresses() if not address.name.startswith("admin:")]
LONG = "=1+1 <script>mark()</script><b onload=mark()>\"'--; DROP TABLE mark; \u202e{{ 7|add:7 }}"
SHORT = "=<b>mark\"'"
RAW = ("<script>mark", "<b onload=mark", "<b>mark", "mark\"'", "\"'--; DROP")
NUL = "a\x00b"
FILE_OF_THE_WORLD = b"PK"  # kept as it is; nobody typed anything into it
BROKEN = range(500, 600)
REFUSED = {403, 404}
# Who opens a page: the first of them who may.
OPENED_BY = (
    (Role.SECRETARY, ""), (Role.ORGANISATION_OFFICER, "CITY"), (Role.ADMINISTRATOR, "CITY"),
    (Role.OFFICER, "CITY"),
)  # fmt: skip
PLACES = ("OWN-1", "OWN", "CITY")
# Tables and columns that hold no words of people: keys, digests, what the program chose itself.
NO_TABLES = {"auth", "contenttypes", "django_tasks_database", "indicators"}
NO_WORDS = re.compile(
    r"(^|_)(code|key|kind|path|sha256|digest|previous|mark|data|password|username|hash|verb|type"
    r"|sealed|number|symbol|block|id|fingerprint|step|column|threshold|indicator|measure|of|period"
    r"|structure|from|series|size|why|event|set)$"
)
NO_WORDS_HERE = {"library.EntryPlace.place", "library.Piece.verb"}
# As a person who reads the pages of a form's source might add them.
EXTRA = {
    "id": "1", "pk": "1", "public_id": "0" * 32, "unit": "{far}", "unit_id": "{far}", "cell": "{far}",
    "parent": "{far}", "path": "0001.", "code": "MARK", "is_staff": "on", "is_superuser": "on",
    "is_active": "on", "role": "administrator", "user": "1", "user_id": "1", "by": "1", "owner": "1",
    "kept_by": "1", "closed_at": "2024-06-01", "taken_at": "2024-06-01", "agreed_at": "2024-06-01",
    "official_class": "good", "mark": "C", "is_figures_only": "on", "reads_content": "on",
    "valid_from": "2000-01-01", "valid_to": "2099-01-01", "ended_at": "2024-06-01",
    "full_name": "Mark", "sort_key": "mark", "sha256": "0" * 64, "counts": "{}", "undo": "mark",
}  # fmt: skip
Button = tuple[str, str] | None
SIGNS_OUT = {reverse_lazy("accounts:sign-out")}
SENT_AT_LEAST, WRITTEN_AT_LEAST, TEXTS_AT_LEAST = 160, 90, 55

# What pages are asked with in an address where they expect a year, a month, a page or a record.
YEAR = ["nam"]
ASKED_WITH = [
    "nam", "thang", "quy", "trang", "page", "tu", "den", "ngay", "cho", "ma", "loai", "unit", "member",
]  # fmt: skip
NO_NUMBER, VAST = "\u00b2", "9" * 5_000  # a digit to some, a number to none
ASKED_AT_LEAST = 200


def hostile(one: Field) -> str:
    if one.kind == "password":
        return "Mat-khau-that-dai-12"
    return (LONG if one.most >= len(LONG) else SHORT)[: one.most]


class HostileInput(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with mock.patch.dict(os.environ, NENNEP_TODAY=TODAY.isoformat()):
            cls.world = World()
            cls.people = [cls._someone(role, home) for role, home in OPENED_BY]

    @classmethod
    def _someone(cls, role: str, home: str) -> Someone:
        reads = role in {Role.ORGANISATION_OFFICER, Role.OFFICER}
        return cls.world.someone(role, home=home, reads_content=reads)

    def setUp(self) -> None:
        self.found: list[Any] = []
        self.sent: set[tuple[str, ...]] = set()

    def test_what_is_typed_is_text_and_fields_nobody_asked_for_change_nothing(self) -> None:
        sent = written = 0
        for address in ADDRESSES:
            for client, url, page in self._opened(address):
                for form in forms_of(page.content.decode()) if is_html(page) else ():
                    where = form.action or url
                    if form.method != "post" or where in SIGNS_OUT:
                        continue
                    for button in form.buttons or [None]:
                        if self._is_new(form, where, button):
                            sent += 1
                            written += self._send(client, where, form, button)
        assert self.found == []
        assert sent >= SENT_AT_LEAST, sent
        assert written >= WRITTEN_AT_LEAST, written

    def test_what_is_stored_is_text_on_every_page_and_in_every_file(self) -> None:
        spoilt = spoil_texts()
        for address in ADDRESSES:
            for _opened in self._opened(address, everywhere=True):
                pass  # each is looked at as it is opened
        assert self.found == []
        assert spoilt >= TEXTS_AT_LEAST, spoilt

    def test_an_address_asked_with_no_number_or_a_vast_one_is_a_page_or_none(self) -> None:
        asked = 0
        for address in ADDRESSES:
            for client, url, _page in self._opened(address):
                for names, value in ((YEAR, NO_NUMBER), (ASKED_WITH, VAST)):
                    page = undone(client, url, dict.fromkeys(names, value))
                    self._look_at(page, f"{url} asked with {value[:20]}")
                asked += 1
        assert self.found == []
        assert asked >= ASKED_AT_LEAST, asked

    def _is_new(self, form: Form, where: str, button: Button) -> bool:
        """One form may stand on many pages, as the switch of language does; it is sent once."""
        mark = (where, *(button or ()), *(one.name for one in form.fields))
        is_new = mark not in self.sent
        self.sent.add(mark)
        return is_new

    def _opened(
        self, address: Address, *, everywhere: bool = False
    ) -> Iterator[tuple[Client, str, HttpResponse]]:
        """The page as the first person who may open it; `everywhere`: at each kind of place."""
        for code in PLACES:
            record = address.sample.record(self.world.places[code])
            if record is None and address.sample.of:
                continue
            url = reverse(address.name, kwargs=address.arguments(record))
            for someone in self.people:
                client = someone.client()
                client.raise_request_exception = False
                page = undone(client, url, address.sample.query)
                if page.status_code not in REFUSED:
                    self._look_at(page, url)
                    yield client, url, page
                    break
            if not address.parameters or not everywhere:
                return

    def _send(self, client: Client, url: str, form: Form, button: Button) -> bool:
        """Whether anything was written; the same with and without what was not asked for."""
        fields = form.filled(hostile, button)
        plain, answer = written_by(client, url, fields)
        self._look_at(answer, url)
        far = str(self.world.unit("FAR-1").pk)
        more = {name: value.replace("{far}", far) for name, value in EXTRA.items()}
        also, _answer = written_by(client, url, more | fields)
        # PostgreSQL takes back no number it gave: there the same lines have other ids each time.
        if also != plain and connection.vendor == "sqlite":
            self.found.append((url, "taken beside", [line for line in also if line not in plain]))
        if any(one.takes_text for one in form.fields):
            self._look_at(
                written_by(client, url, form.filled(lambda one: NUL, button))[1], f"{url} NUL"
            )
        forged: dict[str, Any] = dict.fromkeys(fields, NUL)
        for pressed in (dict([button]), {}) if button else ({},):
            self._look_at(written_by(client, url, forged | pressed)[1], f"{url} forged")
        return bool(plain)

    def _look_at(self, page: HttpResponse, url: str) -> None:
        self.found += [(url, *problem) for problem in problems_of(page)]


def undone(client: Client, url: str, query: dict[str, str]) -> HttpResponse:
    with transaction.atomic():
        answer = client.get(url, query)
        transaction.set_rollback(True)
    return answer


def written_by(client: Client, url: str, fields: dict[str, Any]) -> tuple[list[Any], HttpResponse]:
    """What a request wrote, apart from moments and what is drawn by chance, and the page behind it."""
    lines: list[Any] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "session" not in sql:
            lines.append((sql, [settled(value) for value in params or ()]))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(listen):
            answer = client.post(url, fields)
        if answer.status_code in {302, 303} and answer["Location"].startswith("/"):
            answer = client.get(answer["Location"])
        transaction.set_rollback(True)
    return lines, answer


def settled(value: Any) -> Any:
    """The value, or the kind of it where it is another one each time."""
    if isinstance(value, UUID | datetime | bytes | memoryview):
        return type(value).__name__
    text = str(value)
    if re.fullmatch(r"(pass-)?[0-9a-f]{16,32}|[\w!+/=$,.-]{40,}", text) or re.match(
        r"\d{4}-\d\d-\d\d \d", text
    ):
        return "drawn"
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d:\d\d[.\d]*", "…", text)


def is_html(page: HttpResponse) -> bool:
    return not page.streaming and page.headers.get("Content-Type", "").startswith("text/html")


def problems_of(page: HttpResponse) -> Iterator[tuple[Any, ...]]:
    """No page runs what was typed, no workbook works it out, no document is torn by it."""
    if page.status_code in BROKEN:
        yield page.status_code, repr(getattr(page, "exc_info", ("",) * 2)[1])[:300]
        return
    content = b"".join(page.streaming_content) if page.streaming else page.content
    kind = page.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        html = content.decode()
        for raw in RAW:
            if (at := html.find(raw)) >= 0:
                yield raw, html[max(0, at - 200) : at + 80]
    elif content == FILE_OF_THE_WORLD:
        return
    elif "openxmlformats" in kind and not zipfile.is_zipfile(io.BytesIO(content)):
        yield kind, content[:80]
    elif "openxmlformats" in kind:
        yield from problems_in(content)


def problems_in(package: bytes) -> Iterator[tuple[Any, ...]]:
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                part = parts.read(name)
                if b"<f>" in part:
                    yield name, "works out a formula"
                try:
                    expat.ParserCreate().Parse(part, True)
                except expat.ExpatError as error:
                    yield name, str(error)


def spoil_texts() -> int:
    """The corpus in every text of every row; returns how many columns hold it now."""
    count = 0
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if not holds_words(model, column):
                continue
            longest = column.max_length or 10_000
            text = LONG if longest >= len(LONG) else SHORT[:longest]
            try:
                with transaction.atomic():
                    count += bool(
                        model._base_manager.exclude(**{column.name: ""}).update(
                            **{column.name: text}
                        )
                    )
            except DatabaseError:  # the database itself refuses: append-only, or one of a kind
                continue
    return count


def holds_words(model: type[models.Model], column: models.Field[Any, Any]) -> bool:
    if type(column) not in {models.CharField, models.TextField} or column.choices or column.unique:
        return False
    place = f"{model._meta.app_label}.{model.__name__}.{column.name}"
    is_none = model._meta.app_label in NO_TABLES or place in NO_WORDS_HERE
    return not is_none and NO_WORDS.search(column.name) is None
