import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nennep.config import backing_up, backups, restoring, upgrading
from nennep.config.backing_up import Backup
from nennep.config.output import say
from nennep.core.archive import keys
from nennep.core.archive.damage import Damaged
from nennep.core.progress import Progress
from nennep.core.refusal import Refusal
from nennep.core.text import vn_number

OPEN_TO_ALL = (
    "Chưa đặt khóa (NENNEP_BACKUP_KEY): ai có tệp này đều đọc được; khóa bí mật của hệ thống không "
    "nằm trong tệp. Chạy “nennep backup keys --out FILE” để tạo khóa."
)


class Command(BaseCommand):
    help = "Sao lưu: “backup --out FILE”; “backup verify FILE” khôi phục thử; “backup keys --out FILE” tạo khóa"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            nargs="?",
            choices=["make", "verify", "keys"],
            default="make",
            help="việc cần làm",
        )
        parser.add_argument("file", nargs="?", type=Path, help="bản sao lưu cần kiểm tra (verify)")
        parser.add_argument(
            "--out", type=Path, help="tệp sẽ ghi, hoặc thư mục: tên tệp khi đó là ngày giờ"
        )
        parser.add_argument(
            "--keep", type=int, help="trong thư mục đó chỉ giữ từng này bản mới nhất"
        )
        parser.add_argument("--verify", action="store_true", help="ghi xong thì khôi phục thử ngay")
        parser.add_argument("--key", type=Path, metavar="FILE", help="tệp chứa khóa riêng (verify)")
        parser.add_argument(
            "--against-live", action="store_true", help="so cả với dữ liệu đang chạy (verify)"
        )

    def handle(self, *_: str, **options: Any) -> None:
        if options["what"] == "verify":
            self._verify(options)
        elif options["what"] == "keys":
            self._make_keys(_out(options))
        else:
            self._make(options)

    def _make(self, options: dict[str, Any]) -> None:
        out = _out(options)
        if options["keep"] is not None and not out.is_dir():
            raise Refusal("--keep chỉ dùng khi --out là một thư mục.", code="no_folder")
        path = out / backups.dated_name() if out.is_dir() else out
        progress = Progress(1)
        backup = backing_up.back_up(
            path,
            to=settings.BACKUP_KEY,
            report=progress.begin("sao lưu dữ liệu"),
            is_before_upgrade=upgrading.is_pending(),
        )
        progress.end("Đã ghi xong.")
        if not backing_up.note(backup):
            say("Không ghi được việc sao lưu vào nhật ký.")
        if not backup.is_closed:
            say(OPEN_TO_ALL)
        self.stdout.write(_summary(backup))
        if options["verify"]:
            self._try_out(path, backup.secret)
        _refuse_gaps(backup)
        if options["keep"] is not None:
            for removed in backups.remove_older(out, keep=options["keep"]):
                say(f"Đã bỏ bản cũ {removed.name}.")

    def _verify(self, options: dict[str, Any]) -> None:
        path = options["file"]
        if path is None:
            raise Refusal("Ghi rõ bản sao lưu cần kiểm tra: backup verify FILE.", code="no_file")
        secret = restoring.secret_from(path, options["key"])
        self._try_out(path, secret)
        if options["against_live"]:
            differences = backups.against_live(path, secret)
            for difference in differences:
                say(difference)
            self.stdout.write(
                f"So với dữ liệu đang chạy: {len(differences) or 'không có'} bảng khác."
            )
            if differences:
                sys.exit(1)

    def _try_out(self, path: Path, secret: bytes | None) -> None:
        """What is damaged, or comes out different, ends with 1: it is the answer, not a refusal."""
        try:
            restored = restoring.try_out(path, secret=secret)
        except Damaged as damaged:
            say(damaged.message)
            sys.exit(1)
        for difference in restored.differences:
            say(difference)
        for unproved in restored.unproved:
            say(unproved)
        self.stdout.write(
            f"Đã khôi phục thử: {restored.tables} bảng, {vn_number(restored.rows)} dòng, "
            f"{vn_number(restored.files)} tệp; {len(restored.differences) or 'không có'} bảng khác."
        )
        if restored.differences:
            sys.exit(1)

    def _make_keys(self, out: Path) -> None:
        private, public = keys.make_pair()
        if out.exists():
            raise Refusal(f"Đã có tệp {out}. Hãy chọn tên khác.", code="exists")
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(f"{private}\n")
        say(
            f"Khóa riêng nằm trong {out}. Chuyển nó sang nơi khác (ổ USB, két), in thêm một bản giấy; "
            "mất nó thì không mở được bản sao lưu nào. Khóa công khai, để đặt vào NENNEP_BACKUP_KEY:"
        )
        self.stdout.write(public)


def _out(options: dict[str, Any]) -> Path:
    out = options["out"]
    if not isinstance(out, Path):
        raise Refusal("Ghi rõ nơi lưu: --out FILE.", code="no_out")
    return out


def _summary(backup: Backup) -> str:
    closed = "đã mã hóa" if backup.is_closed else "không mã hóa"
    megabytes = vn_number(backup.path.stat().st_size / 1e6, 1)
    return (
        f"{backup.path}: {len(backup.manifest.tables)} bảng, {vn_number(backup.manifest.rows)} dòng, "
        f"{vn_number(backup.manifest.files)} tệp, {megabytes} MB, {closed}."
    )


def _refuse_gaps(backup: Backup) -> None:
    """The backup stands as it is, but somebody has to look after the files."""
    for name in backup.damaged_files[: backups.SHOWN]:
        say(f"Tệp hỏng: {name} không còn đúng nội dung lúc được lưu.")
    for name in backup.missing_files[: backups.SHOWN]:
        say(f"Tệp mất: {name} có trong dữ liệu nhưng không có trong kho tệp.")
    if not backup.is_whole:
        say("Bản sao lưu đã ghi, nhưng kho tệp thiếu hoặc hỏng như trên.")
        sys.exit(1)
