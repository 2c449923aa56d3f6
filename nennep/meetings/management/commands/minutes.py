"""The minutes of one meeting as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nennep.accounts.queries import system_person
from nennep.core import trail
from nennep.core.output import write_file
from nennep.core.refusal import Refusal
from nennep.meetings.models import Meeting
from nennep.meetings.queries.papers import minutes_paper
from nennep.papers.render import render


class Command(BaseCommand):
    help = "Xuất biên bản một cuộc họp ra tệp DOCX hoặc PDF"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id", metavar="PUBLIC_ID", help="mã công khai của cuộc họp")
        parser.add_argument("--format", choices=["docx", "pdf"], default="docx", help="dạng tệp")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="tệp xuất ra")

    def handle(self, *_args: Any, **options: Any) -> None:
        meeting = _meeting(options["public_id"])
        content = render(minutes_paper(meeting), options["format"])
        write_file(options["out"], content)
        trail.record_look(
            "minutes taken as a file", meeting, by=system_person(), form=options["format"]
        )


def _meeting(public_id: str) -> Meeting:
    found = None
    try:
        found = Meeting.objects.select_related("unit").filter(public_id=UUID(public_id)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refusal(
            _("There is no meeting “%(id)s”. Copy its id from the meeting's page.")
            % {"id": public_id},
            code="unknown_meeting",
        )
    return found
