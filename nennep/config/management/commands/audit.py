import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.config.audit_words import seal_and_say, summary, told
from nennep.config.output import say
from nennep.core import auditing, checkpoints
from nennep.core.output import write_file
from nennep.core.progress import Progress
from nennep.core.refusal import Refusal


class Command(BaseCommand):
    help = "Nhật ký: “audit verify” đối chiếu, “audit seal” niêm phong, “audit checkpoint” xuất bản đối chứng"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "seal", "checkpoint"], help="việc cần làm")
        parser.add_argument(
            "--checkpoint", type=Path, metavar="FILE", help="bản đối chứng giữ ở ngoài (verify)"
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help="nơi ghi bản đối chứng")

    def handle(self, *_: str, **options: Any) -> None:
        if options["what"] == "verify":
            self._verify(options["checkpoint"])
        elif options["what"] == "seal":
            say(seal_and_say())
        else:
            _write_checkpoint(options["out"])

    def _verify(self, path: Path | None) -> None:
        checkpoint = None if path is None else checkpoints.read_checkpoint(path)
        if checkpoint is not None and checkpoint.key != checkpoints.own_key():
            say(f"Bản đối chứng {path} do một khóa khác ký: {checkpoint.key[:16]}.")
        progress = Progress(1)
        verdict = auditing.verify_trail(checkpoint, progress.begin("đối chiếu nhật ký"))
        progress.end("Đã đối chiếu nhật ký.")
        for sentence in told(verdict):
            say(sentence)
        self.stdout.write(summary(verdict))
        if verdict.findings:
            sys.exit(1)


def _write_checkpoint(path: Path | None) -> None:
    if path is None:
        raise Refusal("Ghi rõ nơi lưu bản đối chứng: --out FILE.", code="no_out")
    if path.exists():
        raise Refusal(f"Đã có tệp {path}. Hãy chọn tên khác.", code="exists")
    say(seal_and_say())
    checkpoint = checkpoints.make_checkpoint()
    write_file(path, checkpoints.written(checkpoint).encode())
    say(
        f"Bản đối chứng đến niêm phong số {checkpoint.seal}, dòng {checkpoint.last_line}: {path}. "
        f"Khóa: {checkpoint.key[:16]}. Hãy giữ ở một máy khác."
    )
