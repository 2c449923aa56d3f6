"""The minutes of one meeting as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from nennep.accounts.queries import system_person
from nennep.core import trail
from nennep.core.output import write_file
from nennep.meetings.queries.by_id import meeting_by_id
from nennep.meetings.queries.papers import minutes_paper
from nennep.papers.render import render


class Command(BaseCommand):
    help = "Xuất biên bản một cuộc họp ra tệp DOCX hoặc PDF"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id", metavar="PUBLIC_ID", help="mã công khai của cuộc họp")
        parser.add_argument("--format", choices=["docx", "pdf"], default="docx", help="dạng tệp")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="tệp xuất ra")

    def handle(self, *_args: Any, **options: Any) -> None:
        meeting = meeting_by_id(options["public_id"])
        content = render(minutes_paper(meeting), options["format"])
        write_file(options["out"], content)
        trail.record_look(
            "minutes taken as a file", meeting, by=system_person(), form=options["format"]
        )
