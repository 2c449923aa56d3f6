from nennep.imports.choices import Kind
from nennep.imports.management.terminal import TableCommand


class Command(TableCommand):
    help = "Nhập tổ chức đảng từ bảng tính: xem thử, hoặc ghi vào cây tổ chức với --apply"
    kind = Kind.UNITS
