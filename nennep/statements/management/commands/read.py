import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.progress import Progress
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date, vn_number
from nennep.statements.queries.files import read_file, told
from nennep.statements.rules.figures import ReadFigure
from nennep.statements.rules.reading import Report

DIGITS = 2
SHORT = 30_000  # bytes that are read before anybody wonders


class Command(BaseCommand):
    help = (
        "Đọc số liệu nêu trong một báo cáo, bản tin (TXT, DOCX, PDF, HTML), kèm câu làm bằng chứng."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp cần đọc")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise Refusal(f"Không có tệp “{path}”.", code="no_such_file")
        content = path.read_bytes()
        progress = Progress(1) if len(content) > SHORT else None
        tell = progress.begin("đọc báo cáo") if progress else None
        report = read_file(content, name=path.name, tell=tell)
        if progress:
            progress.end("Đã đọc xong.")
        if options["json"]:
            self.stdout.write(json.dumps(told(report), ensure_ascii=False, indent=1))
            return
        for line in _lines(report):
            self.stdout.write(line)


def _lines(report: Report) -> list[str]:
    event = report.event
    unit = report.unit.name if report.unit else "chưa rõ tổ chức"
    held = f"{event.kind}, {vn_date(event.day) or 'chưa rõ ngày'}" if event else "chưa rõ sự kiện"
    lines = [
        f"{unit}: {held}",
        *(f"  {s.symbol} ({s.issuer or 'chưa rõ nơi ban hành'})" for s in report.schemes),
    ]
    for figure in report.figures:
        lines += [
            f"{figure.indicator}: {_value(figure)} ({figure.of})",
            f"  «{figure.sentence_span.of(report.text)}»",
        ]
    if report.unplaced:
        rest = ", ".join(span.of(report.text).strip() for span in report.unplaced)
        lines.append(f"Số chưa xếp được vào chỉ tiêu nào: {rest}")
    return lines


def _value(figure: ReadFigure) -> str:
    if figure.value is None:
        return {"up": "tăng", "down": "giảm"}[figure.trend or "up"]
    digits = 0 if isinstance(figure.value, int) else DIGITS
    bound = "" if figure.bound == "=" else f"{figure.bound} "
    return f"{bound}{vn_number(figure.value, digits)} {figure.measure}"
