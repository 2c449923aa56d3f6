from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from typing import Any

from nennep.imports.choices import Kind
from nennep.imports.management.terminal import TableCommand
from nennep.imports.rules import Answers


class Command(TableCommand):
    help = "Nhập đảng viên từ bảng tính: xem thử, hoặc ghi vào sổ với --apply"
    kind = Kind.MEMBERS

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--since", type=date.fromisoformat, metavar="YYYY-MM-DD",
            help="ngày đầu trên sổ khi tệp không ghi",
        )  # fmt: skip
        parser.add_argument(
            "--official", action="store_true", help="ai không ghi dự bị thì là chính thức"
        )

    def answers(self, options: dict[str, Any]) -> Answers:
        said = super().answers(options)
        return replace(said, since=options["since"], all_official=options["official"])
