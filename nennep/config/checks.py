"""What this machine must offer before the product starts."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

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
