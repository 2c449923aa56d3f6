import pytest

from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret


@pytest.mark.parametrize(
    "text",
    ["MẬT", "TỐI MẬT\nBáo cáo", "Số 1\n  TUYỆT   MẬT  \nKính gửi", "– MẬT –", "MA\u0323\u0302T"],
)
def test_a_mark_on_a_line_of_its_own_is_refused(text):
    with pytest.raises(Refusal) as no:
        refuse_secret("Nội dung thường", text)
    assert no.value.code == "secret"


@pytest.mark.parametrize(
    "text",
    [
        "Quán triệt quy chế bảo mật",
        "Giữ bí mật nhà nước",
        "BẢO MẬT",
        "Mật ong",
        "Độ MẬT của văn bản",
        "",
    ],
)
def test_the_word_in_a_sentence_is_no_mark(text):
    refuse_secret(text)


@pytest.mark.parametrize(
    "name", ["TỐI MẬT.pdf", "bao-cao_MẬT.docx", "bao_cao_tuyet_mat.pdf", "mat.pdf"]
)
def test_a_file_named_so_is_refused(name):
    with pytest.raises(Refusal):
        refuse_secret(file_name=name)


@pytest.mark.parametrize(
    "name", ["bao-mat.pdf", "mặt trận.pdf", "mat_tran_to_quoc.docx", "co mat.xlsx", "format.pdf"]
)
def test_a_name_that_only_sounds_so_is_taken(name):
    refuse_secret(file_name=name)


def test_what_the_person_declares_secret_is_refused():
    with pytest.raises(Refusal):
        refuse_secret("Nội dung thường", is_declared_secret=True)
