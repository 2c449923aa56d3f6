"""Two entries of one person become one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.members.actions.card import write_card_number
from nennep.members.actions.ground import cells_of, locked, told
from nennep.members.models import (
    Exemption,
    Member,
    Position,
    Standing,
    Stay,
    WorkingSpell,
)
from nennep.members.queries import card_number_of
from nennep.members.rules import overlaps
from nennep.organisation.models import Unit

# keep, drop → a refusal, when apps above know that these are two people.
MergeCheck = Callable[[Member, Member], None]
# keep, drop → what apps above hold about `drop` is hung on `keep`.
MergeFollow = Callable[[Member, Member], None]

_checks: list[MergeCheck] = []
_followers: list[MergeFollow] = []
SPELLS: tuple[type[Model], ...] = (Standing, Exemption, Stay, WorkingSpell, Position)
FILLED = ("birth_date", "admitted_on", "recognised_on", "office_phone")


def register(*, check: MergeCheck, follow: MergeFollow) -> None:
    """Apps above say what keeps two entries apart, and take their own rows along."""
    if check not in _checks:
        _checks.append(check)
        _followers.append(follow)


@transaction.atomic
def merge_duplicates(*, keep: Member, drop: Member, by: Person) -> Member:
    """`drop` was the same person as `keep`, entered twice; `keep` goes on with what both had.

    Spells of `drop` that share days with one of the same kind of `keep` were the second entry of
    the same fact and are taken away; the others are moved. A merged entry has no spells left.
    """
    first, second = sorted((keep, drop), key=lambda member: member.pk)
    fresh = {member.pk: locked(member) for member in (first, second)}
    keep, drop = fresh[keep.pk], fresh[drop.pk]
    _refuse_two_people(keep, drop)
    for check in _checks:
        check(keep, drop)
    cells = _cells(keep, drop)
    moved = sum(_move_spells(spells, keep, drop) for spells in SPELLS)
    _fill_gaps(keep, drop)
    for follow in _followers:
        follow(keep, drop)
    Member.objects.filter(merged_into=drop).update(merged_into=keep)
    told("duplicates merged", keep, cells, by=by, dropped=str(drop.public_id), moved=moved)
    return keep


def _refuse_two_people(keep: Member, drop: Member) -> None:
    if keep.pk == drop.pk:
        raise Refusal(_("These are the same entry. Choose the other one."), code="same_entry")
    if keep.birth_year != drop.birth_year or (
        keep.birth_date and drop.birth_date and keep.birth_date != drop.birth_date
    ):
        raise Refusal(
            _("Their birth dates differ. If it is one person, correct the wrong date first."),
            code="birth_differs",
        )
    if keep.card_mark and drop.card_mark and keep.card_mark != drop.card_mark:
        raise Refusal(
            _("Their card numbers differ. If it is one person, correct the wrong number first."),
            code="card_differs",
        )
    if keep.user_id and drop.user_id:
        raise Refusal(
            _("Both have an account of their own. Close one of the accounts first."),
            code="two_accounts",
        )


def _cells(*members: Member) -> list[Unit]:
    from_the_start = Standing.objects.filter(member__in=members).order_by("valid_from").first()
    if from_the_start is None:
        return []
    day = from_the_start.valid_from
    return [cell for member in members for cell in cells_of(member, day, None)]


def _take_card(keep: Member, drop: Member) -> None:
    """Sealed anew for the entry that goes on; one that can no longer be opened is given up."""
    number = card_number_of(drop)
    if number and not keep.sealed_card_number:
        write_card_number(keep, number)
    write_card_number(drop, "")


def _move_spells(spells: type[Model], keep: Member, drop: Member) -> int:
    rows: QuerySet[Any] = QuerySet(spells)
    kept = [(row.valid_from, row.valid_to) for row in rows.filter(member=keep)]
    moved = 0
    for row in rows.filter(member=drop):
        if any(overlaps((row.valid_from, row.valid_to), span) for span in kept):
            row.delete()
        else:
            row.member = keep
            row.save(update_fields=["member"])
            moved += 1
    return moved


def _fill_gaps(keep: Member, drop: Member) -> None:
    for name in FILLED:
        if not getattr(keep, name):
            setattr(keep, name, getattr(drop, name))
    _take_card(keep, drop)
    user_id = keep.user_id or drop.user_id
    drop.user_id, drop.office_phone, drop.merged_into = None, "", keep
    drop.save(update_fields=["user", "office_phone", "merged_into"])
    keep.user_id = user_id
    latest = Standing.objects.filter(member=keep).order_by("-valid_from").first()
    if latest is not None:
        keep.unit_id = latest.unit_id
    keep.save(update_fields=[*FILLED, "user", "unit"])
