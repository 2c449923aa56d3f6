"""Closed minutes as the search finds them: topics, conclusions and what was resolved."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nennep.core.documents import TextLine
from nennep.library.queries.sources import SourceKind
from nennep.library.rules.sources import Source
from nennep.meetings.choices import Can
from nennep.meetings.models import AgendaItem, Meeting, Resolution

KIND = "meeting"
# Below the handbook and the documents where the words fit as well [D]: a cell's minutes are many.
WEIGHT = 500


def keys() -> Iterable[str]:
    ids = Meeting.objects.closed().order_by("pk").values_list("public_id", flat=True)
    return (str(public_id) for public_id in ids.iterator())


def read(wanted: Sequence[str]) -> Iterator[Source]:
    """Only what is closed: before, it still changes, and its people have it on their first page.

    What people said is left out: opinions are kept for the record, not to be looked up by word.
    """
    items = Prefetch("items", AgendaItem.objects.order_by("position", "id"))
    papers = Prefetch("resolutions", Resolution.objects.order_by("id").prefetch_related("items"))
    meetings = Meeting.objects.closed().filter(public_id__in=map(UUID, wanted))
    for meeting in meetings.prefetch_related(items, papers):
        yield Source(
            str(meeting.public_id),
            f"{meeting}: {meeting.topic}" if meeting.topic else str(meeting),
            [TextLine(text) for text in _texts(meeting) if text],
            symbol=", ".join(paper.symbol for paper in meeting.resolutions.all() if paper.symbol),
            day=meeting.held_on,
            verb=Can.VIEW_MEETINGS,
            unit=meeting.unit_id,
        )


def _texts(meeting: Meeting) -> Iterator[str]:
    for item in meeting.items.all():
        yield item.title
        yield item.conclusion
    for paper in meeting.resolutions.all():
        yield from (paper.summary, paper.last_month, paper.next_month)
        yield from (line.what for line in paper.items.all())


def address(key: str, _page: int | None) -> str:
    return reverse("meetings:meeting", args=[key])


CLOSED_MEETINGS = SourceKind(
    code=KIND,
    label=_("Meetings"),
    icon="meeting",
    keys=keys,
    read=read,
    address=address,
    verbs=(Can.VIEW_MEETINGS,),
    is_content=True,
    weight=WEIGHT,
    order=30,
)
