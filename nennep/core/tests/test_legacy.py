"""Texts of the fonts before Unicode are recognised, shown, and converted only when asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nennep.core.legacy import TCVN3, VNI, Legacy, convert, is_vietnamese, mostly, written_in
from nennep.core.syllables import RIMES, is_syllable

NAMES = ["Nguyễn Văn Hải", "Trần Thị Hương", "Đặng Quỳnh Phương", "Vũ Đức Cường", "Hồ Thúy Uyên"]


def to_tcvn3(text: str) -> str:
    back = {letter: sign for sign, letter in TCVN3.items()}
    return "".join(back.get(sign, sign) for sign in text)


def to_vni(text: str) -> str:
    back = {letter: signs for signs, letter in VNI.items()}
    return "".join(back.get(sign, sign) for sign in text)


def to_twice(text: str) -> str:
    return "".join(
        byte.to_bytes().decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()
    )


@pytest.mark.parametrize(
    ("old", "kind", "text"),
    [
        ("NguyÔn V¨n H¶i", Legacy.TCVN3, "Nguyễn Văn Hải"),
        ("TrÇn ThÞ H­¬ng", Legacy.TCVN3, "Trần Thị Hương"),
        ("§¶ng bé x·", Legacy.TCVN3, "Đảng bộ xã"),
        ("Nguyeãn Vaên Haûi", Legacy.VNI, "Nguyễn Văn Hải"),
        ("Traàn Thò Höông", Legacy.VNI, "Trần Thị Hương"),
        ("ÑAÛNG BOÄ XAÕ", Legacy.VNI, "ĐẢNG BỘ XÃ"),
        ("Nguyá»…n VÄƒn Háº£i", Legacy.TWICE, "Nguyễn Văn Hải"),
    ],
)
def test_each_way_of_writing_is_told_from_the_others(old, kind, text):
    assert written_in(old) is kind
    assert convert(old, kind) == text


@pytest.mark.parametrize(
    "text",
    [*NAMES, "Hoà", "Thuỷ", "Nguyễn Văn Phùc", "Kpă Y Ngôl", "H’Len Niê", "Nguyen Van An", "An",
     "Chi bộ thôn Đông – xã Phù Lỗ", "José", "Phường Ô Chợ Dừa", "UBND xã", ""],
)  # fmt: skip
def test_what_is_unicode_already_or_no_vietnamese_at_all_is_left_alone(text):
    assert written_in(text) is None


@given(st.sampled_from(NAMES), st.sampled_from([to_tcvn3, to_vni, to_twice]))
def test_a_name_comes_back_from_each_of_them(name, write):
    kind = written_in(write(name))

    assert kind is not None
    assert convert(write(name), kind) == name


def test_what_could_be_either_is_told_by_its_neighbours():
    column = [to_tcvn3(name) for name in NAMES]

    assert is_vietnamese("Vò")
    assert mostly([*column, "Vò"]) is Legacy.TCVN3
    assert mostly(NAMES) is None
    assert mostly(["Nguyen Van An"]) is None


def test_every_rime_takes_the_tones_it_can():
    assert len(RIMES) > 140
    assert all(
        is_syllable(word) for word in ["nghiêng", "quyết", "gìn", "giêng", "khuỷu", "oằn", "ạ"]
    )
    assert not any(is_syllable(word) for word in ["phùc", "nguyiên", "aâ", "tốô", "xyz", "ngàch"])
