"""What in the stored organisation and roll cannot be right, or should be seen to."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.text import vn_number
from nennep.members.queries import faults_on

LABELS = {
    "orphans": _("Organisations and members that hang on nothing"),
    "cells_under_three_official": _("Cells with fewer than three official members"),
    "expired_exemptions": _("Exemptions that have run out"),
    "members_in_two_cells": _("Members counted in two cells"),
    "secretaries_without_term": _("Secretaries of a committee without a running term"),
}


class Command(BaseCommand):
    help = "Kiểm tra dữ liệu: mồ côi, chi bộ dưới 3 đảng viên chính thức, miễn đã hết hạn, trùng chi bộ, thiếu nhiệm kỳ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        faults = asdict(faults_on(clock.today()))
        if options["json"]:
            self.stdout.write(json.dumps(faults, ensure_ascii=False, indent=1))
            return
        for name, found in faults.items():
            self.stdout.write(f"{LABELS[name]}: {vn_number(len(found))}")
            for reference in found:
                self.stdout.write(f"  {reference}")
