"""Scoring inside the cell: the committee agrees, the cell votes, weak criteria get their remedies."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy
from nennep.meetings.actions import record_vote, remove_vote
from nennep.meetings.models import Meeting, Vote
from nennep.members.models import Member
from nennep.quality.choices import CLASSES
from nennep.quality.models import ScoreSheet
from nennep.quality.queries.filled import Filled, filled_sheet, kept_lines
from nennep.quality.queries.words import points_words
from nennep.quality.rules.presets import worded
from nennep.quality.rules.scoring import Given, Line, Score, score
from nennep.regulations.models import RuleValue

SUBJECT = "meeting_class"
EXACTLY = Decimal("0.000001")
LONGEST_REASON = 300


@transaction.atomic
def agree_score(
    meeting: Meeting, *, given: Mapping[str, Given], by: User, remedies: str | None = None
) -> ScoreSheet:
    """The self-score: what the facts propose, over it what a person set, with the reason.

    Refused while a criterion is open, where a proposal is changed without a reason, and once the
    minutes are closed on it. A vote taken on another class before is thrown away.
    """
    _lock(meeting)
    filled = _to_score(meeting)
    clean = {code: _tidied(each) for code, each in given.items()}
    refuse_secret(remedies or "", *(each.reason for each in clean.values()))
    found = score(filled.sheet, filled.found.facts, clean)
    refuse_unfit(filled, found, clean)
    sheet = _row(meeting, filled)
    before = sheet.self_class
    sheet.rubric = RuleValue.objects.get(public_id=filled.held_by.rubric)
    sheet.lines, sheet.facts = kept_lines(found), filled.found.facts.kept()
    sheet.total, sheet.self_class = stored(found.total), found.klass or ""
    sheet.agreed_by, sheet.agreed_at = by, clock.now()
    if remedies is not None:
        sheet.remedies = nfc(remedies).strip()
    if sheet.self_class != before:
        _drop_vote(sheet, by)
    sheet.save()
    trail.record("self-score agreed", meeting, by=by, value=_shown(sheet), new=sheet.self_class)
    tell(meeting)
    return sheet


@transaction.atomic
def record_class_vote(
    meeting: Meeting,
    *,
    in_favour: int,
    by: User,
    against: int = 0,
    other: int = 0,
    klass: str = "",
) -> ScoreSheet:
    """The cell votes on its class: the one its committee proposed, unless it says another."""
    _lock(meeting)
    sheet = _agreed(meeting)
    klass = klass or sheet.self_class
    if klass not in CLASSES:
        raise Refusal(_("This sheet gives no class, so there is none to vote on."), code="no_class")
    _drop_vote(sheet, by)
    question = vote_question(None if sheet.total is None else Fraction(sheet.total), klass)
    sheet.vote = record_vote(
        meeting,
        subject=SUBJECT,
        question=question,
        in_favour=in_favour,
        against=against,
        other=other,
        by=by,
    )
    sheet.voted_class = klass
    sheet.save(update_fields=["vote", "voted_class"])
    trail.record("score voted", meeting, by=by, new=klass)
    return sheet


@transaction.atomic
def write_remedies(meeting: Meeting, *, text: str, by: User) -> ScoreSheet:
    """Which criteria are weak, and what is done about them: said by the chair, kept with the score."""
    _lock(meeting)
    sheet = _agreed(meeting)
    refuse_secret(text)
    _refuse_locked(meeting, sheet)
    sheet.remedies = nfc(text).strip()
    sheet.save(update_fields=["remedies"])
    trail.record("remedies written", meeting, by=by)
    return sheet


@transaction.atomic
def name_scorer(meeting: Meeting, *, scorer: Member | None, by: User) -> ScoreSheet:
    """Who follows the meeting and scores it: named by the secretary, before or during it."""
    _lock(meeting)
    filled = _to_score(meeting)
    if scorer is not None and meeting.unit.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only: no person's name is kept here.")
            % {"unit": meeting.unit.name},
            code="figures_only",
        )
    sheet = _row(meeting, filled)
    sheet.scorer = scorer
    sheet.save()
    trail.record("scorer named", meeting, by=by)
    return sheet


@transaction.atomic
def take_back_score(meeting: Meeting, *, by: User) -> None:
    """Agreed by mistake, while the minutes are open: the sheet fills itself in again."""
    _lock(meeting)
    sheet = _agreed(meeting)
    _refuse_locked(meeting, sheet)
    _drop_vote(sheet, by)
    trail.record("self-score taken back", meeting, by=by, old=sheet.self_class)
    sheet.delete()


def tell(meeting: Meeting) -> None:
    """Scores count once the minutes are closed; before that nobody above has to know."""
    if meeting.is_closed:
        facts.facts_changed.send(
            sender=ScoreSheet, cell=meeting.unit, month=meeting.period, kind="month"
        )


def refuse_unfit(filled: Filled, found: Score, given: Mapping[str, Given]) -> None:
    """What cannot be agreed: strange or open criteria, points out of range, changes without a reason."""
    _refuse_unknown(filled, given)
    _refuse_out_of_range(found, given)
    _refuse_open(found)
    _refuse_unexplained(found)


def vote_question(total: Fraction | None, klass: str) -> str:
    """What the cell votes on, in the words of its papers."""
    return worded(
        "vote.question", points=points_words(total), **{"class": worded(f"class.{klass}")}
    )


def _lock(meeting: Meeting) -> None:
    """The meeting's row, so that closing and scoring wait for each other."""
    fresh = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    meeting.closed_at, meeting.cancelled_at = fresh.closed_at, fresh.cancelled_at
    if meeting.cancelled_at is not None:
        raise Refusal(
            _("This meeting was cancelled. Undo the cancellation first."), code="cancelled"
        )


def _to_score(meeting: Meeting) -> Filled:
    filled = filled_sheet(meeting)
    if filled is None:
        raise Refusal(
            _(
                "No score sheet is in force for this meeting, or it has not been opened yet. There"
                " is nothing to score."
            ),
            code="no_sheet",
        )
    if filled.kept is not None and filled.kept.is_agreed:
        _refuse_locked(meeting, filled.kept)
    return filled


def _agreed(meeting: Meeting) -> ScoreSheet:
    sheet = ScoreSheet.objects.select_related("vote").filter(meeting=meeting).first()
    if sheet is None or not sheet.is_agreed:
        raise Refusal(_("Agree on the self-score first."), code="not_agreed")
    return sheet


def _row(meeting: Meeting, filled: Filled) -> ScoreSheet:
    if filled.kept is not None:
        return filled.kept
    rubric = RuleValue.objects.get(public_id=filled.held_by.rubric)
    return ScoreSheet(meeting=meeting, rubric=rubric)


def _refuse_locked(meeting: Meeting, sheet: ScoreSheet) -> None:
    """A meeting typed in later may still be scored once; what was agreed before closing stays."""
    if sheet.official_class:
        raise Refusal(
            _("The superior has decided the class of this meeting: the score stays as it is."),
            code="decided",
        )
    if meeting.is_closed:
        raise Refusal(
            _("The minutes are closed: the score in them stays as it is. Write an addendum."),
            code="closed",
        )


def _tidied(given: Given) -> Given:
    return Given(given.points, given.is_met, tidy(given.reason)[:LONGEST_REASON])


def _refuse_unknown(filled: Filled, given: Mapping[str, Given]) -> None:
    known = {criterion.code for criterion in filled.sheet.lines}
    if strange := sorted(set(given) - known):
        raise Refusal(
            _("The sheet of that day has no criterion “%(code)s”. Reload the page.")
            % {"code": ", ".join(strange)},
            code="no_such_criterion",
        )


def _refuse_out_of_range(found: Score, given: Mapping[str, Given]) -> None:
    for line in found.lines:
        wanted = given.get(line.criterion.code, Given()).points
        if wanted is not None and line.is_asked and not 0 <= wanted <= line.max:
            raise Refusal(
                _("Criterion %(code)s has at most %(max)s points.")
                % {"code": line.criterion.code, "max": points_words(line.max)},
                code="points_out_of_range",
                field=line.criterion.code,
            )


def _refuse_open(found: Score) -> None:
    if found.missing:
        codes = ", ".join(line.criterion.code for line in found.missing)
        raise Refusal(
            _("These criteria have no points yet: %(codes)s. Set them, then agree.")
            % {"codes": codes},
            code="incomplete",
            field=found.missing[0].criterion.code,
        )


def _refuse_unexplained(found: Score) -> None:
    for line in found.lines:
        if _is_changed(line) and not line.reason:
            raise Refusal(
                _("Criterion %(code)s: the fact says otherwise. Write why it was changed.")
                % {"code": line.criterion.code},
                code="reason_missing",
                field=line.criterion.code,
            )


def _is_changed(line: Line) -> bool:
    """A person set it against what the facts say: other points, or the other verdict."""
    proposed = line.proposal
    if line.points is not None:
        return proposed.points is not None and proposed.points != line.points
    return (
        proposed.is_met is not None and line.is_met is not None and proposed.is_met != line.is_met
    )


def _drop_vote(sheet: ScoreSheet, by: User) -> None:
    if sheet.vote is not None:
        vote: Vote = sheet.vote
        sheet.vote, sheet.voted_class = None, ""
        sheet.save(update_fields=["vote", "voted_class"])
        remove_vote(vote, by=by)


def stored(total: Fraction | None) -> Decimal | None:
    """A total as it is kept; its class follows from the exact one."""
    return None if total is None else kept_number(total)


def kept_number(number: Fraction) -> Decimal:
    """To six places, so that rounding for a page never rounds twice."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(EXACTLY)


def _shown(sheet: ScoreSheet) -> str:
    return points_words(None if sheet.total is None else Fraction(sheet.total))
