"""What this machine must offer before the product starts."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 -- Django's name

from nennep.config import sqlite


@register()
def the_sqlite_library_is_sound(**_: object) -> list[CheckMessage]:
    """SQLite from 3.7.0 to 3.51.2 may lose a confirmed commit when its WAL starts over."""
    uses_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not uses_sqlite or sqlite.is_sound():
        return []
    needed = ".".join(map(str, sqlite.FIRST_SOUND_VERSION))
    return [
        Error(
            f"SQLite {sqlite.version()} có lỗi có thể làm mất dữ liệu đã xác nhận; cần {needed} trở lên.",
            hint="Chạy “make run” để cài lại các gói trong requirements.lock (gói pysqlite3).",
            id="nennep.E010",
        )
    ]


@register()
def the_network_of_people_can_be_told_behind_a_proxy(**_: object) -> list[CheckMessage]:
    """Else everybody seems to come from the proxy, and a few wrong tries would lock all of them out."""
    is_behind = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is not None
    if not is_behind or settings.PROXIES:
        return []
    return [
        Warning(
            "NENNEP_TLS=1 nhưng NENNEP_PROXIES=0: mọi người đều như đến từ một địa chỉ mạng.",
            hint="Đặt NENNEP_PROXIES=1 và cho proxy ghi X-Forwarded-For (xem docs/operating.md).",
            id="nennep.W011",
        )
    ]
