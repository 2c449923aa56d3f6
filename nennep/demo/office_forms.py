"""The forms of the district's own, invented: a column more and other words than the product's tables."""

from nennep.accounts.models import User
from nennep.organisation.models import Unit
from nennep.papers.xlsx import Sheet, SheetColumn, workbook
from nennep.quality.actions.office_forms import confirm_columns, keep_form
from nennep.quality.choices import FormKind

DISTRICT = "SOCSON"
WIDE = {"Tên chi bộ": 42, "Ghi chú": 40}
CLASSES = ("Tốt", "Khá", "Trung bình", "Kém")
FORMS = {
    FormKind.MONTH: (
        "Biểu theo dõi sinh hoạt chi bộ trong tháng (ví dụ)",
        ("TT", "Tên chi bộ", "Đảng viên dự/phải dự", "Ngày họp", "Điểm", *CLASSES, "Ghi chú"),
    ),
    FormKind.PERIOD: (
        "Biểu tổng hợp xếp loại sinh hoạt chi bộ (ví dụ)",
        ("TT", "Tên chi bộ", *(f"Tháng {n}" for n in range(1, 13)), "Số kỳ đã họp", "Xếp loại"),
    ),
}


def keep_forms(*, by: User) -> None:
    """One form for the table of a month, one for that of a half-year; both are ready to be filled."""
    unit = Unit.objects.get(code=DISTRICT)
    for kind, (name, titles) in FORMS.items():
        columns = [SheetColumn(title, WIDE.get(title, 12)) for title in titles]
        content = workbook([Sheet("Biểu", columns, (), heading=name.upper())])
        form = keep_form(unit, kind=kind, name=name, content=content, by=by)
        found = {int(column): key for column, key in form.columns.items()}
        confirm_columns(form, columns=found, by=by)
