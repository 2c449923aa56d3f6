"""Accounts at the terminal: for many at once, and for the one whom nobody else can help back in."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nennep.accounts import actions, rules
from nennep.accounts.models import User
from nennep.accounts.queries import system_person
from nennep.accounts.queries.slips import slip_again
from nennep.core import clock
from nennep.core.output import write_file
from nennep.core.periods import parse_day
from nennep.core.refusal import Refusal
from nennep.members.actions.offices import OfficeAccount, open_office_accounts, slips_file
from nennep.members.choices import OFFICE_ROLES
from nennep.organisation.queries import unit_by_code
from nennep.papers.slips import Slip, slips_pdf

OWNER_ONLY = 0o600


class Command(BaseCommand):
    help = "Lập tài khoản hàng loạt kèm phiếu in; đặt lại hoặc mở khóa một tài khoản"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        create = verbs.add_parser("create", help="lập tài khoản cho những người đang giữ chức vụ")
        create.add_argument(
            "--under", required=True, metavar="MÃ", help="tổ chức và mọi chi bộ bên dưới"
        )
        create.add_argument(
            "--role", required=True, choices=[role.value for role in OFFICE_ROLES],
            help="chức vụ: secretary (bí thư), deputy (phó bí thư), committee_member (chi ủy viên)",
        )  # fmt: skip
        create.add_argument("--valid-to", metavar="YYYY-MM-DD", help="ngày cuối của quyền")
        create.add_argument(
            "--renew", action="store_true", help="cả phiếu mới cho người chưa đăng nhập lần nào"
        )
        create.add_argument("--json", action="store_true", help="in ra JSON, không có mật khẩu")
        _add_slips(create)
        reset = verbs.add_parser("reset", help="mật khẩu mới cho một tài khoản, kèm phiếu in")
        reset.add_argument("username", metavar="TÊN", help="tên đăng nhập")
        reset.add_argument(
            "--second-factor",
            action="store_true",
            help="cũng đặt lại bước thứ hai (mất điện thoại)",
        )
        _add_slips(reset)
        unlock = verbs.add_parser("unlock", help="mở khóa sau nhiều lần nhập sai")
        unlock.add_argument("username", nargs="?", metavar="TÊN", help="tên đăng nhập")
        unlock.add_argument("--networks", action="store_true", help="mở khóa mọi mạng")

    def handle(self, *_args: Any, **options: Any) -> None:
        {"create": self._create, "reset": self._reset, "unlock": self._unlock}[options["verb"]](
            options
        )

    def _create(self, options: dict[str, Any]) -> None:
        unit = unit_by_code(options["under"])
        valid_to = parse_day(options["valid_to"]) if options["valid_to"] else None
        with _slips(options["slips"]) as path:
            made = open_office_accounts(
                unit,
                options["role"],
                by=system_person(),
                valid_to=valid_to,
                renews=options["renew"],
            )
            call = options["call"] or unit.name
            write_file(path, slips_file(made, address=_address(options), call=call))
        if options["json"]:
            rows = [_row(each) for each in made]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for each in made:
            row = _row(each)
            self.stdout.write(f"{row['unit']:<16}{row['username']:<36}{row['name']}")
        self.stdout.write(f"Đã lập {len(made)} tài khoản. {_where(path)}")

    def _reset(self, options: dict[str, Any]) -> None:
        user = _user(options["username"])
        with _slips(options["slips"]) as path:
            slip = _renewed(user, options)
            write_file(path, slips_pdf([slip], title="Phiếu tài khoản", day=clock.today()))
        self.stdout.write(f"Đã đặt mật khẩu mới cho {user.username}. {_where(path)}")

    def _unlock(self, options: dict[str, Any]) -> None:
        if options["networks"]:
            count = actions.forget_networks(by=system_person())
            self.stdout.write(f"Đã mở khóa {count} tên đăng nhập và mạng.")
        elif options["username"]:
            actions.unlock(_user(options["username"]), by=system_person())
            self.stdout.write(f"Đã mở khóa {options['username']}.")
        else:
            raise Refusal("Hãy ghi tên đăng nhập, hoặc --networks.", code="answer_missing")


def _add_slips(parser: ArgumentParser) -> None:
    parser.add_argument("--slips", required=True, metavar="TỆP.pdf", help="nơi ghi phiếu in")
    parser.add_argument("--address", help="địa chỉ mở sản phẩm (mặc định: NENNEP_ADDRESS)")
    parser.add_argument("--call", help="cần giúp thì gọi ai, in trên phiếu")


@contextmanager
def _slips(name: str) -> Iterator[Path]:
    """The file, readable by its owner alone, before any password is made that only it will hold.

    It is gone again where nothing came of it.
    """
    path = Path(name)
    write_file(path, b"")
    path.chmod(OWNER_ONLY)
    try:
        yield path
    finally:
        if not path.stat().st_size:
            path.unlink()


def _where(path: Path) -> str:
    return f"Phiếu in: {path}" if path.exists() else "Không ai cần phiếu mới."


def _renewed(user: User, options: dict[str, Any]) -> Slip:
    password, by = rules.new_password(), system_person()
    actions.set_password(user, password, by=by)
    if options["second_factor"]:
        actions.reset_second_factors(user, by=by)
    slip = slip_again(user, password, address=_address(options), by=by)
    return replace(slip, help=options["call"]) if options["call"] else slip


def _address(options: dict[str, Any]) -> str:
    given = options["address"] or settings.ADDRESS or f"http://{settings.HOST}:{settings.PORT}"
    return str(given).rstrip("/")


def _user(username: str) -> User:
    user = User.objects.filter(username=username.strip().lower(), is_machine=False).first()
    if user is None:
        raise Refusal(f"Không có tài khoản “{username}”.", code="no_account")
    return user


def _row(each: OfficeAccount) -> dict[str, str]:
    user = each.opened.user
    return {"unit": each.office.unit_code, "username": user.username, "name": user.display_name}
