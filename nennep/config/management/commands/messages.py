from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.config import catalogue
from nennep.config.compiling import compile_messages


class Command(BaseCommand):
    help = "Gom chuỗi cần dịch và biên dịch bản dịch; --check: báo chuỗi còn thiếu"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi gì")

    def handle(self, *_: str, **options: Any) -> None:
        if options["check"]:
            catalogue.refuse_gaps()
        else:
            catalogue.extract()
            compile_messages()
