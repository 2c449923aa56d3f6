"""The handbook at the terminal: entries from a file, the shipped ones anew, the whole as a book."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.core.output import write_file
from nennep.core.refusal import Refusal
from nennep.core.text import vn_number
from nennep.library.actions import load_handbook
from nennep.library.actions.handbook_importing import import_entries
from nennep.library.queries.handbook_book import handbook_book
from nennep.library.queries.handbook_import import Preview, ReadEntry, content_of, preview
from nennep.papers.render import FileForm, render

FORMS: dict[str, FileForm] = {".pdf": "pdf", ".docx": "docx"}


class Command(BaseCommand):
    help = "Cẩm nang: nhập mục từ tệp, nạp lại các mục kèm theo phần mềm, in thành sách"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        take = verbs.add_parser("import", help="xem trước, hoặc nhập, các mục của một tệp")
        take.add_argument("file", type=Path, metavar="TỆP", help="tệp .toml hoặc .xlsx")
        take.add_argument("--apply", action="store_true", help="nhập thật; các mục chờ công bố")
        take.add_argument("--json", action="store_true", help="in ra JSON")
        update = verbs.add_parser(
            "update", help="nạp các mục mới kèm theo phần mềm, giữ nguyên mục đã sửa"
        )
        update.add_argument("--json", action="store_true", help="in ra JSON")
        book = verbs.add_parser("book", help="cả cẩm nang thành sách")
        book.add_argument(
            "--out", type=Path, required=True, metavar="TỆP", help="tệp .pdf hoặc .docx"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        {"import": self._import, "update": self._update, "book": self._book}[options["verb"]](
            options
        )

    def _import(self, options: dict[str, Any]) -> None:
        path, is_applied = options["file"], options["apply"]
        content = content_of(path)
        found = (
            import_entries(path.name, content, by=system_person())
            if is_applied
            else preview(path.name, content)
        )
        if options["json"]:
            self._say_json(_as_json(found, is_applied=is_applied))
        else:
            self.stdout.write("\n".join(_told(found, is_applied=is_applied)))
        if found.wrong:
            sys.exit(1)

    def _update(self, options: dict[str, Any]) -> None:
        loaded = load_handbook(by=system_person())
        counts = {"added": loaded.added, "updated": loaded.updated, "kept": loaded.kept}
        if options["json"]:
            self._say_json(counts)
            return
        self.stdout.write(
            f"Thêm {vn_number(loaded.added)} mục, cập nhật {vn_number(loaded.updated)}, "
            f"để bên cạnh {vn_number(loaded.kept)} mục mà văn phòng đã sửa."
        )

    def _book(self, options: dict[str, Any]) -> None:
        out = options["out"]
        form = FORMS.get(out.suffix.lower())
        if form is None:
            raise Refusal(
                f"Tệp phải có đuôi .pdf hoặc .docx, không phải “{out.suffix}”.", code="bad_form"
            )
        write_file(out, render(handbook_book(clock.today()), form))
        self.stdout.write(f"Đã in cẩm nang: {out}")

    def _say_json(self, value: object) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))


def _as_json(found: Preview, *, is_applied: bool) -> dict[str, Any]:
    return {
        "applied": is_applied,
        "new": _rows(found.new),
        "changed": _rows(found.changed),
        "same": len(found.same),
        "wrong": [{**_row(each), "problem": each.problem} for each in found.wrong],
    }


def _rows(entries: Sequence[ReadEntry]) -> list[dict[str, Any]]:
    return [_row(each) for each in entries]


def _row(each: ReadEntry) -> dict[str, Any]:
    return {"line": each.line, "code": each.code, "question": each.text.question}


def _told(found: Preview, *, is_applied: bool) -> list[str]:
    head = "Đã nhập, chờ công bố" if is_applied else "Xem trước, chưa nhập gì"
    counts = (
        f"{vn_number(len(found.new))} mục mới, {vn_number(len(found.changed))} mục đổi, "
        f"{vn_number(len(found.same))} mục như cũ, {vn_number(len(found.wrong))} mục có lỗi."
    )
    lines = [f"{head}: {counts}"]
    lines += [f"  + {each.text.question}" for each in found.new]
    lines += [f"  * {each.text.question}" for each in found.changed]
    lines += [f"  ! dòng {vn_number(each.line)}: {each.problem}" for each in found.wrong]
    if not is_applied and (found.new or found.changed):
        lines.append("Thêm --apply để nhập.")
    return lines
