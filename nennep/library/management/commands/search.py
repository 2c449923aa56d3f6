import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.output import write_file
from nennep.core.refusal import Refusal
from nennep.core.text import vn_number
from nennep.library.management.commands.index import DEFAULT, rows_of
from nennep.library.models import Collection
from nennep.library.queries.search import Found, current_collection, ranked_sources, search


class Command(BaseCommand):
    help = "Tìm trong một bộ tài liệu đã lập chỉ mục; có dấu hay không dấu đều được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question", nargs="?", metavar="CÂU HỎI", help="điều cần tìm")
        parser.add_argument("--collection", metavar="NAME", default=DEFAULT, help="tên bộ tài liệu")
        parser.add_argument("--limit", type=int, default=10, help="số kết quả (mặc định 10)")
        parser.add_argument("--json", action="store_true", help="in ra JSON")
        parser.add_argument(
            "--batch", type=Path, metavar="QUERIES.jsonl", help="nhiều câu một lượt"
        )
        parser.add_argument(
            "--out", type=Path, metavar="RUN.jsonl", help="nơi ghi kết quả của --batch"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise Refusal("--limit phải từ 1 trở lên.", code="bad_limit")
        collection = current_collection(options["collection"])
        if options["batch"]:
            _run_batch(collection, options["batch"], options["out"], options["limit"])
            return
        if not options["question"]:
            raise Refusal("Hãy ghi điều cần tìm, hoặc --batch TỆP.", code="no_question")
        found = search(collection, options["question"], limit=options["limit"]).found
        if options["json"]:
            rows = [_row(each) for each in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for place, each in enumerate(found, start=1):
            self.stdout.write(_told(place, each))
        if not found:
            sys.stderr.write("Không tìm thấy đoạn nào. Hãy dùng ít từ hơn.\n")


def _row(found: Found) -> dict[str, Any]:
    piece = found.piece
    return {
        "id": piece.source,
        "title": piece.title,
        "page": piece.page,
        "score": round(found.score, 4),
        "snippet": found.passage.text,
    }


def _told(place: int, found: Found) -> str:
    piece = found.piece
    page = f", trang {piece.page}" if piece.page else ""
    where = "; ".join(part for part in (piece.path, piece.heading) if part)
    head = f"{vn_number(place)}. {piece.title or piece.source}{page}"
    return "\n".join(
        line for line in (head, f"   {where}" if where else "", f"   {found.passage.text}") if line
    )


def _run_batch(collection: Collection, path: Path, out: Path | None, limit: int) -> None:
    if out is None:
        raise Refusal("Ghi rõ nơi lưu kết quả: --out RUN.jsonl.", code="no_out")
    lines = [
        json.dumps(
            {"id": key, "ranked": ranked_sources(collection, text, limit=limit)}, ensure_ascii=False
        )
        for key, text in _questions(path)
    ]
    write_file(out, ("\n".join(lines) + "\n").encode())
    sys.stderr.write(f"Đã tìm {vn_number(len(lines))} câu: {out}\n")


def _questions(path: Path) -> Iterator[tuple[str, str]]:
    for where, row in rows_of(path):
        key, text = row.get("id"), row.get("query")
        if not isinstance(key, str | int) or not isinstance(text, str):
            raise Refusal(f'{where}: cần {{"id", "query"}}.', code="bad_line")
        yield str(key), text
