import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from nennep.core.periods import Period, parse_month
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date, vn_number, vn_percent
from nennep.indicators.choices import Structure
from nennep.indicators.queries.contract import sheet_json
from nennep.indicators.queries.figures import Figure, FigureSheet, figure_sheet
from nennep.indicators.queries.verifying import verify
from nennep.organisation.queries import unit_by_code


class Command(BaseCommand):
    help = "Chỉ tiêu của một tổ chức trong một khoảng tháng; “figures verify” tính lại tất cả từ sự kiện gốc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức, hoặc “verify”")
        parser.add_argument("--from", dest="first", metavar="YYYY-MM", help="tháng đầu")
        parser.add_argument("--to", dest="last", metavar="YYYY-MM", help="tháng cuối")
        parser.add_argument(
            "--structure",
            choices=Structure.values,
            default=Structure.THEN.value,
            help="theo cơ cấu tổ chức ngày ấy (then) hay hiện nay (now)",
        )
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["code"] == "verify":
            return self._verify()
        if not (options["first"] and options["last"]):
            raise Refusal(
                _("Name the first and the last month: --from 2021-12 --to 2024-06."),
                code="no_period",
            )
        period = Period(parse_month(options["first"]), parse_month(options["last"]))
        sheet = figure_sheet(unit_by_code(options["code"]), period, Structure(options["structure"]))
        if options["json"]:
            self.stdout.write(json.dumps(sheet_json(sheet), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_as_lines(sheet)))
        return None

    def _verify(self) -> None:
        verdict = verify(_report, workers=os.cpu_count() or 1)
        for difference in verdict.differences[:50]:
            self.stderr.write(difference)
        differences = vn_number(len(verdict.differences)) if verdict.differences else "không có"
        self.stdout.write(
            f"Đã tính lại: {vn_number(verdict.cell_months)} tháng của chi bộ, "
            f"{vn_number(verdict.unit_months)} tháng của đơn vị; {differences} chỗ khác."
        )
        if verdict.differences:
            sys.exit(1)


def _as_lines(sheet: FigureSheet) -> list[str]:
    head = f"{sheet.unit.name} – số liệu đến ngày {vn_date(sheet.as_of)}"
    return [head, *(_as_line(figure) for figure in sheet.figures)]


def _as_line(figure: Figure) -> str:
    name = _(figure.indicator.name)
    if figure.denominator is None:
        return f"{figure.indicator.code:28} {vn_number(figure.numerator):>12}  {name}"
    share = f"({vn_number(figure.numerator)}/{vn_number(figure.denominator)})"
    value = figure.value
    shown = vn_percent(value) if value is None or figure.indicator.is_share else vn_number(value, 1)
    return f"{figure.indicator.code:28} {shown:>12}  {share:>20}  {name}"


def _report(done: int, total: int) -> None:
    """A count that moves on a terminal; elsewhere one line when all is done."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}")
    if done >= total:
        sys.stderr.write("\n" if sys.stderr.isatty() else f"{done}/{total}\n")
