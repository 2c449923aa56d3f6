import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from nennep.core.output import write_file
from nennep.core.progress import Progress
from nennep.core.refusal import Refusal
from nennep.core.text import vn_number
from nennep.organisation.models import Unit
from nennep.organisation.queries import unit_by_code
from nennep.programmes.queries.finding import programme_by_symbol
from nennep.reports.models import ProgrammeReview
from nennep.reports.queries.findings import findings
from nennep.reports.queries.outcomes import everything


class Command(BaseCommand):
    help = "Mọi tệp của một lần sơ kết, tổng kết chương trình: báo cáo, phụ lục, tóm tắt, biểu đồ, bản tin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("symbol", metavar="SYMBOL", help="số, ký hiệu, ví dụ 01-ĐA/HU")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="thư mục ghi ra")
        parser.add_argument("--json", action="store_true", help="in danh sách tệp ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["out"]
        review = _latest(unit_by_code(options["code"]), options["symbol"])
        if not folder.is_dir():
            raise Refusal(f"Không có thư mục “{folder}”.", code="no_such_folder")
        progress = Progress(1)
        progress.begin("lập các tệp của kỳ sơ kết, tổng kết")
        names = []
        for name, content in everything(findings(review)):
            write_file(folder / name, content)
            names.append(name)
        progress.end(f"Đã ghi {vn_number(len(names))} tệp.")
        if options["json"]:
            told = {"unit": review.unit.code, "programme": review.programme.symbol, "files": names}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        self.stdout.write("\n".join(names))


def _latest(unit: Unit, symbol: str) -> ProgrammeReview:
    programme = programme_by_symbol(symbol, unit)
    if programme is None:
        raise Refusal(
            f"Tổ chức này không thực hiện chương trình nào có số “{symbol}”.",
            code="no_such_programme",
        )
    begun = ProgrammeReview.objects.filter(unit=unit, programme=programme)
    review = begun.select_related("unit__parent", "programme__basis").first()
    if review is None:
        raise Refusal(
            f"Chưa có kỳ sơ kết, tổng kết nào của {programme.symbol} ở đây. Hãy bắt đầu trên trang Báo cáo.",
            code="no_such_review",
        )
    return review
