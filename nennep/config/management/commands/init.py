import getpass
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from nennep.accounts.actions import create_first_administrator
from nennep.accounts.queries import system_person
from nennep.config import preparation
from nennep.config.output import say
from nennep.core import clock
from nennep.core.models import Installation
from nennep.core.periods import month_of, parse_day
from nennep.core.refusal import Refusal
from nennep.library.actions import load_handbook
from nennep.organisation.actions import create_root
from nennep.organisation.choices import CELL_KINDS, UnitKind
from nennep.regulations.actions import load_presets

QUESTIONS = {
    "name": "Tên tổ chức cấp cao nhất, ví dụ “Đảng bộ phường Ba Đình”: ",
    "code": "Mã ngắn (chữ hoa không dấu, số), ví dụ BADINH: ",
    "username": "Tên đăng nhập của quản trị viên: ",
    "display_name": "Họ tên của quản trị viên: ",
}
COMMITTEE_KINDS = [kind.value for kind in UnitKind if kind not in CELL_KINDS]


class Command(BaseCommand):
    help = "Tạo một tổ chức mới, trống, với quản trị viên đầu tiên"

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question.rstrip(": "))
        parser.add_argument(
            "--kind",
            choices=COMMITTEE_KINDS,
            default=UnitKind.COMMUNE.value,
            help="loại tổ chức (mặc định: xã, phường)",
        )
        parser.add_argument(
            "--founded", metavar="YYYY-MM-DD", help="ngày thành lập (mặc định: hôm nay)"
        )
        parser.add_argument(
            "--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của stdin"
        )

    def handle(self, *_: str, **options: Any) -> None:
        founded_on = parse_day(options["founded"]) if options["founded"] else clock.today()
        preparation.prepare()
        if preparation.has_organisation():
            raise Refusal(
                "Đã có tổ chức trong cơ sở dữ liệu này. Muốn dựng tổ chức khác, hãy đặt NENNEP_DATA "
                "(hoặc DATABASE_URL) sang chỗ khác.",
                code="organisation_exists",
            )
        answers = {name: options[name] or _ask(question) for name, question in QUESTIONS.items()}
        password = _password(from_stdin=options["password_stdin"])
        _make(answers, options["kind"], founded_on, password)
        say(f"Đã tạo “{answers['name']}”. Chạy “nennep serve” rồi đăng nhập: {answers['username']}")


@transaction.atomic
def _make(answers: dict[str, str], kind: str, founded_on: date, password: str) -> None:
    """Everything or nothing: a half-made organisation would refuse the next attempt."""
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)
    # The ledger asks for no month before the organisation works here; first steps may set another.
    Installation.objects.create(counts_from=month_of(clock.today()))
    unit = create_root(
        answers["name"], code=answers["code"], kind=kind, founded_on=founded_on, by=person
    )
    create_first_administrator(
        answers["username"],
        display_name=answers["display_name"],
        password=password,
        unit=unit,
    )


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refusal(f"Thiếu câu trả lời cho: {question.rstrip(': ')}.", code="answer_missing")
    answer = ""
    while not answer:
        answer = input(question).strip()
    return answer


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise Refusal("Thiếu mật khẩu: dùng --password-stdin.", code="password_missing")
    while True:
        first = getpass.getpass("Mật khẩu (ít nhất 10 ký tự): ")
        if first == getpass.getpass("Nhập lại mật khẩu: "):
            return first
        say("Hai lần nhập không giống nhau.")
