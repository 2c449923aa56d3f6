"""What was said and concluded, written item by item, by one person or by two at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc
from nennep.meetings.actions.locks import changeable, held, not_in_future
from nennep.meetings.models import AgendaItem, Meeting, Revision, TextRevision


class EditedMeanwhile(Refusal):
    """Somebody saved another text first. `theirs` is what stands now; what was typed is not lost."""

    def __init__(self, theirs: AgendaItem | Meeting) -> None:
        super().__init__(
            _(
                "Somebody else saved another text meanwhile. Read it beside yours, put the two"
                " together, then save again."
            ),
            code="edited_meanwhile",
        )
        self.theirs = theirs


@transaction.atomic
def write_item(
    item: AgendaItem, *, discussion: str, conclusion: str, version: int, by: User
) -> AgendaItem:
    """`version` is the one the writer saw. The text before is kept as a revision."""
    changeable(item.meeting)
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    )
    said, concluded = _text(discussion), _text(conclusion)
    if (item.discussion, item.conclusion) == (said, concluded):
        return item
    refuse_secret(said, concluded)
    if item.is_on_paper_only:
        raise Refusal(
            _("“%(item)s” is written in the paper book: no text of it is kept here.")
            % {"item": item.title},
            code="on_paper_only",
        )
    if version != item.version:
        raise EditedMeanwhile(item)
    _keep_revision(item, by)
    item.discussion, item.conclusion = said, concluded
    item.version += 1
    item.save(update_fields=["discussion", "conclusion", "version"])
    trail.record("item written", item.meeting, by=by, item=item.pk, version=item.version)
    return item


def _keep_revision(item: AgendaItem, by: User) -> None:
    """What stood there; nothing where nothing did."""
    if not (item.discussion or item.conclusion):
        return
    Revision.objects.create(
        item=item,
        discussion=item.discussion,
        conclusion=item.conclusion,
        version=item.version,
        saved_by=by,
        saved_at=clock.now(),
    )


def write_opening(meeting: Meeting, *, text: str, version: int, by: User) -> Meeting:
    return _write(meeting, "opening_text", text, version, by)


def write_closing(meeting: Meeting, *, text: str, version: int, by: User) -> Meeting:
    return _write(meeting, "closing_text", text, version, by)


@transaction.atomic
def _write(meeting: Meeting, column: str, text: str, version: int, by: User) -> Meeting:
    """In danger is only a text that was written since the writer saw the page."""
    meeting = changeable(meeting)
    text, stands = _text(text), getattr(meeting, column)
    if text == stands:
        return meeting
    refuse_secret(text)
    if meeting.text_revisions.filter(column=column, version__gte=version).exists():
        raise EditedMeanwhile(meeting)
    TextRevision.objects.create(
        meeting=meeting,
        column=column,
        text=stands,
        version=meeting.version,
        saved_by=by,
        saved_at=clock.now(),
    )
    setattr(meeting, column, text)
    meeting.version += 1
    meeting.save(update_fields=[column, "version"])
    trail.record(f"{column.replace('_', ' ')} written", meeting, by=by)
    return meeting


@transaction.atomic
def declare_free_of_secrets(meeting: Meeting, *, by: User) -> Meeting:
    """The person who records declares that nothing in it is secret."""
    meeting = changeable(meeting)
    if meeting.declared_free_of_secrets_at is None:
        meeting.declared_free_of_secrets_at = clock.now()
        meeting.save(update_fields=["declared_free_of_secrets_at"])
        trail.record("declared free of secrets", meeting, by=by)
    return meeting


@transaction.atomic
def adopt_minutes(meeting: Meeting, *, by: User, at: datetime | None = None) -> Meeting:
    """The minutes were read out and the meeting agreed to them."""
    meeting = held(meeting)
    moment = not_in_future(at, field="at")
    if meeting.started_at is not None and moment < meeting.started_at:
        raise Refusal(
            _("The minutes cannot have been adopted before the meeting started."),
            code="adopted_before_start",
            field="at",
        )
    meeting.minutes_adopted_at = moment
    meeting.save(update_fields=["minutes_adopted_at"])
    trail.record("minutes adopted", meeting, by=by, at=moment)
    return meeting


def _text(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").strip()
