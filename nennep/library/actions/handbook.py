"""What the office does with the handbook: write, hand in, send back, publish, take out.

Nothing that was published changes or is lost: a change is another revision.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import fold
from nennep.core.trail import record
from nennep.library.actions.handbook_rows import keep_draft, new_row
from nennep.library.actions.refreshing import refresh_sources
from nennep.library.choices import RevisionState
from nennep.library.models import Branch, Entry, Revision
from nennep.library.queries.handbook_desk import branches_of, four_eyes
from nennep.library.queries.handbook_found import CODE
from nennep.library.rules.handbook import EntryText, Flaw, flaws, slug_of
from nennep.regulations.models import Basis


@transaction.atomic
def new_entry(branch: Branch, *, text: EntryText, by: Person) -> Revision:
    """A question the handbook did not have; nobody reads it before it is published."""
    if not text.question:
        raise _refused(Flaw.QUESTION, "")
    _refuse_elsewhere(branch, by)
    code = slug_of(fold(text.question))
    if Entry.objects.filter(code=code).exists():
        raise Refusal(
            _("The handbook has this question already. Open it there."),
            code="entry_known",
            field="question",
        )
    return write_entry(new_row(code, branch), text=text, by=by)


@transaction.atomic
def write_entry(entry: Entry, *, text: EntryText, by: Person) -> Revision:
    """A draft: the one that is open is changed, else a new one is begun beside what is read."""
    entry = Entry.objects.select_for_update().select_related("branch").get(pk=entry.pk)
    _refuse_elsewhere(entry.branch, by)
    known = set(Basis.objects.values_list("code", flat=True))
    if unknown := [cited.basis for cited in text.bases if cited.basis not in known]:
        raise _refused(Flaw.BASES, ", ".join(unknown))
    if entry.revisions.filter(state=RevisionState.REVIEW).exists():
        raise Refusal(
            _("A text of this entry waits for publication. Publish it, or send it back, first."),
            code="entry_in_review",
        )
    draft = keep_draft(entry, text=text, by=by)
    record("entry drafted", draft, by=by, code=entry.code, version=draft.number)
    return draft


@transaction.atomic
def hand_in(revision: Revision, *, by: Person) -> Revision:
    """The draft is whole: it goes to whoever publishes."""
    revision = _locked(revision, RevisionState.DRAFT)
    _refuse_elsewhere(revision.entry.branch, by)
    for flaw, what in flaws(revision.text):
        raise _refused(flaw, what)
    return _become(revision, RevisionState.REVIEW, "entry handed in", by)


@transaction.atomic
def send_back(revision: Revision, *, remark: str, by: Person) -> Revision:
    """Back to whoever wrote it, with what is missing."""
    if not remark.strip():
        raise Refusal(
            _("Say what has to be changed, so that the writer knows."),
            code="remark_missing",
            field="remark",
        )
    refuse_secret(remark)
    revision = _locked(revision, RevisionState.REVIEW)
    revision.remark = remark.strip()[:300]
    return _become(revision, RevisionState.DRAFT, "entry sent back", by)


@transaction.atomic
def publish(revision: Revision, *, by: Person) -> Revision:
    """From now on everybody reads it. Who wrote it may not, where the rule of four eyes holds."""
    revision = _locked(revision, RevisionState.REVIEW)
    if revision.written_by_id == by.pk and four_eyes(clock.today()):
        raise Refusal(
            _("You wrote this text. Another person has to publish it, as the rule in force says."),
            code="four_eyes",
        )
    entry = Entry.objects.select_for_update().get(pk=revision.entry_id)
    revision.decided_by_id, revision.decided_at = by.pk, clock.now()
    _become(revision, RevisionState.PUBLISHED, "entry published", by)
    entry.current = revision
    entry.save(update_fields=["current"])
    refresh_sources(CODE, [entry.code])
    return revision


@transaction.atomic
def drop_draft(revision: Revision, *, by: Person) -> Revision:
    """The draft goes no further; it stays in the history."""
    revision = _locked(revision, RevisionState.DRAFT)
    _refuse_elsewhere(revision.entry.branch, by)
    return _become(revision, RevisionState.DROPPED, "entry dropped", by)


@transaction.atomic
def take_out(entry: Entry, *, reason: str, by: Person) -> Entry:
    """Nobody reads it any more; what it said stays in its history and can be published again."""
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.current_id is None:
        raise Refusal(_("This entry is not published."), code="entry_not_published")
    if not reason.strip():
        raise Refusal(_("Say why the entry is taken out."), code="reason_missing", field="reason")
    refuse_secret(reason)
    entry.current = None
    entry.save(update_fields=["current"])
    refresh_sources(CODE, [entry.code])
    record("entry taken out", entry, by=by, code=entry.code, reason=reason.strip()[:300])
    return entry


@transaction.atomic
def check_entry(revision: Revision, *, by: Person) -> Revision:
    """Somebody has compared what it says with the originals: the mark of doubt goes."""
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if revision.state != RevisionState.PUBLISHED or revision.checked_at is not None:
        raise Refusal(
            _("Only a published text that nobody has compared yet can be marked as compared."),
            code="not_to_be_checked",
        )
    revision.checked_by_id, revision.checked_at = by.pk, clock.now()
    revision.save(update_fields=["checked_by", "checked_at"])
    record("entry checked", revision, by=by, code=revision.entry.code, version=revision.number)
    return revision


def _locked(revision: Revision, state: RevisionState) -> Revision:
    found = Revision.objects.select_for_update(of=("self",)).select_related("entry__branch")
    revision = found.get(pk=revision.pk)
    if revision.state != state:
        raise Refusal(
            _("This text has gone on meanwhile. Open the page again."), code="revision_moved"
        )
    return revision


def _become(revision: Revision, state: RevisionState, verb: str, by: Person) -> Revision:
    revision.state = state
    revision.save()
    record(verb, revision, by=by, code=revision.entry.code, version=revision.number)
    return revision


def _refuse_elsewhere(branch: Branch, by: Person) -> None:
    if not branches_of(by).filter(pk=branch.pk).exists():
        raise Refusal(
            _("You write other parts of the handbook. Ask who publishes it to name you here."),
            code="other_branch",
        )


def _refused(flaw: Flaw, what: str) -> Refusal:
    sentences = {
        Flaw.QUESTION: _("Write the question."),
        Flaw.ANSWER: _("Write the answer."),
        Flaw.BASES: _("Name at least one document the entry rests on: %(what)s"),
        Flaw.SHAPE: _("“%(what)s” is not a degree of certainty."),
        Flaw.FACT: _("A number needs words, a figure and a side: %(what)s"),
        Flaw.FACT_BASIS: _("The document of this number is not among those of the entry: %(what)s"),
        Flaw.NUMBER: _("No number of the entry states this figure: %(what)s"),
    }
    message = (sentences[flaw] % {"what": what}).rstrip(": ")
    return Refusal(message, code=f"entry_{flaw.value}", field=flaw.value)


def lines_of(words: str) -> Iterable[str]:
    """Lines of a text field, empty ones left out."""
    return [line for each in words.splitlines() if (line := " ".join(each.split()))]
