from typing import Any

from django.core.management.base import BaseCommand

from nennep.config.working import work


class Command(BaseCommand):
    help = "Chạy riêng tiến trình làm việc nền (khi “nennep serve --no-worker”)"

    def handle(self, *_: str, **__: Any) -> None:
        work()
