from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from nennep.imports.choices import Kind
from nennep.imports.management.terminal import TableCommand
from nennep.imports.queries.attendance import ABSENT, KEPT
from nennep.imports.queries.reading import Aim
from nennep.imports.rules import Answers
from nennep.meetings.choices import Presence
from nennep.meetings.queries.by_id import meeting_by_id


class Command(TableCommand):
    help = "Nhập điểm danh của một buổi họp từ bảng tính: xem thử, hoặc ghi vào sổ với --apply"
    kind = Kind.ATTENDANCE
    lacking = _("Name the file and, with --meeting, the meeting it is about.")

    def add_place(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meeting", metavar="MÃ", help="mã buổi họp mà bảng này thuộc về")

    def aim(self, options: dict[str, Any]) -> Aim | None:
        if not options["meeting"]:
            return None
        meeting = meeting_by_id(options["meeting"])
        return Aim(meeting.unit, meeting)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        absences = [Presence.EXCUSED.value, Presence.UNEXCUSED.value]
        parser.add_argument(
            "--rest", choices=[*Presence.values, KEPT], default="",
            help="ai phải dự mà không có trong tệp thì ghi là gì",
        )  # fmt: skip
        parser.add_argument(
            f"--{ABSENT}", choices=absences, default="",
            help="ai vắng mà tệp không nói có lý do hay không thì ghi là gì",
        )  # fmt: skip

    def answers(self, options: dict[str, Any]) -> Answers:
        return replace(super().answers(options), rest=options["rest"], absent=options[ABSENT])
