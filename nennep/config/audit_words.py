"""What the audit of the trail found, in sentences."""

from nennep.core import sealing
from nennep.core.auditing import Finding, Kind, Verdict
from nennep.core.text import vn_number

SENTENCES = {
    Kind.ALTERED: "Dòng {line}: nội dung đã bị sửa sau khi niêm phong.",
    Kind.MOVED: "Dòng {line}: mang nội dung của dòng {other}; thứ tự đã bị đổi.",
    Kind.DELETED: "Dòng {line}: đã bị xóa.",
    Kind.INSERTED: "Dòng {line}: được chèn vào phần đã niêm phong.",
    Kind.CUT_OFF: "Từ dòng {line}: phần cuối của nhật ký đã bị cắt.",
    Kind.BROKEN_SEAL: "Niêm phong số {seal}: không khớp nội dung của nó hoặc niêm phong trước.",
    Kind.MISSING_SEAL: "Niêm phong số {seal}: không còn.",
    Kind.REWRITTEN: "Niêm phong số {seal}: khác bản đối chứng; nhật ký đã bị viết lại.",
    Kind.UNGUARDED: "Cơ sở dữ liệu không còn chặn sửa, xóa nhật ký (thiếu trigger {name}). "
    "Chạy “nennep migrate” để đặt lại.",
}
CUT_AFTER = "Bản đối chứng ghi niêm phong số {seal}, đến dòng {line}: phần cuối đã bị cắt."
SHOWN = 50


def seal_and_say() -> str:
    """Seals what can be sealed; what still waits is told."""
    done = sealing.seal_lines()
    waiting = f"; {vn_number(done.waiting)} dòng chờ lần sau" if done.waiting else ""
    return f"Niêm phong {vn_number(done.lines)} dòng nhật ký{waiting}."


def told(verdict: Verdict) -> list[str]:
    sentences = [_in_words(finding) for finding in verdict.findings[:SHOWN]]
    more = len(verdict.findings) - SHOWN
    if more > 0:
        some = "" if verdict.is_complete else "ít nhất "
        sentences.append(f"… và {some}{vn_number(more)} chỗ nữa.")
    return sentences


def summary(verdict: Verdict) -> str:
    found = vn_number(len(verdict.findings)) if verdict.findings else "không có"
    return (
        f"{vn_number(verdict.lines)} dòng trong {vn_number(verdict.seals)} niêm phong, "
        f"{vn_number(verdict.unsealed)} dòng chưa niêm phong: {found} sai lệch."
    )


def _in_words(finding: Finding) -> str:
    is_known_outside = finding.kind == Kind.CUT_OFF and finding.seal
    return (CUT_AFTER if is_known_outside else SENTENCES[finding.kind]).format(
        line=finding.line, seal=finding.seal, other=finding.other, name=finding.name
    )
