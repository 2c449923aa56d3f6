import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core.documents import READABLE, TextLine, read_document
from nennep.core.output import open_named_file
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import vn_number
from nennep.library.actions import index_collection, rebuild
from nennep.library.models import Piece
from nennep.library.rules.sources import Source

DEFAULT = "tai-lieu"
FIRST_LINES = 10  # where a mark of secrecy stands


class Command(BaseCommand):
    help = "Lập chỉ mục để tìm kiếm: một tệp JSONL, một thư mục, hoặc lập lại mọi nội dung."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "place", metavar="DIR|FILE.jsonl", type=Path, nargs="?", help="tệp hoặc thư mục"
        )
        parser.add_argument("--collection", metavar="NAME", default=DEFAULT, help="tên bộ tài liệu")
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="lập lại chỉ mục của mọi nội dung; trong lúc đó vẫn tìm được như cũ",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        place: Path | None = options["place"]
        if options["rebuild"] == (place is not None):
            raise Refusal("Ghi một tệp hoặc thư mục, hoặc chỉ --rebuild.", code="what_to_index")
        if place is None:
            built = rebuild(by=system_person(), report=_say_progress)
            records = Piece.objects.filter(collection=built, number=0).count()
            _say_done("mọi nội dung", records, Piece.objects.filter(collection=built).count())
            return
        if place.is_dir():
            sources = list(_sources_in(place))
        elif place.is_file():
            sources = list(_sources_of(place))
        else:
            raise Refusal(f"Không có tệp hoặc thư mục “{place}”.", code="no_such_place")
        built = index_collection(
            options["collection"], sources, by=system_person(), report=_say_progress
        )
        _say_done(f"bộ “{built.name}”", len(sources), built.pieces)


def _say_done(what: str, records: int, pieces: int) -> None:
    sys.stderr.write(
        f"Đã lập chỉ mục {what}: {vn_number(records)} tài liệu, {vn_number(pieces)} đoạn.\n"
    )


def _say_progress(done: int, total: int) -> None:
    if done == total or done % 1000 == 0:
        sys.stderr.write(f"  {vn_number(done)}/{vn_number(total)}\n")


def _sources_of(path: Path) -> Iterator[Source]:
    """A line of JSON each: {"id", "title", "text"}; an id stands once."""
    seen: set[str] = set()
    for where, row in rows_of(path):
        key = str(row.get("id", row.get("_id")) or "")
        if not key:
            raise Refusal(f"{where}: thiếu “id”.", code="no_id")
        if key in seen:
            raise Refusal(f"{where}: trùng id “{key}”.", code="id_twice")
        seen.add(key)
        title, text = str(row.get("title") or ""), str(row.get("text") or "")
        yield Source(key, title, [TextLine(part) for part in text.split("\n")])


def rows_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line that says something, and where it stands; refused where one is no object."""
    with open_named_file(path) as lines:
        for number, line in enumerate(lines, start=1):
            where = f"{path.name}, dòng {number}"
            if line.strip():
                yield where, _row(line, where)


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{where}: không phải JSON đúng mẫu, mã UTF-8.", code="bad_line") from error
    if not isinstance(row, dict):
        raise Refusal(f"{where}: không phải JSON đúng mẫu {{…}}.", code="bad_line")
    return row


def _sources_in(folder: Path) -> Iterator[Source]:
    """Each readable file, named by its path in the folder; links that lead out are not followed."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in READABLE or not path.resolve().is_relative_to(root):
            continue
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        lines = _read(path, name)
        if lines is not None:
            title = next((line.text for line in lines if line.text), path.stem)
            yield Source(name, title, lines)


def _read(path: Path, name: str) -> list[TextLine] | None:
    """One file that cannot be read does not stop the others; it is named, with its folder."""
    try:
        lines = read_document(path.read_bytes(), name=path.name)
        head = "\n".join(line.text for line in lines[:FIRST_LINES])
        refuse_secret(head, file_name=path.name)
    except Refusal as refusal:
        sys.stderr.write(f"Bỏ qua {name}: {refusal.message}\n")
        return None
    return lines
