import io
from datetime import date

import pypdfium2
import pytest

from nennep.accounts.choices import Role
from nennep.accounts.models import User
from nennep.accounts.queries.slips import slip_of
from nennep.papers.slips import slips_pdf

TODAY = date(2024, 6, 13)
LONG = "Nguyễn Thị Thanh Huyền Trang Nhã Phương"


def slip(name="Nguyễn Văn An", role=Role.SECRETARY, **more):
    user = User(username="nguyen.van.an", display_name=name)
    given = {
        "unit": "Chi bộ thôn Đông, Đảng bộ xã Phù Lỗ",
        "address": "https://nennep.example.vn",
        "call": "Văn phòng Đảng ủy xã, 024 3884 1234",
        "day": TODAY,
    }
    return slip_of(user, "k7mh-q2xn-wz4p-8bdt", role=role, **given | more)


def pages(content):
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_slip_says_all_that_is_needed_to_come_in():
    (page,) = pages(slips_pdf([slip()], title="Phiếu", day=TODAY))

    for words in (
        "Nguyễn Văn An",
        "Bí thư chi bộ, Chi bộ thôn Đông",
        "https://nennep.example.vn",
        "nguyen.van.an",
        "k7mh-q2xn-wz4p-8bdt",
        "mật khẩu mới",
        "hết ngày 13-7-2024",
        "Nhập sai 5 lần, máy tạm khóa 15 phút",
        "Văn phòng Đảng ủy xã, 024 3884 1234",
    ):
        assert words in " ".join(page.split())


def test_where_no_number_was_given_there_is_room_to_write_it():
    assert slip(call="Văn phòng Đảng ủy, máy lẻ 102").help == "Văn phòng Đảng ủy, máy lẻ 102"
    assert slip(call="Tổ 5, khu 12").help.startswith("Tổ 5, khu 12, số điện thoại: …")


def test_the_words_are_vietnamese_whatever_language_the_office_reads(settings):
    from django.utils.translation import override

    with override("en"):
        assert slip().place.startswith("Bí thư chi bộ")


def test_who_needs_a_second_step_is_told_of_it():
    assert len(slip(role=Role.OFFICER).steps) == len(slip().steps) + 1


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"name": LONG, "unit": f"Chi bộ {LONG}, Đảng bộ {LONG}", "call": f"{LONG}, {LONG}"},
        {"address": "https://" + "nen-nep." * 8 + "example.vn", "role": Role.OFFICER},
    ],
)
def test_each_person_has_one_page(more):
    assert len(pages(slips_pdf([slip(**more), slip(**more)], title="Phiếu", day=TODAY))) == 2


def test_what_is_typed_is_never_markup():
    (page,) = pages(slips_pdf([slip(name="#[An] $x$ *b* \\n")], title="Phiếu", day=TODAY))

    assert "#[An] $x$ *b* \\n" in page
