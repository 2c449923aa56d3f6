import pytest

from nennep.accounts import rules


@pytest.mark.parametrize(
    ("full_name", "username"),
    [
        ("Nguyễn Văn An", "nguyen.van.an"),
        ("Đỗ Thị Ánh Đào", "do.thi.anh.dao"),
        ("  lê   Ý ", "le.y"),
        ("H'Hen Niê", "h.hen.nie"),
        ("An", "dang.vien.an"),
        ("李", "dang.vien"),
        ("Nguyễn " + "Thị " * 20 + "An", "nguyen" + ".thi" * 11),
    ],
)
def test_a_user_name_is_the_name_itself_as_it_is_typed_without_accents(full_name, username):
    assert rules.spoken_username(full_name) == username
    assert rules.is_username(username)


def test_a_name_that_is_taken_gets_the_first_free_number():
    assert rules.free_username("le.y", {"le.yen"}) == "le.y"
    assert rules.free_username("le.y", {"le.y", "le.y2", "le.y4"}) == "le.y3"
