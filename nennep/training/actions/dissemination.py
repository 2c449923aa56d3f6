"""A document is made known: who is to, who has, and what closed minutes show by themselves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions import set_topic
from nennep.meetings.models import Meeting
from nennep.members.queries import totals_on
from nennep.organisation.models import Unit
from nennep.training.actions.ground import tell_cells
from nennep.training.choices import ReachForm
from nennep.training.models import Dissemination, Receipt
from nennep.training.queries.naming import Dealt, dealt_at, dealt_with, names, texts_of
from nennep.training.queries.wording import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDissemination:
    """`under`: some of the units below; without any, all of them. `is_on_agendas`: also as a topic."""

    title: str
    symbol: str = ""
    form: str = ReachForm.REGULAR
    begins_on: date
    due_on: date
    under: Sequence[Unit] = ()
    is_on_agendas: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """What is said of many cells at once: by receipt id, how many members were reached."""

    on: date
    form: str
    members: Mapping[int, int] = field(default_factory=dict)


@transaction.atomic
def give_dissemination(unit: Unit, *, new: NewDissemination, by: User) -> Dissemination:
    """Every cell below is asked; what closed minutes show already counts at once."""
    title, symbol = tidy(new.title), tidy(new.symbol)
    refuse_secret(title, symbol)
    _refuse_words(title, new)
    cells = cells_asked(unit, new)
    topic = None
    if new.is_on_agendas and not unit.is_cell:
        words = worded("dissemination.topic", title=f"{symbol} {title}".strip())
        topic = set_topic(
            unit,
            title=words[:300],
            first_month=month_of(new.begins_on),
            last_month=month_of(new.due_on),
            by=by,
        )
    given = Dissemination.objects.create(
        unit=unit,
        title=title,
        symbol=symbol,
        form=new.form,
        begins_on=new.begins_on,
        due_on=new.due_on,
        topic=topic,
        given_by=by,
    )
    strengths = totals_on([cell.pk for cell in cells], min(new.due_on, clock.today()))
    Receipt.objects.bulk_create(
        Receipt(dissemination=given, unit=cell, strength=strengths[cell.pk]) for cell in cells
    )
    trail.record("dissemination given", given, by=by, title=given.words, count=len(cells))
    _take(given, dealt_with(given))
    tell_cells({cell.pk for cell in cells})
    return given


def _refuse_words(title: str, new: NewDissemination) -> None:
    if not title:
        raise Refusal(_("Write what is to be made known."), code="title_missing", field="title")
    if new.due_on < new.begins_on:
        raise Refusal(
            _("The last day lies before the first. Swap the two days."),
            code="due_before_it_begins",
            field="due_on",
        )


def cells_asked(unit: Unit, new: NewDissemination) -> list[Unit]:
    """Those there were on the last day, or are today. Refuses what does not stand under the unit."""
    found: dict[int, Unit] = {}
    day = min(new.due_on, clock.today())
    for each in new.under or [unit]:
        if not each.path.startswith(unit.path):
            raise Refusal(
                _("“%(unit)s” does not stand under “%(giver)s”.")
                % {"unit": each.name, "giver": unit.name},
                code="not_below",
                field="under",
            )
        found |= {cell.pk: cell for cell in Unit.objects.within(each).cells().living_on(day)}
    if not found:
        raise Refusal(
            _("There is no cell below. Choose another organisation."),
            code="no_cells",
            field="under",
        )
    return list(found.values())


@transaction.atomic
def record_reached(dissemination: Dissemination, *, reached: Reached, by: User) -> int:
    """What offices report of cells; returns how many cells. Only receipts of this document."""
    fresh = _standing(dissemination)
    if reached.on > clock.today():
        raise Refusal(_("That day has not come yet."), code="in_future", field="on")
    if reached.on < fresh.begins_on:
        raise Refusal(
            _("It was given on %(day)s; it was not made known before that.")
            % {"day": f"{fresh.begins_on.day}-{fresh.begins_on.month}-{fresh.begins_on.year}"},
            code="before_it_begins",
            field="on",
        )
    rows = fresh.receipts.select_for_update().filter(pk__in=list(reached.members))
    receipts = list(rows.select_related("unit"))
    strengths = totals_on([receipt.unit_id for receipt in receipts], reached.on)
    for receipt in receipts:
        receipt.members = reached.members[receipt.pk]
        receipt.strength = strengths[receipt.unit_id]
        receipt.reached_on, receipt.form, receipt.meeting = reached.on, reached.form, None
        _refuse_too_many(receipt)
    _save(receipts)
    trail.record("cells reached", fresh, by=by, count=len(receipts), on=reached.on)
    tell_cells({receipt.unit_id for receipt in receipts})
    return len(receipts)


def _refuse_too_many(receipt: Receipt) -> None:
    if not 0 < receipt.members <= receipt.strength:
        raise Refusal(
            _("“%(unit)s” had %(strength)s members that day. Write a number from 1 to that.")
            % {"unit": receipt.unit.name, "strength": receipt.strength},
            code="too_many",
            field=f"members_{receipt.pk}",
        )


@transaction.atomic
def take_back_reached(receipt: Receipt, *, by: User) -> Receipt:
    """It was reported by mistake. What closed minutes show is not taken back here."""
    fresh = (
        Receipt.objects.select_for_update(of=("self",)).select_related("unit").get(pk=receipt.pk)
    )
    if fresh.meeting_id is not None:
        raise Refusal(
            _("The minutes of a closed meeting show it; that stays."), code="shown_by_minutes"
        )
    fresh.reached_on, fresh.members, fresh.form = None, 0, ""
    _save([fresh])
    trail.record("reach taken back", fresh, by=by)
    tell_cells({fresh.unit_id})
    return fresh


@transaction.atomic
def withdraw_dissemination(dissemination: Dissemination, *, reason: str, by: User) -> Dissemination:
    """It need not be made known any more: it counts for nobody. Agendas keep the topic."""
    fresh, reason = _standing(dissemination), tidy(reason)
    refuse_secret(reason)
    if not reason:
        raise Refusal(_("Write why."), code="reason_missing", field="reason")
    fresh.withdrawn_on = clock.today()
    fresh.save(update_fields=["withdrawn_on"])
    trail.record("dissemination withdrawn", fresh, by=by, reason=reason)
    tell_cells(set(fresh.receipts.values_list("unit_id", flat=True)))
    return fresh


def follow_closing(meeting: Meeting, *, by: User) -> None:
    """Closed minutes that name a document, or had its topic on the agenda, have made it known."""
    dealt = dealt_at(Meeting.objects.select_related("roll_call").get(pk=meeting.pk))
    if dealt is None:
        return
    waiting = (
        Receipt.objects.counted()
        .filter(
            unit_id=meeting.unit_id, reached_on__isnull=True, dissemination__begins_on__lte=dealt.on
        )
        .select_related("dissemination")
    )
    receipts = list(waiting)
    if not receipts:
        return
    texts = texts_of(meeting)
    topics = set(meeting.items.values_list("topic_id", flat=True)) - {None}
    named = [
        receipt
        for receipt in receipts
        if receipt.dissemination.topic_id in topics or names(texts, receipt.dissemination)
    ]
    for receipt in named:
        _fill(receipt, dealt)
    _save(named)
    if named:
        tell_cells({meeting.unit_id})


def _take(dissemination: Dissemination, dealt: Iterable[Dealt]) -> None:
    by_cell = {each.cell_id: each for each in dealt}
    receipts = list(dissemination.receipts.filter(unit_id__in=list(by_cell)))
    for receipt in receipts:
        _fill(receipt, by_cell[receipt.unit_id])
    _save(receipts)


def _fill(receipt: Receipt, dealt: Dealt) -> None:
    receipt.reached_on, receipt.members, receipt.strength = dealt.on, dealt.present, dealt.strength
    receipt.form, receipt.meeting_id = dealt.form, dealt.meeting_id


def _save(receipts: Collection[Receipt]) -> None:
    columns = ["reached_on", "members", "strength", "form", "meeting"]
    Receipt.objects.bulk_update(receipts, columns, batch_size=500)


def _standing(dissemination: Dissemination) -> Dissemination:
    rows = Dissemination.objects.select_for_update(of=("self",)).select_related("unit")
    fresh = rows.get(pk=dissemination.pk)
    if fresh.withdrawn_on is not None:
        raise Refusal(_("This need not be made known any more."), code="withdrawn")
    return fresh
