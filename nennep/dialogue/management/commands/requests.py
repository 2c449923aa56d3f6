import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.text import vn_date
from nennep.dialogue.queries.contract import proposals_json
from nennep.dialogue.queries.proposals import own_rows
from nennep.organisation.queries import unit_by_code


class Command(BaseCommand):
    help = "Kiến nghị, đề xuất của một tổ chức đảng và gửi đến tổ chức đó: đang ở cấp nào, hạn trả lời, đã trả lời."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit = unit_by_code(options["code"])
        if options["json"]:
            self.stdout.write(json.dumps(proposals_json(unit), ensure_ascii=False, indent=1))
            return
        rows = own_rows(unit)
        for row in rows:
            self.stdout.write(
                f"{vn_date(row.asked_on)} {row.unit.name} → {row.held.unit.name}: {row.subject}"
                f" ({row.state.label})"
            )
        if not rows:
            self.stdout.write("Chưa có kiến nghị, đề xuất nào.")
