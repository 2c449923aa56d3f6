"""The superior decides the official class: many together, exceptions one by one, always undoably."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, facts, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.organisation.models import Unit
from nennep.quality.actions.scoring import tell
from nennep.quality.choices import CLASSES
from nennep.quality.models import ScoreSheet

TOGETHER_AT_MOST = 2_000  # more belong to committees below, which know their cells
LONGEST_REASON = 300


@transaction.atomic
def decide_class(sheet: ScoreSheet, *, klass: str, by: User, reason: str = "") -> ScoreSheet:
    """The official class of one meeting. Another class than the cell's own needs a reason."""
    sheet = _locked(sheet)
    reason = tidy(reason)[:LONGEST_REASON]
    refuse_secret(reason)
    _refuse_not_counted(sheet)
    if klass not in CLASSES:
        raise Refusal(_("Choose a class."), code="no_such_class", field="klass")
    if klass != sheet.own_class and not reason:
        raise Refusal(
            _("The cell's own class is another one. Write the reason, which the cell will read."),
            code="reason_missing",
            field="reason",
        )
    before = sheet.official_class
    sheet.official_class, sheet.official_reason = klass, reason
    sheet.decided_by, sheet.decided_at = by, clock.now()
    sheet.save(update_fields=["official_class", "official_reason", "decided_by", "decided_at"])
    trail.record("class decided", sheet.meeting, by=by, old=before, new=klass, reason=reason)
    tell(sheet.meeting)
    return sheet


@transaction.atomic
def take_back_class(sheet: ScoreSheet, *, by: User) -> ScoreSheet:
    """Decided by mistake: the meeting waits for its class again."""
    sheet = _locked(sheet)
    if not sheet.official_class:
        raise Refusal(_("No class has been decided yet."), code="not_decided")
    before = sheet.official_class
    sheet.official_class, sheet.official_reason = "", ""
    sheet.decided_by, sheet.decided_at = None, None
    sheet.save(update_fields=["official_class", "official_reason", "decided_by", "decided_at"])
    trail.record("class taken back", sheet.meeting, by=by, old=before)
    tell(sheet.meeting)
    return sheet


@transaction.atomic
def confirm_classes(unit: Unit, *, month: date, by: User, but: Collection[int] = ()) -> int:
    """The classes that the cells gave themselves become official, except those kept back.

    `but` are ids of meetings to decide one by one. Returns how many were confirmed.
    """
    waiting = undecided_under(unit, month).exclude(pk__in=but)
    sheets = list(waiting.select_for_update(of=("self",)).order_by("pk")[: TOGETHER_AT_MOST + 1])
    if len(sheets) > TOGETHER_AT_MOST:
        raise Refusal(
            _("More than %(count)s meetings wait here. Confirm them committee by committee.")
            % {"count": TOGETHER_AT_MOST},
            code="too_many",
        )
    now = clock.now()
    for sheet in sheets:
        sheet.official_class, sheet.decided_by, sheet.decided_at = sheet.own_class, by, now
    ScoreSheet.objects.bulk_update(sheets, ["official_class", "decided_by", "decided_at"])
    trail.record(
        "classes decided together", unit, by=by, count=len(sheets), month=month.isoformat()
    )
    _tell_many(sheets, month)
    return len(sheets)


def undecided_under(unit: Unit, month: date) -> QuerySet[ScoreSheet]:
    """Meetings of the month, of cells that stand under the unit, that wait for their class."""
    waiting = ScoreSheet.objects.undecided().within(unit).filter(meeting__period=month)
    return waiting.select_related("meeting__unit", "vote")


def _tell_many(sheets: Sequence[ScoreSheet], month: date) -> None:
    cells = sorted({sheet.meeting.unit_id for sheet in sheets})
    if cells:
        facts.facts_changed.send(
            sender=ScoreSheet, cells=cells, cell=None, month=month, kind="months"
        )


def _locked(sheet: ScoreSheet) -> ScoreSheet:
    rows = ScoreSheet.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__unit", "vote").get(pk=sheet.pk)


def _refuse_not_counted(sheet: ScoreSheet) -> None:
    if not sheet.meeting.is_closed:
        raise Refusal(
            _(
                "The minutes of this meeting are not closed yet: the cell may still change its score."
            ),
            code="not_closed",
        )
    if not sheet.is_agreed or not sheet.self_class:
        raise Refusal(_("The cell has given itself no class for this meeting."), code="not_agreed")
