"""The score of one meeting: what the facts propose, or what the cell agreed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nennep.accounts.queries import system_person
from nennep.core import trail
from nennep.core.refusal import Refusal
from nennep.meetings.queries.by_id import meeting_by_id
from nennep.quality.queries.filled import Filled, filled_sheet
from nennep.quality.queries.score_json import score_json
from nennep.quality.queries.words import facts_told, met_words, points_words
from nennep.quality.rules.scoring import Line


class Command(BaseCommand):
    help = "Phiếu chấm điểm của một buổi sinh hoạt: dữ kiện, điểm, xếp loại"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id", metavar="PUBLIC_ID", help="mã công khai của cuộc họp")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        meeting = meeting_by_id(options["public_id"])
        filled = filled_sheet(meeting)
        if filled is None:
            raise Refusal(
                _("No score sheet is in force for this meeting, or it has not been opened yet."),
                code="no_sheet",
            )
        trail.record_look("score looked at", meeting, by=system_person())
        if options["json"]:
            self.stdout.write(json.dumps(score_json(filled), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_as_lines(filled)))


def _as_lines(filled: Filled) -> list[str]:
    head = f"{filled.sheet.title} ({filled.held_by.source.symbol})"
    return [head, *(_as_line(line, filled) for line in filled.shown.lines if line.is_asked)]


def _as_line(line: Line, filled: Filled) -> str:
    shown = met_words(line.is_met) if line.is_met is not None else points_words(line.points)
    most = f"/{points_words(line.max)}" if line.max else ""
    told = facts_told(line.criterion, filled.facts)
    return f"{line.criterion.code:6} {shown + most:>9}  {line.criterion.title}  {told}".rstrip()
