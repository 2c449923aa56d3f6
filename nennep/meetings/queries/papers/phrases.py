"""Names, moments and numbers the way the papers of a cell write them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction

from nennep.core import clock
from nennep.core.periods import add_months
from nennep.core.text import vn_date, vn_long_date, vn_percent
from nennep.meetings.choices import MeetingKind, PaperKind, SigningStyle
from nennep.meetings.models import Attendance, Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import day_of
from nennep.meetings.queries.minutes import Issuer
from nennep.meetings.rules.presets import preset, worded
from nennep.papers.paper import Align, Column, Masthead, Signer, Table

CALLED = {
    PaperKind.RESOLUTION: "resolution.kind",
    PaperKind.CONCLUSION: "resolution.kind_conclusion",
}


def month_words(month: date) -> str:
    return worded("month.written", month=month.month, year=month.year)


def meeting_words(meeting: Meeting) -> str:
    """“Sinh hoạt chi bộ thường kỳ tháng 6 năm 2024”; “sinh hoạt điểm” where others came to see."""
    is_model = meeting.is_model and meeting.kind in preset("wording")["kind_model"]
    section = "kind_model" if is_model else "kind"
    month = month_words(meeting.period)
    return worded(f"{section}.{meeting.kind}", month=month, year=meeting.period.year)


def said_of(meeting: Meeting, key: str, **values: object) -> str:
    """A sentence about the meeting, which calls it and those who decide by their names.

    `{gathering}` is “buổi sinh hoạt”, “hội nghị” or “đại hội”, `{assembly}` “chi bộ”, “chi ủy” or
    “đại hội”; with a capital where the sentence begins with it.
    """
    gathering, assembly = (worded(f"{name}.{meeting.kind}") for name in ("gathering", "assembly"))
    return worded(
        key,
        gathering=gathering,
        assembly=assembly,
        Gathering=gathering[:1].upper() + gathering[1:],
        Assembly=assembly[:1].upper() + assembly[1:],
        **values,
    )


def planned_words(meeting: Meeting) -> str:
    """When it is to be held, and how long where that was planned."""
    moment = moment_words(meeting.planned_at)
    if meeting.planned_minutes is None or meeting.planned_at is None:
        return moment
    return worded("moment.with_length", moment=moment, minutes=meeting.planned_minutes)


def within_sentence(words: str) -> str:
    """The same inside a sentence: its first letter small."""
    return words[:1].lower() + words[1:]


def moment_words(moment: datetime | None) -> str:
    """“19 giờ 30, ngày 03 tháng 6 năm 2024”; dots where it is not known."""
    if moment is None:
        return worded("month.unknown")
    local = moment.astimezone(clock.HANOI)
    return worded(
        "moment.full", hour=local.hour, minute=local.minute, day=vn_long_date(local.date())
    )


def time_words(moment: datetime, *, same_day_as: date | None = None) -> str:
    local = moment.astimezone(clock.HANOI)
    if same_day_as is not None and local.date() != same_day_as:
        return moment_words(moment)
    key = "moment.clock" if same_day_as is None else "moment.same_day"
    return worded(key, hour=local.hour, minute=local.minute)


def share_words(part: int, whole: int) -> str:
    return vn_percent(Fraction(part, whole)) if whole else vn_percent(None)


def body_name(issuer: Issuer, meeting: Meeting) -> str:
    if meeting.kind == MeetingKind.CELL_COMMITTEE:
        return worded("body.committee", cell=within_sentence(issuer.name))
    return issuer.name


def masthead(
    issuer: Issuer, meeting: Meeting, *, symbol: str = "", place_and_date: str = ""
) -> Masthead:
    return Masthead(issuer.superior, body_name(issuer, meeting), symbol, place_and_date)


def chair_words(meeting: Meeting) -> str:
    """“đồng chí Nguyễn Văn An, Bí thư”; dots where nobody is named."""
    if not meeting.chair_name:
        return worded("month.unknown")
    if not meeting.chair_post:
        return worded("people.comrade", name=meeting.chair_name)
    post = worded(f"post.spoken_{meeting.chair_post}")
    return worded("people.posted", name=meeting.chair_name, post=post)


def chair_title(meeting: Meeting) -> str:
    """What stands above the signature of whoever was in the chair."""
    is_congress = meeting.kind == MeetingKind.CONGRESS
    return worded("minutes.chair_signs_congress" if is_congress else "minutes.chair_signs")


def taker_words(meeting: Meeting) -> str:
    name = meeting.minute_taker_name
    return worded("people.comrade", name=name) if name else worded("month.unknown")


def chair_signs(paper: Resolution, meeting: Meeting) -> Signer:
    """T/M CHI BỘ – BÍ THƯ, as the style set has it; a deputy signs as deputy. A cell has no seal.

    For the presidium of a congress nobody signs by a post in the committee.
    """
    style = SigningStyle(paper.signing_style)
    has_post = meeting.chair_post and style != SigningStyle.PRESIDIUM
    post = worded(f"post.{meeting.chair_post}") if has_post else ""
    return Signer(str(style.label), post, meeting.chair_name)


def paper_words(paper: Resolution) -> str:
    return worded(CALLED[PaperKind(paper.kind)])


def counted(count: int) -> str:
    return worded("people.count", count=count) if count else worded("people.none")


def counted_names(names: Sequence[str], count: int | None = None) -> str:
    """“2 đồng chí: …”; the number alone where no names are kept."""
    number = len(names) if count is None else count
    if not number or not names:
        return counted(number)
    return worded("people.count_named", count=number, names=", ".join(names))


def with_reasons(rows: Iterable[Attendance]) -> list[str]:
    return [
        worded("people.named_reason", name=row.member.full_name, reason=row.reason)
        if row.reason
        else row.member.full_name
        for row in rows
    ]


def who_words(line: ResolutionItem) -> str:
    return line.who.full_name if line.who else line.who_text


def next_lines_table(lines: Sequence[ResolutionItem], meeting: Meeting) -> Table:
    """What, who, until when, and at which meeting it is reported; a congress names no month."""
    columns = [
        Column(worded("table.number"), 0.5, Align.CENTER),
        Column(worded("table.task"), 3.2),
        Column(worded("table.who"), 1.9),
        Column(worded("table.due"), 1.4, Align.CENTER),
    ]
    rows: list[tuple[str, ...]] = [
        (str(number), line.what, who_words(line), vn_date(line.due_on))
        for number, line in enumerate(lines, 1)
    ]
    if meeting.kind not in {MeetingKind.CONGRESS, MeetingKind.SELF_REVIEW}:
        following = add_months(meeting.period, 1)
        report = worded("resolution.next_meeting", month=f"{following.month}/{following.year}")
        columns.append(Column(worded("table.report"), 1.2, Align.CENTER))
        rows = [(*row, report) for row in rows]
    return Table(columns, rows)


def results_table(lines: Sequence[ResolutionItem], as_of: date | None = None) -> Table:
    """The lines of the resolution before: what, who, until when, and what had come of it by then."""
    return Table(
        [
            Column(worded("table.number"), 0.5, Align.CENTER),
            Column(worded("table.task"), 3),
            Column(worded("table.who"), 1.9),
            Column(worded("table.due"), 1.2, Align.CENTER),
            Column(worded("table.result"), 2),
        ],
        [
            (
                str(number),
                line.what,
                who_words(line),
                vn_date(line.due_on),
                result_words(line, as_of),
            )
            for number, line in enumerate(lines, 1)
        ],
    )


def result_words(line: ResolutionItem, as_of: date | None = None) -> str:
    """What was done later is told by the papers of later meetings."""
    if as_of is not None and line.done_on is not None and line.done_on > as_of:
        return worded("table.open")
    if line.result:
        return line.result
    if line.done_on:
        return worded("table.done", day=vn_date(line.done_on))
    return worded("table.open")


def file_stem(what: str, meeting: Meeting, issuer: Issuer) -> str:
    return f"{what} {issuer.name} {day_of(meeting):%Y-%m-%d}"
