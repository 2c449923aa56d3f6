from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.config import preparation
from nennep.config.output import say
from nennep.core.storage import make_store


class Command(BaseCommand):
    help = "Cập nhật dữ liệu theo chương trình mới: sao lưu trước, rồi tất cả hoặc không gì cả"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--backups",
            type=Path,
            metavar="DIR",
            help="nơi để bản sao lưu (mặc định: NENNEP_DATA/backups)",
        )

    def handle(self, *_: str, **options: Any) -> None:
        if not preparation.migrate(options["backups"]):
            say("Dữ liệu đã hợp với chương trình này; không có gì phải cập nhật.")
        make_store()
