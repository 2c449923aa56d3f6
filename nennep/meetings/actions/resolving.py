"""The paper a meeting ends in: its words, and its lines of what, who and until when."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy
from nennep.library.actions.issuing import refuse_unissuable
from nennep.library.choices import DocumentKind, Issuer
from nennep.meetings.actions.drafting import paper_kind, signing_style
from nennep.meetings.actions.locks import changeable, locked
from nennep.meetings.actions.occasions import act_on_result
from nennep.meetings.choices import PaperKind, SigningStyle
from nennep.meetings.models import Meeting, Resolution, ResolutionItem
from nennep.meetings.queries.in_force import day_of
from nennep.members.models import Member

DOCUMENT_KINDS = {
    PaperKind.RESOLUTION: DocumentKind.RESOLUTION,
    PaperKind.CONCLUSION: DocumentKind.CONCLUSION,
}
LINE = ("what", "who", "who_text", "due_on")


@transaction.atomic
def write_resolution(
    meeting: Meeting,
    *,
    by: User,
    kind: str | None = None,
    summary: str | None = None,
    last_month: str | None = None,
    next_month: str | None = None,
    style: str | None = None,
) -> Resolution:
    """The draft of this kind, made if there is none; what is None stays as it is."""
    meeting = changeable(meeting)
    kind = kind or paper_kind(meeting.kind)
    refuse_kind(kind, meeting)
    texts = {"summary": summary, "last_month": last_month, "next_month": next_month}
    refuse_secret(*(text for text in texts.values() if text))
    paper, _is_new = Resolution.objects.get_or_create(
        meeting=meeting, kind=kind, defaults={"signing_style": signing_style(meeting)}
    )
    for name, text in texts.items():
        if text is not None:
            setattr(paper, name, tidy(text) if name == "summary" else nfc(text).strip())
    if style is not None:
        paper.signing_style = SigningStyle(style)
    paper.save()
    trail.record("resolution written", meeting, by=by, kind=kind)
    return paper


def refuse_kind(kind: str, meeting: Meeting) -> None:
    """A meeting ends in a resolution or a conclusion, where the rules let the cell issue them."""
    if kind not in PaperKind.values:
        raise Refusal(
            _(
                "A meeting ends in a resolution or a conclusion. Draw up papers of other kinds"
                " under “Documents”."
            ),
            code="kind_not_of_a_meeting",
            field="kind",
        )
    refuse_unissuable(meeting.unit, DOCUMENT_KINDS[PaperKind(kind)], Issuer.CELL, day_of(meeting))


@transaction.atomic
def remove_resolution(resolution: Resolution, *, by: User) -> None:
    """The meeting resolved nothing of this kind: its draft is thrown away."""
    meeting = changeable(resolution.meeting)
    trail.record("resolution removed", meeting, by=by, kind=resolution.kind)
    Resolution.objects.filter(pk=resolution.pk).delete()


@transaction.atomic
def add_line(
    resolution: Resolution,
    *,
    what: str,
    by: User,
    who: Member | None = None,
    who_text: str = "",
    due_on: date | None = None,
) -> ResolutionItem:
    meeting = changeable(resolution.meeting)
    line = ResolutionItem(resolution=resolution, position=resolution.items.count() + 1)
    _fill(line, meeting, {"what": what, "who": who, "who_text": who_text, "due_on": due_on})
    trail.record("line added", meeting, by=by, line=line.pk)
    return line


@transaction.atomic
def edit_line(
    line: ResolutionItem,
    *,
    what: str,
    by: User,
    who: Member | None = None,
    who_text: str = "",
    due_on: date | None = None,
) -> ResolutionItem:
    meeting = changeable(line.resolution.meeting)
    line = ResolutionItem.objects.get(pk=line.pk)
    _fill(line, meeting, {"what": what, "who": who, "who_text": who_text, "due_on": due_on})
    trail.record("line changed", meeting, by=by, line=line.pk)
    return line


@transaction.atomic
def remove_line(line: ResolutionItem, *, by: User) -> None:
    meeting = changeable(line.resolution.meeting)
    trail.record("line removed", meeting, by=by, line=line.pk)
    resolution = line.resolution
    ResolutionItem.objects.filter(pk=line.pk).delete()
    rest = list(resolution.items.order_by("position", "id"))
    for position, each in enumerate(rest, 1):
        each.position = position
    ResolutionItem.objects.bulk_update(rest, ["position"])


@transaction.atomic
def record_result(
    line: ResolutionItem, *, result: str, by: User, done_on: date | None = None
) -> ResolutionItem:
    """What came of a line. It belongs to the months that follow, so closing does not lock it."""
    meeting = locked(line.resolution.meeting)
    line = ResolutionItem.objects.get(pk=line.pk)
    result = tidy(result)
    refuse_secret(result)
    if done_on is not None and done_on > clock.today():
        raise Refusal(
            _("The day on which it was done has not come yet."), code="in_future", field="done_on"
        )
    line.result, line.done_on = result, done_on
    line.save(update_fields=["result", "done_on"])
    trail.record("result recorded", meeting, by=by, line=line.pk, done_on=done_on)
    act_on_result(line, by=by)
    return line


def _fill(line: ResolutionItem, meeting: Meeting, values: dict[str, object]) -> None:
    what, who_text = tidy(str(values["what"])), tidy(str(values["who_text"]))
    refuse_secret(what, who_text)
    if not what:
        raise Refusal(_("Write what is to be done."), code="what_missing", field="what")
    names_somebody = values["who"] is not None or who_text not in {"", line.who_text}
    if meeting.unit.is_figures_only and names_somebody:
        raise Refusal(
            _("“%(unit)s” keeps figures only: no person's name is kept here.")
            % {"unit": meeting.unit.name},
            code="figures_only",
            field="who",
        )
    for name in LINE:
        setattr(line, name, values[name])
    line.what, line.who_text = what, who_text
    line.save()
