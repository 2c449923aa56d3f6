"""The ledger of a unit for a month: which meetings were expected, and what became of each."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.periods import parse_month
from nennep.core.text import vn_date, vn_number
from nennep.meetings.choices import LedgerKind, Outcome
from nennep.meetings.queries.ledger import Ledger, LedgerRow, ledger
from nennep.organisation.queries import unit_by_code

COUNTED = (
    Outcome.HELD, Outcome.LATE, Outcome.EXCUSED, Outcome.WAITING, Outcome.SILENT, Outcome.PENDING,
)  # fmt: skip


class Command(BaseCommand):
    help = "Sổ theo dõi sinh hoạt của một tổ chức trong một tháng"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="tháng")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = ledger(unit_by_code(options["code"]), parse_month(options["month"]))
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False))
            return
        for row in found.rows:
            self.stdout.write(_line(row))
        counts = found.counts
        shown = [f"{outcome.label}: {vn_number(counts[outcome])}" for outcome in COUNTED]
        self.stdout.write(" · ".join(shown))


def _as_json(found: Ledger) -> dict[str, object]:
    counts = found.counts
    return {
        "unit": found.unit_code,
        "month": f"{found.month:%Y-%m}",
        "expected": found.expected,
        **{outcome.value: counts[outcome] for outcome in COUNTED},
        "rows": [
            {
                "cell": row.cell_code,
                "meeting_kind": row.kind.value,
                "outcome": row.outcome.value,
                "held_on": row.held_on.isoformat() if row.held_on else None,
                "meeting": str(row.meeting) if row.meeting else None,
            }
            for row in found.rows
        ],
    }


def _line(row: LedgerRow) -> str:
    kind, outcome = LedgerKind(row.kind).label, Outcome(row.outcome).label
    return f"{row.cell_code:<20} {kind:<24} {outcome:<28} {vn_date(row.held_on)}"
