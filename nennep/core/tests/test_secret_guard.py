import pytest

from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret, refuse_secret_file


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


@pytest.mark.parametrize(
    "text",
    [
        "Tối mật",
        "(Tuyệt mật)",
        "T Ố I M Ậ T",
        "M  Ậ  T",
        "Độ mật: Mật",
        "Dấu chỉ mức độ mật: TỐI MẬT",
        "[MẬT]",
        "***TUYỆT MẬT***",
    ],
)
def test_a_mark_in_another_dress_is_a_mark(text):
    with pytest.raises(Refusal):
        refuse_secret(f"Đảng bộ xã Bình An\n{text}\nBáo cáo")


@pytest.mark.parametrize(
    "text",
    [
        "Độ mật: Không",
        "Độ mật:",
        "mật",
        "Mật",
        "Mật ong rừng",
        "Tuyệt mật của nhà nước phải giữ kín",
        "Không để lộ tài liệu tối mật.",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "BÍ MẬT",
        "GIỮ BÍ MẬT",
        "Bật mí, bật mật",
        "1. Công tác bảo mật, an toàn thông tin",
        "MẬT ONG",
        "MẬT KHẨU",
    ],
)
def test_the_word_in_other_words_is_none(text):
    refuse_secret(f"Đảng bộ xã Bình An\n{text}\nBáo cáo")
    refuse_secret_file([f"{text}\nBáo cáo"], file_name="bao-cao.pdf")


@pytest.mark.parametrize(
    "line",
    [
        "MẬT Hà Nội, ngày 05 tháng 6 năm 2024",
        "Số 05-BC/ĐU   MẬT",
        "Số 05-BC/ĐU MẬT",
        "TỐI MẬT ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG CỘNG SẢN VIỆT NAM TUYỆT MẬT",
        "MẬT\tPhúc Thọ",
    ],
)
def test_a_mark_beside_the_head_of_the_first_page_is_found(line):
    with pytest.raises(Refusal) as no:
        refuse_secret_file([f"ĐẢNG BỘ XÃ BÌNH AN\n{line}\nBÁO CÁO"], file_name="bao-cao.pdf")
    assert "MẬT" in no.value.message
    refuse_secret_file(["Trang đầu", line], file_name="bao-cao.pdf")  # a line of a later page


@pytest.mark.parametrize(
    "name",
    [
        "công văn mật.pdf",
        "Tối mật - báo cáo.docx",
        "Mật.pdf",
        "CV 05 mat.pdf",
        "bao_cao_mat_2024.docx",
        "toi-mat.xlsx",
        "05_MẬT_bc.docx",
    ],
)
def test_a_name_that_says_so_is_refused_and_not_repeated(name):
    with pytest.raises(Refusal) as no:
        refuse_secret_file(["Nội dung thường"], file_name=name)
    assert name not in no.value.message


@pytest.mark.parametrize(
    "name",
    [
        "quy chế bảo mật.pdf",
        "Luật bảo vệ bí mật nhà nước.pdf",
        "mật khẩu.docx",
        "mật ong.pdf",
        "danh sach co mat.xlsx",
        "mat tran to quoc.pdf",
        "giu gin mat doan ket.docx",
        "mat_bang.png",
        "format.pdf",
        "thân mật.docx",
    ],
)
def test_a_name_with_another_word_is_taken(name):
    refuse_secret_file(["Nội dung thường"], file_name=name)
