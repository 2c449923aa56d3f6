"""Topics that a superior puts on the agenda of every cell below."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.periods import month_of
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.meetings.actions.agenda import put_on_agendas
from nennep.meetings.models import CompulsoryTopic
from nennep.organisation.models import Unit


@transaction.atomic
def set_topic(
    unit: Unit, *, title: str, first_month: date, last_month: date, by: User
) -> CompulsoryTopic:
    """On every agenda of these months: those that are prepared already, and the others as they are."""
    title = tidy(title)
    refuse_secret(title)
    first, last = month_of(first_month), month_of(last_month)
    if unit.is_cell:
        raise Refusal(
            _("A cell has no cells below it. Put the topic on its own agenda."), code="is_a_cell"
        )
    if not title:
        raise Refusal(_("Write the topic."), code="title_missing", field="title")
    if last < first:
        raise Refusal(
            _("The last month lies before the first. Swap the two months."),
            code="period_backwards",
            field="last_month",
        )
    topic = CompulsoryTopic.objects.create(
        unit=unit, title=title, first_month=first, last_month=last, set_by=by
    )
    count = put_on_agendas(topic)
    trail.record(
        "topic set", topic, by=by, title=title, first_month=first, last_month=last, count=count
    )
    return topic


@transaction.atomic
def withdraw_topic(topic: CompulsoryTopic, *, by: User) -> CompulsoryTopic:
    """Agendas that have it keep it; new ones do not get it."""
    topic = CompulsoryTopic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if topic.withdrawn_at is None:
        topic.withdrawn_at = clock.now()
        topic.save(update_fields=["withdrawn_at"])
        trail.record("topic withdrawn", topic, by=by)
    return topic
