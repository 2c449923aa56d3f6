from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nennep.accounts.actions import (
    forget_expired_sessions,
    forget_old_tries,
    throw_old_slips_away,
)
from nennep.accounts.queries import system_person
from nennep.config import audit_words
from nennep.config.output import say
from nennep.config.preparation import nearly_full
from nennep.core.auditing import verify_trail
from nennep.imports.actions import forget_stale
from nennep.indicators.actions import open_months, refresh_dirty
from nennep.indicators.queries.verifying import verify
from nennep.members.actions.handover import forget_phones_without_post

SHOWN = 20


class Command(BaseCommand):
    help = "Việc hằng đêm: mở tháng mới, tính lại phần chờ, đối chiếu số liệu, niêm phong nhật ký"

    def handle(self, *_: str, **__: Any) -> None:
        person = system_person()
        opened = open_months(by=person)
        refreshed = refresh_dirty(by=person)
        forgotten = forget_expired_sessions() + forget_old_tries() + throw_old_slips_away()
        put_aside = forget_stale(by=person)
        say(f"Bỏ {put_aside} bảng tính chờ nhập quá bảy ngày.")
        forget_phones_without_post()
        say(f"Mở tháng cho {opened} chi bộ; tính lại {refreshed} chi bộ.")
        say(f"Bỏ {forgotten} phiên đăng nhập, lượt thử và phiếu tài khoản đã hết hạn.")
        wrong = [*_wrong_figures(), *_wrong_lines(), *nearly_full()]
        if wrong:
            raise CommandError("\n".join(wrong))


def _wrong_figures() -> list[str]:
    verdict = verify()
    say(
        f"Đối chiếu {verdict.cell_months} tháng chi bộ, {verdict.unit_months} tháng tổ chức: "
        f"{len(verdict.differences)} sai lệch."
    )
    return list(verdict.differences[:SHOWN])


def _wrong_lines() -> list[str]:
    """The trail is sealed first, so that what is verified reaches to tonight."""
    say(audit_words.seal_and_say())
    verdict = verify_trail()
    say(audit_words.summary(verdict))
    return audit_words.told(verdict)
