"""Step 3: what was said, who spoke, what was voted on. One form; every button keeps all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.meetings import actions
from nennep.meetings.choices import Can, Presence
from nennep.meetings.forms.discussing import ItemForm, SpeakersForm, VoteForm
from nennep.meetings.models import Attendance, Meeting
from nennep.meetings.queries.in_force import rules_of
from nennep.meetings.queries.votes import voting_base
from nennep.meetings.rules.votes import subjects, threshold_for
from nennep.meetings.views import frame
from nennep.meetings.views.request import Request

SPOKE_MOST = 2  # with more than one in so many speaking, the exceptions are the shorter list


@dataclass
class DiscussionPage:
    """The forms of the page, filled with what stands or with what was typed."""

    items: list[ItemForm]
    speakers: SpeakersForm
    vote: VoteForm
    error: str = ""

    @property
    def has_conflict(self) -> bool:
        return any(form.theirs is not None for form in self.items)


@require_http_methods(["GET", "POST"])
@policy(Can.VIEW_MEETINGS)
def discuss(request: Request, public_id: UUID) -> HttpResponse:
    is_change = request.method == "POST"
    can = Can.RECORD_MEETINGS if is_change else Can.VIEW_MEETINGS
    meeting = frame.meeting_to(request, can, public_id)
    present = _present(meeting)
    page = _page(meeting, present, request.POST if is_change else None)
    if is_change and _is_kept(request, meeting, page):
        return _go_on(request, meeting)
    context = _context(meeting, page, present)
    return frame.show(
        request,
        "discuss",
        meeting,
        Can.RECORD_MEETINGS,
        context,
        status=409 if page.has_conflict else 422 if is_change else 200,
    )


def _present(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.filter(presence=Presence.PRESENT).select_related("member")
    return list(rows.order_by("member__sort_key", "id"))


def _page(meeting: Meeting, present: Sequence[Attendance], data: Any) -> DiscussionPage:
    items = meeting.items.select_related("meeting__unit", "carried_from__who")
    items = items.annotate(earlier=Count("revisions"))
    people = [(row.member_id, row.member.full_name) for row in present]
    votes = data if data is not None and data.get("do") == "vote" else None
    forms = [ItemForm(data, item=item) for item in items]
    return DiscussionPage(
        [form for form in forms if data is None or form.add_prefix("version") in data],
        SpeakersForm(data, people=people, initial=_spoken(present)),
        VoteForm(votes, initial=_next_vote(meeting, present), items=list(items)),
    )


def _spoken(present: Sequence[Attendance]) -> dict[str, Any]:
    """Whichever list is shorter: those who spoke, or those who did not."""
    spoke = [row.member_id for row in present if row.spoke]
    silent = [row.member_id for row in present if not row.spoke]
    if not spoke:
        return {"speakers": "", "named": []}
    if not silent:
        return {"speakers": SpeakersForm.ALL, "named": []}
    if len(spoke) * SPOKE_MOST > len(present):
        return {"speakers": SpeakersForm.EXCEPT, "named": silent}
    return {"speakers": SpeakersForm.ONLY, "named": spoke}


def _next_vote(meeting: Meeting, present: Sequence[Attendance]) -> dict[str, Any]:
    """Everybody who may vote and came, in favour: the usual case needs no typing.

    The id follows from the meeting and the number of votes, so that a form sent twice counts once.
    """
    votes = list(meeting.votes.values_list("subject", flat=True))
    usual = "conclusion" if meeting.kind in {"thematic", "cell_committee"} else "resolution"
    known = getattr(meeting, "roll_call", None)
    may_vote = sum(1 for row in present if row.may_vote)
    if known is not None and known.is_typed:
        may_vote = min(known.voting_base, known.present)
    return {
        "vote_id": uuid5(meeting.public_id, f"vote {len(votes)}"),
        "subject": "other" if usual in votes else usual,
        "method": "card",
        "in_favour": may_vote,
        "against": 0,
        "other": 0,
        "deducted_by_law": 0,
    }


def _is_kept(request: Request, meeting: Meeting, page: DiscussionPage) -> bool:
    asks_vote = request.POST.get("do") == "vote"
    forms = [*page.items, page.speakers, *([page.vote] if asks_vote else [])]
    if not all([form.is_valid() for form in forms]):  # noqa: C419 -- every form says what is wrong
        return False
    try:
        _keep(request, meeting, page)
    except actions.EditedMeanwhile:
        return False
    except Refusal as refusal:
        _show_refusal(page, refusal, is_of_vote=asks_vote)
        return False
    return True


def _show_refusal(page: DiscussionPage, refusal: Refusal, *, is_of_vote: bool) -> None:
    if is_of_vote and refusal.field in page.vote.fields:
        page.vote.add_error(refusal.field, refusal.message)
    else:
        page.error = refusal.message


@transaction.atomic
def _keep(request: Request, meeting: Meeting, page: DiscussionPage) -> None:
    by, data = request.user, request.POST
    _write_items(page.items, by)
    if (asked := page.speakers.asked) is not None and page.speakers.has_changed():
        actions.who_spoke(meeting, by=by, **asked)
    if title := data.get("new_item", "").strip():
        actions.add_item(meeting, title=title, is_on_paper_only="new_on_paper" in data, by=by)
    if data.get("do") == "vote":
        actions.record_vote(meeting, by=by, **page.vote.given)
    _act(meeting, data, by)


def _write_items(forms: Sequence[ItemForm], by: Any) -> None:
    """All or nothing; each text somebody else changed meanwhile is shown beside this one."""
    conflict: actions.EditedMeanwhile | None = None
    for form in forms:
        if form.item.is_on_paper_only or not form.has_changed():
            continue
        try:
            actions.write_item(form.item, by=by, **form.cleaned_data)
        except actions.EditedMeanwhile as edited:
            conflict = edited
            form.show_theirs(form.item.__class__.objects.get(pk=form.item.pk))
    if conflict is not None:
        raise conflict


def _act(meeting: Meeting, data: Any, by: Any) -> None:
    """The small buttons: `unvote-<vote>`, `paper-<item>`."""
    what, _dash, which = data.get("do", "").partition("-")
    if what == "unvote":
        actions.remove_vote(get_object_or_404(meeting.votes, public_id=which), by=by)
    elif what == "paper":
        item = get_object_or_404(meeting.items, public_id=which)
        title = data.get(f"neutral-{which}", "").strip() or item.title
        actions.mark_on_paper(item, title=title, is_on_paper=not item.is_on_paper_only, by=by)


def _go_on(request: Request, meeting: Meeting) -> HttpResponse:
    if url := frame.panel_asked(request, "discuss", meeting):
        return redirect(url)
    do = request.POST.get("do", "")
    if do == "next":
        return redirect("meetings:conclude", meeting.public_id)
    if do.startswith("edit-"):
        return redirect("meetings:item", do.removeprefix("edit-"))
    anchor = {"vote": "#votes", "unvote": "#votes", "add": "#items"}.get(do.partition("-")[0], "")
    return redirect(reverse("meetings:discuss", args=[meeting.public_id]) + anchor)


def _context(
    meeting: Meeting, page: DiscussionPage, present: Sequence[Attendance]
) -> dict[str, Any]:
    rules = rules_of(meeting)
    known = getattr(meeting, "roll_call", None)
    votes = list(meeting.votes.select_related("item"))
    return {
        "page": page,
        "votes": [(vote, subjects()[vote.subject]) for vote in votes],
        "taken": known,
        "base": voting_base(meeting, known, rules.values) if known else None,
        "present": present,
        "speaker_names": [(row.member_id, row.member.full_name) for row in present],
        "named": {int(member_id) for member_id in page.speakers["named"].value() or ()},
        "threshold": threshold_for(page.vote["subject"].value() or "resolution", rules.values),
        "majority_source": rules.source_of("majority"),
        "has_resolution_vote": any(v.subject in {"resolution", "conclusion"} for v in votes),
    }
