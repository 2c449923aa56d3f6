"""Brings an installation into a state that can be served: static files, tables, data.

Each step looks first whether it has anything to do, so that a second start costs nothing.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from nennep.config import upgrading
from nennep.config.output import say
from nennep.core.models import Installation
from nennep.core.refusal import Refusal
from nennep.core.storage import make_store
from nennep.demo.accounts import account_lines
from nennep.organisation.models import Unit

FREE_SPACE_NEEDED = 1_000_000_000  # bytes: the demonstration, its index pages and its journal


def prepare() -> None:
    refuse_full_disk()
    collect_static_files()
    migrate()
    make_store()
    for sentence in nearly_full():
        say(sentence)


def refuse_full_disk() -> None:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < FREE_SPACE_NEEDED and not _has_organisation_file():
        raise Refusal(
            f"Ổ đĩa chứa {settings.DATA_DIR} chỉ còn {free // 1_000_000} MB trống, cần ít nhất "
            f"{FREE_SPACE_NEEDED // 1_000_000} MB. Hãy dọn bớt hoặc đặt NENNEP_DATA sang ổ khác.",
            code="disk_full",
        )


def nearly_full() -> list[str]:
    """A sentence while the disk still takes everything, but not for long."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free >= FREE_SPACE_NEEDED:
        return []
    return [
        (
            f"Ổ đĩa chứa {settings.DATA_DIR} sắp đầy: chỉ còn {free // 1_000_000} MB. Hãy dọn bớt, ví dụ "
            "chuyển các bản sao lưu cũ sang ổ khác."
        )
    ]


def _has_organisation_file() -> bool:
    return (settings.DATA_DIR / "nennep.sqlite3").exists()


def collect_static_files() -> None:
    """Copy, hash and compress the pages' assets when one of them is newer than the last copy."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(_static_sources(), default=0.0)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        say("Gom tệp giao diện …")
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        call_command("collectstatic", interactive=False, verbosity=0)


def _static_sources() -> Iterator[float]:
    for path in (settings.BASE_DIR / "nennep").glob("*/static/**/*"):
        yield path.stat().st_mtime


def migrate(backups: Path | None = None) -> bool:
    """True when there was something to do; data that could be lost are saved first, and it is said."""
    if upgrading.is_pending():
        say(
            "Chương trình mới hơn dữ liệu: sao lưu trước, rồi cập nhật …"
            if upgrading.is_real()
            else "Dựng bảng trong cơ sở dữ liệu …"
        )
    upgraded = upgrading.upgrade(_quietly, folder=backups)
    if upgraded is not None and upgraded.backup is not None:
        say(
            f"Đã cập nhật. Bản sao lưu trước khi cập nhật: {upgraded.backup}. Muốn trở lại: cài phiên "
            f"bản cũ, rồi nennep restore {upgraded.backup} --into THƯ-MỤC-MỚI"
        )
    return upgraded is not None


def _quietly(_done: int, _total: int) -> None:
    """A start tells what it does in sentences."""


def has_organisation() -> bool:
    return Unit.objects.exists()


def is_demonstration() -> bool:
    return Installation.objects.filter(is_demonstration=True).exists()


def build_demonstration() -> bool:
    """Make the example district where there is no organisation, or only one that broke off.

    True when it was made: it has then told its accounts itself.
    """
    broken_off = Installation.objects.filter(is_demonstration=True, is_complete=False).exists()
    if has_organisation() and not broken_off:
        return False
    say("Dựng tổ chức mẫu (huyện Sóc Sơn), khoảng một phút …")
    call_command("demo", size="district", seed=11)
    return True


def print_demonstration_accounts() -> None:
    """One account for each role; they exist in the demonstration only."""
    for line in account_lines():
        say(line)
