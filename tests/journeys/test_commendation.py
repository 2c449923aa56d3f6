"""A commendation from what is proposed below to the printed decision, its list and its certificates."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.tests.factories import make_person
from nennep.indicators.tests.factories_tree import TODAY
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, Term
from nennep.recognition.models import Commendation, CommendationRound
from nennep.reports.tests.factories import district
from tests.journeys.test_month_of_a_cell import look, moment, press, sign_in  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tree(on_day):
    on_day(TODAY)
    tree = district()
    body, _made = Body.objects.get_or_create(unit=tree.district, kind=BodyKind.COMMITTEE)
    Term.objects.get_or_create(body=body, label="2020-2025", starts_on=date(2020, 6, 1))
    return tree


def words_of(phone, link):
    """The text of the Word file that the link gives."""
    with phone.expect_download() as taken:
        phone.get_by_role("link", name=link).first.click()
    with zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes())) as files:
        return files.read("word/document.xml").decode()


def test_what_is_proposed_below_is_voted_on_decided_and_printed(
    phone,
    live_server,
    sign_in,  # noqa: F811 -- the fixture
    tree,
):
    sign_in(phone, tree.clerk, live_server.url)
    phone.goto("/khen-thuong/DIST/")
    phone.get_by_role("link", name="Mở đợt khen thưởng").click()
    phone.locator("[name=occasion]").fill("Sơ kết 6 tháng")
    phone.locator("[name=first_day]").fill("2024-01-06")
    phone.locator("[name=last_day]").fill("2024-06-13")
    phone.locator("[name=grounds]").fill("01-HD/TW")
    look(phone, "round-to-open")
    press(phone, "Mở đợt")
    address = f"/dot-khen-thuong/{CommendationRound.objects.get().public_id}/"

    sign_in(phone, make_person(Role.OFFICER, tree.near), live_server.url)
    phone.goto(address)
    phone.get_by_role("link", name=f"Đề nghị cho {tree.near.name}").click()
    phone.locator("[name=kind][value=person]").check()
    phone.locator("[name=unit]").select_option(label=tree.n1.name)
    phone.locator("[name=name]").fill("Nguyễn Văn An")
    phone.locator("[name=reasons]").fill("Điều hành sinh hoạt nền nếp")
    phone.locator("[name=declares]").check()
    look(phone, "proposal-of-commendation")
    press(phone, "Đề nghị")
    look(phone, "round-from-below")

    sign_in(phone, tree.clerk, live_server.url)
    phone.goto(f"{address}xet/")
    phone.locator("[name=on]").fill("2024-06-13")
    phone.locator("[name=votes_cast]").fill("9")
    phone.locator("[name^=votes_]:not([name=votes_cast])").fill("9")
    award = phone.locator("[name^=award_]")
    if award.evaluate("field => field.tagName") == "SELECT":
        award.select_option(label="Giấy khen")
    else:
        award.fill("Giấy khen")
    look(phone, "considering")
    press(phone, "Lưu")
    phone.get_by_role("link", name="Ra quyết định", exact=True).click()
    phone.locator("[name=on]").fill("2024-06-13")
    look(phone, "deciding")
    press(phone, "Ra quyết định")
    look(phone, "round-decided")

    row = Commendation.objects.get()
    assert (row.name, row.award, row.on) == ("Nguyễn Văn An", "Giấy khen", date(2024, 6, 13))
    assert "Nguyễn Văn An" in words_of(phone, "Word : Danh sách")
    assert "Nguyễn Văn An" in words_of(phone, "Word : Giấy khen")
    phone.get_by_role("link", name="Xem văn bản").click()
    look(phone, "decision-of-commendation")
    assert "Nguyễn Văn An" in words_of(phone, "Word")
