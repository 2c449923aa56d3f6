"""The tree of organisations on a day, with the strength of each."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core import clock
from nennep.core.periods import parse_day
from nennep.core.text import vn_number
from nennep.members.queries import sums_on
from nennep.organisation.choices import UnitKind
from nennep.organisation.queries import PlacedUnit, unit_by_code, units_on
from nennep.organisation.rules import dotted_national_code

NAME_WIDTH = 60
KIND_WIDTH = 36


class Command(BaseCommand):
    help = "Liệt kê các tổ chức đảng và đảng số của từng tổ chức trong một ngày."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--under", metavar="CODE", help="tổ chức này và các tổ chức bên dưới")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="ngày (mặc định: hôm nay)")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = parse_day(options["on"]) if options["on"] else clock.today()
        under = unit_by_code(options["under"]) if options["under"] else None
        placed = units_on(day, under)
        strength = sums_on(((unit.id, unit.path) for unit in placed), day)
        if options["json"]:
            rows = [_row(unit, strength[unit.id]) for unit in placed]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        top = placed[0].depth if placed else 0
        for unit in placed:
            self.stdout.write(_line(unit, strength[unit.id], unit.depth - top))


def _row(unit: PlacedUnit, members: int) -> dict[str, Any]:
    return {
        "code": unit.code,
        "national_code": dotted_national_code(unit.national_code) or None,
        "name": unit.name,
        "kind": unit.kind,
        "block": unit.block or None,
        "parent": unit.parent_code or None,
        "members": members,
    }


def _line(unit: PlacedUnit, members: int, depth: int) -> str:
    name = "  " * depth + unit.name
    kind = str(UnitKind(unit.kind).label)
    return f"{unit.code:<16}{name:<{NAME_WIDTH}}{kind:<{KIND_WIDTH}}{vn_number(members):>9}"
