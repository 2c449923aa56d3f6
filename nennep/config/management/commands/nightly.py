from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nennep.accounts.queries import system_person
from nennep.config.preparation import say
from nennep.indicators.actions import open_months, refresh_dirty
from nennep.indicators.queries.verifying import verify

SHOWN = 20


class Command(BaseCommand):
    help = "Việc hằng đêm: mở tháng mới, tính lại phần còn chờ, đối chiếu mọi số liệu"

    def handle(self, *_: str, **__: Any) -> None:
        person = system_person()
        opened = open_months(by=person)
        refreshed = refresh_dirty(by=person)
        verdict = verify()
        say(f"Mở tháng cho {opened} chi bộ; tính lại {refreshed} chi bộ.")
        say(
            f"Đối chiếu {verdict.cell_months} tháng chi bộ, {verdict.unit_months} tháng tổ chức: "
            f"{len(verdict.differences)} sai lệch."
        )
        if verdict.differences:
            raise CommandError("\n".join(verdict.differences[:SHOWN]))
