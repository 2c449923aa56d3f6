from nennep.imports.choices import Kind
from nennep.imports.management.terminal import TableCommand


class Command(TableCommand):
    help = "Nhập số liệu các buổi sinh hoạt đã qua từ bảng tính: xem thử, hoặc ghi với --apply"
    kind = Kind.HISTORY
