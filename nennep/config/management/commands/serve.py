from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nennep.config import preparation, serving
from nennep.config.output import say


class Command(BaseCommand):
    help = "Chạy trang web và tiến trình làm việc nền; dừng bằng Ctrl+C"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="địa chỉ lắng nghe")
        parser.add_argument("--port", type=int, default=settings.PORT, help="cổng lắng nghe")
        parser.add_argument(
            "--processes", type=int, default=serving.cores(), help="số tiến trình phục vụ"
        )
        parser.add_argument("--threads", type=int, default=4, help="số luồng của mỗi tiến trình")
        parser.add_argument("--no-worker", action="store_true", help="không chạy việc nền")
        parser.add_argument(
            "--demo", action="store_true", help="dựng tổ chức mẫu khi chưa có tổ chức nào"
        )

    def handle(self, *_: str, **options: Any) -> None:
        host, port = options["host"], options["port"]
        serving.refuse_taken_port(host, port)
        preparation.prepare()
        was_built = options["demo"] and preparation.build_demonstration()
        if preparation.is_demonstration() and not was_built:
            preparation.print_demonstration_accounts()
        if not preparation.has_organisation():
            say("Chưa có tổ chức nào. Hãy chạy “nennep init” ở một cửa sổ khác.")
        say(f"Nền Nếp: http://{host}:{port} (dừng: Ctrl+C)")
        serving.serve(
            host,
            port,
            processes=options["processes"],
            threads=options["threads"],
            with_worker=not options["no_worker"],
        )
