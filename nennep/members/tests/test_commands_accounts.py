import io
import json
from datetime import date

import pypdfium2
import pytest
from django.core.management import call_command

from nennep.accounts.actions import trying
from nennep.accounts.models import User
from nennep.accounts.tests.factories import make_administrator
from nennep.core.refusal import Refusal
from nennep.members.models import Position
from nennep.members.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    committee = factories.committee("Đảng bộ xã", code="XA")
    cell = factories.cell("Chi bộ Một", committee, code="C1")
    member = factories.member(cell, "Nguyễn Văn An")
    body = factories.body(cell)
    Position.objects.create(
        member=member, body=body, title="secretary", valid_from=date(2022, 6, 1)
    )
    return cell


def run(*words):
    out = io.StringIO()
    call_command("accounts", *words, stdout=out)
    return out.getvalue()


def create(path, *more):
    return run("create", "--under", "XA", "--role", "secretary", "--slips", str(path), *more)


def text_of(path):
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_accounts_are_made_and_told_without_their_passwords(cell, tmp_path):
    path = tmp_path / "phieu.pdf"

    told = create(path, "--json", "--call", "Văn phòng", "--address", "https://nennep.vn/")

    assert json.loads(told) == [
        {"unit": "C1", "username": "nguyen.van.an", "name": "Nguyễn Văn An"}
    ]
    slip = text_of(path)
    assert "https://nennep.vn" in slip
    assert "Văn phòng" in slip
    password = next(w for w in slip.split() if w.count("-") == 3 and len(w) == 19)
    assert User.objects.get(username="nguyen.van.an").check_password(password)
    assert password not in told
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_refusal_leaves_no_file(cell, tmp_path):
    path = tmp_path / "phieu.pdf"
    create(path)
    again = tmp_path / "again.pdf"

    with pytest.raises(Refusal):
        create(again)

    assert not again.exists()


def test_a_place_that_cannot_be_written_is_said_before_anything_is_made(cell, tmp_path):
    with pytest.raises(Refusal):
        create(tmp_path / "nowhere" / "phieu.pdf")

    assert not User.objects.filter(username="nguyen.van.an").exists()


def test_an_unknown_unit_is_refused(cell, tmp_path):
    with pytest.raises(Refusal):
        run("create", "--under", "Z", "--role", "secretary", "--slips", str(tmp_path / "a.pdf"))


def test_the_last_administrator_is_helped_back_in_at_the_machine(cell, tmp_path):
    top = make_administrator(factories.city(), username="quan.tri")
    path = tmp_path / "phieu.pdf"

    run("reset", "quan.tri", "--second-factor", "--slips", str(path), "--call", "Phòng máy")

    slip = text_of(path)
    password = next(w for w in slip.split() if w.count("-") == 3 and len(w) == 19)
    assert User.objects.get(pk=top.pk).check_password(password)
    assert "Phòng máy" in slip
    with pytest.raises(Refusal):
        run("reset", "khong.co", "--slips", str(path))


def test_names_and_networks_are_opened_again(cell):
    make_administrator(factories.city(), username="quan.tri")
    for _ in range(5):
        with pytest.raises(Refusal), trying("quan.tri", network="203.113.1.1"):
            raise Refusal("no", code="wrong")

    assert "quan.tri" in run("unlock", "quan.tri")
    with trying("quan.tri", network="203.113.1.1"):
        pass
    assert "0" in run("unlock", "--networks")
    with pytest.raises(Refusal):
        run("unlock")
