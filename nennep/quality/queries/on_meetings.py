"""What scoring adds to the pages and papers of a meeting (`meetings.queries.additions`)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.text import vn_percent
from nennep.meetings.models import Meeting, Vote
from nennep.meetings.queries.additions import Hint, Panel
from nennep.papers.paper import Block, BulletList, Heading, Paragraph, bold
from nennep.quality.choices import Can
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.filled import (
    SHEET_OF,
    Filled,
    agreed_score,
    filled_sheet,
    scored_by,
    with_rubrics,
)
from nennep.quality.queries.losses import losses, mendable
from nennep.quality.queries.words import points_words
from nennep.quality.rules.presets import worded
from nennep.quality.rules.scoring import Score
from nennep.quality.rules.sheets import Sheet


def concluding_panel(meeting: Meeting, person: Person) -> Panel | None:
    """On step 4: how the score stands, and the way to it."""
    filled = _filled(meeting)
    if filled is None or not _scores(filled):
        return None
    return Panel(
        key="score",
        title=_("Score of the meeting"),
        template="quality/_on_conclude.html",
        shown={
            "kept": filled.kept if filled.agreed else None,
            "open_count": len(filled.now.missing),
            "line_count": len(filled.now.lines),
            "set_points": _points_set(filled.now),
            "most": filled.sheet.total,
            "changed": filled.changed,
            "sheet": filled.sheet,
        },
        icon="chart",
        url=reverse("quality:score", args=[meeting.public_id]) if _may(person, meeting) else "",
        button=_("Look at the score") if filled.agreed else _("Score the meeting"),
    )


def following_panel(meeting: Meeting, person: Person) -> Panel | None:
    """On step 5: the three classes beside one another."""
    filled = _filled(meeting) if meeting.is_closed else None
    if filled is None or not (filled.agreed or _scores(filled)):
        return None
    return Panel(
        key="score",
        title=_("Score and class"),
        template="quality/_on_follow.html",
        shown={
            "kept": filled.kept if filled.agreed else None,
            "changed": filled.changed,
            "losses": losses(filled, meeting) if filled.agreed else [],
        },
        icon="chart",
        url=reverse("quality:score", args=[meeting.public_id]),
        button=_("Look at the score") if filled.agreed else _("Score the meeting"),
    )


def lacking(meeting: Meeting) -> Iterator[Hint]:
    """Before closing: what is not scored or voted yet, and what can still be put right."""
    filled = _filled(meeting)
    if filled is None or not _scores(filled):
        return
    url = reverse("quality:score", args=[meeting.public_id])
    kept = filled.kept if filled.agreed else None
    if kept is None:
        yield Hint(_("The meeting has not been scored yet."), url)
    elif kept.self_class and kept.vote is None:
        yield Hint(_("The cell has not voted on its class yet."), url)
    if filled.changed:
        yield Hint(_("The facts have changed since the score was agreed: look at it again."), url)
    for loss in mendable(filled, meeting):
        yield Hint(loss.sentence, loss.url)


def _filled(meeting: Meeting) -> Filled | None:
    """None at once for meetings that no sheet is for."""
    if meeting.kind not in SHEET_OF or meeting.started_at is None:
        return None
    return filled_sheet(meeting)


def _scores(filled: Filled) -> bool:
    """A sheet that only says met or not met is there to be looked at, not asked for at closing."""
    return filled.sheet.has_points or filled.agreed is not None


def _may(person: Person, meeting: Meeting) -> bool:
    return any(
        meeting.unit.path.startswith(reach.path) and reach.only in {None, meeting.public_id}
        for reach in person.reaches(Can.SCORE_MEETINGS)
    )


def _points_set(found: Score) -> Fraction:
    return sum((line.points for line in found.lines if line.points is not None), Fraction(0))


# In the papers


def minutes_blocks(meetings: Collection[Meeting]) -> Mapping[int, Iterable[Block]]:
    """The score in the minutes; class and remedies must be written there or in the resolution."""
    heading = Heading(worded("paper.heading"), level=2)
    return {pk: [heading, *_blocks(kept)] for pk, kept in _kept(meetings).items()}


def resolution_blocks(meetings: Collection[Meeting]) -> Mapping[int, Iterable[Block]]:
    """The same in the resolution, whose own heading stands above it."""
    return {pk: list(_blocks(kept)) for pk, kept in _kept(meetings).items()}


def _kept(meetings: Collection[Meeting]) -> dict[int, ScoreSheet]:
    rows = ScoreSheet.objects.filter(meeting__in=meetings, agreed_at__isnull=False)
    return {row.pk: row for row in with_rubrics(rows.select_related("vote", "scorer"))}


def _blocks(kept: ScoreSheet) -> Iterator[Block]:
    held_by = scored_by(kept.rubric)
    found = agreed_score(held_by.sheet, kept)
    yield Paragraph(worded("paper.by", title=held_by.sheet.title, basis=held_by.source.symbol))
    if kept.scorer is not None:
        yield Paragraph(worded("paper.scorer", name=kept.scorer.full_name))
    yield from _result(held_by.sheet, found, kept)
    if kept.vote is not None:
        yield Paragraph(_voted(kept.vote, kept.voted_class))
    if kept.remedies:
        yield Paragraph((bold(worded("paper.remedies")),), keeps_with_next=True)
        for text in filter(None, map(str.strip, kept.remedies.split("\n"))):
            yield Paragraph(text)


def _result(sheet: Sheet, found: Score, kept: ScoreSheet) -> Iterator[Block]:
    if not sheet.has_points:
        yield from _met(found)
        return
    most = points_words(sheet.total)
    yield Paragraph(worded("paper.total", points=points_words(found.total), most=most))
    if kept.self_class:
        yield Paragraph(worded("paper.class", **{"class": worded(f"class.{kept.self_class}")}))
    weak = [line for line in found.lines if line.lost]
    if weak:
        yield Paragraph(worded("paper.lost"), keeps_with_next=True)
        yield BulletList(
            [
                worded(
                    "paper.lost_line",
                    code=line.criterion.code,
                    title=line.criterion.title,
                    points=points_words(line.points),
                    max=points_words(line.max),
                )
                for line in weak
            ]
        )


def _met(found: Score) -> Iterator[Block]:
    asked = [line for line in found.lines if line.is_asked]
    met = sum(1 for line in asked if line.is_met)
    yield Paragraph(worded("paper.met", met=met, all=len(asked)), keeps_with_next=True)
    yield BulletList(
        [
            worded(
                "paper.met_line",
                code=line.criterion.code,
                verdict=worded("paper.is_met" if line.is_met else "paper.not_met"),
            )
            for line in asked
        ]
    )


def _voted(vote: Vote, klass: str) -> str:
    key = "paper.voted" if vote.is_passed else "paper.not_carried"
    share = vn_percent(Fraction(vote.in_favour, vote.base) if vote.base else None)
    words = {"class": worded(f"class.{klass}"), "for_": vote.in_favour, "base": vote.base}
    return worded(key, share=share, **words)
