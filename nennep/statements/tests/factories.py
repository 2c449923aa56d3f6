"""Reports of invented places, in the ways such reports are written, and numbers in words."""

HONG_HA = """Quận Hồng Hà: Hiệu quả sau 3 năm nâng cao chất lượng sinh hoạt chi bộ

Chiều 20/8/2024, Quận ủy Hồng Hà tổ chức hội nghị sơ kết 3 năm thực hiện Đề án số 11-ĐA/TU ngày 06/12/2021 của Ban Thường vụ Thành ủy Hà Nội.

Đảng bộ quận Hồng Hà hiện có 61 TCCSĐ với gần 22.500 đảng viên sinh hoạt tại 612 chi bộ. Quận ủy đã ban hành 13 kế hoạch, 3 đề án, 45 văn bản chỉ đạo.
Tỷ lệ đảng viên dự sinh hoạt bình quân đạt 91,7%, tăng 4,2% so với năm 2021; 98,5% chi bộ duy trì nền nếp chế độ sinh hoạt định kỳ, 95% chi bộ tổ chức sinh hoạt chuyên đề hằng quý. Trên 40% đảng viên tham gia phát biểu tại các buổi sinh hoạt. Số chi bộ hoàn thành tốt nhiệm vụ trở lên đạt 92,3%.
Quận ủy mở 12 lớp tập huấn cho 1.250 bí thư, phó bí thư, chi ủy viên; kết nạp 350 đảng viên mới.
Toàn quận có 45.000 hộ dân, 12.000 hội viên phụ nữ; trao 120 suất quà trị giá 60 triệu đồng; 100% hộ gia đình văn hóa; 15 trang trại.
Ông Nguyễn Văn Bình, Bí thư Quận ủy nhấn mạnh: "Cần tiếp tục đổi mới nội dung sinh hoạt chi bộ."
Nhân dịp này, Quận ủy tặng giấy khen cho mười hai tập thể và 15 cá nhân. Có 21.980/22.450 đảng viên (97,9%) đã cài đặt Sổ tay đảng viên điện tử.
"""


def in_words(number: int) -> str:
    """The usual way of saying a whole number below a thousand million."""
    if number == 0:
        return "không"
    groups = [
        (number // 1_000_000, "triệu"),
        (number // 1_000 % 1_000, "nghìn"),
        (number % 1_000, ""),
    ]
    said: list[str] = []
    for count, size in groups:
        if count:
            said += [*_hundreds(count, is_first=not said), *([size] if size else [])]
    return " ".join(said)


NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _hundreds(number: int, *, is_first: bool) -> list[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = [NAMES[hundreds], "trăm"] if hundreds or not is_first else []
    if tens == 0:
        return said + ([*(["linh"] if said else []), NAMES[ones]] if ones else [])
    said += ["mười"] if tens == 1 else [NAMES[tens], "mươi"]
    if ones == 0:
        return said
    if ones == 1 and tens > 1:
        return [*said, "mốt"]
    return [*said, "lăm" if ones == 5 else NAMES[ones]]
