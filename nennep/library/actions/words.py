"""The editors' table of abbreviations and synonyms: rows are added and ended, never changed."""

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.library.choices import WordKind
from nennep.library.models import SearchWord
from nennep.library.queries.words import folded_words, key_of, may_edit_words, shipped_entries

USUAL = 500  # thousandths of what was typed itself [D]
LONGEST = 80


@transaction.atomic
def add_word(*, kind: str, said: str, written: str, by: User, share: int = USUAL) -> SearchWord:
    """Holds at the next question. The same words again take the place of the row before."""
    said, written, kind = tidy(said), tidy(written), WordKind(kind)
    _refuse(said, written, by)
    if kind == WordKind.SHORT and len(said.split()) > 1:
        raise Refusal(
            _("An abbreviation is one word. For several words choose “other words for the same”."),
            code="not_one_word",
            field="said",
        )
    _end(kind, key_of(kind, said, written), by)
    row = _put(kind, said, written, by, share=share)
    trail.record("search word added", row, by=by, before=said, after=written)
    return row


@transaction.atomic
def end_word(*, kind: str, said: str, written: str, by: User) -> None:
    """The entry holds no longer; what is shipped under these words is kept out by a row."""
    _refuse_strangers(by)
    kind, key = WordKind(kind), key_of(kind, said, written)
    is_shipped = any((entry.kind, entry.key) == (kind, key) for entry in shipped_entries())
    row = _end(kind, key, by)
    if is_shipped:
        row = _put(kind, tidy(said), tidy(written), by, is_off=True)
    if row is not None:
        trail.record("search word ended", row, by=by, before=said, after=written)


@transaction.atomic
def restore_word(*, kind: str, said: str, written: str, by: User) -> None:
    """What the editors wrote under these words goes; what is shipped holds again."""
    _refuse_strangers(by)
    if row := _end(WordKind(kind), key_of(kind, said, written), by):
        trail.record("search word restored", row, by=by, before=said)


def _put(
    kind: WordKind, said: str, written: str, by: User, *, share: int = 0, is_off: bool = False
) -> SearchWord:
    return SearchWord.objects.create(
        kind=kind, said=said, written=written, folded=key_of(kind, said, written), share=share,
        is_off=is_off, added_by=by, added_at=clock.now(),
    )  # fmt: skip


def _end(kind: WordKind, key: str, by: User) -> SearchWord | None:
    standing = SearchWord.objects.select_for_update().filter(ended_at__isnull=True)
    row = standing.filter(kind=kind, folded=key).first()
    if row is not None:
        row.ended_at, row.ended_by = clock.now(), by
        row.save(update_fields=["ended_at", "ended_by"])
    return row


def _refuse(said: str, written: str, by: User) -> None:
    _refuse_strangers(by)
    for name, text in (("said", said), ("written", written)):
        if not folded_words(text) or len(text) > LONGEST:
            raise Refusal(
                _("Write some words here, %(most)s characters at most.") % {"most": LONGEST},
                code="no_words",
                field=name,
            )
    if folded_words(said) == folded_words(written):
        raise Refusal(
            _("Both are the same to the search, which leaves accents and capitals out."),
            code="same_words",
            field="written",
        )
    refuse_secret(said, written)


def _refuse_strangers(by: User) -> None:
    if not may_edit_words(by):
        raise Refusal(
            _("These words hold for everybody. Only the office at the top of the tree edits them."),
            code="not_the_top",
        )
