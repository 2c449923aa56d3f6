from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.config import restoring
from nennep.config.backing_up import SECRET_KEY_FILE
from nennep.config.output import say
from nennep.core.text import vn_number


class Command(BaseCommand):
    help = "Khôi phục một bản sao lưu vào thư mục mới (và cơ sở dữ liệu PostgreSQL còn trống)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="bản sao lưu")
        parser.add_argument(
            "--into", type=Path, required=True, help="thư mục dữ liệu mới, còn trống"
        )
        parser.add_argument("--key", type=Path, metavar="FILE", help="tệp chứa khóa riêng")
        parser.add_argument(
            "--database", default="", help="địa chỉ PostgreSQL còn trống (mặc định: SQLite)"
        )

    def handle(self, *_: str, **options: Any) -> None:
        into: Path = options["into"]
        secret = restoring.secret_from(options["file"], options["key"])
        restored = restoring.restore(
            options["file"], into.resolve(), secret=secret, database=options["database"]
        )
        self.stdout.write(
            f"{into}: {restored.tables} bảng, {vn_number(restored.rows)} dòng, "
            f"{vn_number(restored.files)} tệp, đúng như bản sao lưu."
        )
        if restored.was_upgraded:
            say("Bản sao lưu cũ hơn chương trình này; các bảng đã được cập nhật.")
        if not restored.has_secret_key:
            say(
                f"Bản sao lưu không có khóa bí mật của hệ thống. Chép tệp {SECRET_KEY_FILE} cũ vào "
                f"{into} trước khi chạy; thiếu nó, những mục đã mã hóa trong dữ liệu không đọc được."
            )
        database = " DATABASE_URL=…" if options["database"] else ""
        say(f"Chạy: NENNEP_DATA={into}{database} nennep serve. Mọi người sẽ đăng nhập lại.")
