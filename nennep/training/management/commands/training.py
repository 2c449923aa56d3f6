"""Who holds a trained post in a unit, and how many were trained in a year."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.text import vn_part
from nennep.organisation.queries import unit_by_code
from nennep.training.choices import TrainPost
from nennep.training.queries.contract import training_json


class Command(BaseCommand):
    help = "Tập huấn trong năm của một tổ chức, theo chức vụ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--year", type=int, required=True, metavar="YYYY", help="năm")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = training_json(unit_by_code(options["code"]), options["year"])
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for count in found["by_post"]:
            holding, trained = count["holding"], count["trained"]
            share = vn_part(trained, holding) if holding else "–"
            self.stdout.write(
                f"{TrainPost(count['post']).label!s:<32} {share:>7} ({trained}/{holding})"
            )
        self.stdout.write(f"Chưa được tập huấn: {sum(m.get('count', 1) for m in found['missing'])}")
