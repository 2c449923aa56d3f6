"""Writing a score sheet without code: a draft, its criteria, and entering it as a dated rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import tidy
from nennep.organisation.models import Unit
from nennep.quality.choices import SheetKind
from nennep.quality.models import SheetDraft
from nennep.quality.rules import drafting
from nennep.quality.rules.in_force import KEYS
from nennep.regulations.actions import enter_value, replace_value
from nennep.regulations.models import Basis, RuleValue

CRITERIA_AT_MOST = 80


@transaction.atomic
def begin_sheet(
    unit: Unit,
    *,
    by: User,
    content: Mapping[str, Any] | None = None,
    kind: str = SheetKind.REGULAR,
    begun_from: str = "",
    basis_code: str = "",
) -> SheetDraft:
    """A draft for this unit: blank, or a copy of a sheet to begin from. It judges nothing yet."""
    draft = SheetDraft.objects.create(
        unit=unit,
        kind=kind,
        content=drafting.copy_of(content) if content is not None else drafting.blank(),
        begun_from=begun_from[:200],
        basis_code=basis_code,
        changed_by=by,
        changed_at=clock.now(),
    )
    trail.record("sheet drafted", draft, by=by, title=draft.title)
    return draft


@transaction.atomic
def edit_sheet(draft: SheetDraft, *, by: User, **head: Any) -> SheetDraft:
    """Title, total, cut-offs, gates, and what becomes of the total when a criterion is left out."""
    refuse_secret(str(head.get("title", "")), str(head.get("note", "")))
    return _change(draft, lambda content: drafting.with_head(content, **head), by)


@transaction.atomic
def put_criterion(
    draft: SheetDraft, place: int, *, criterion: Mapping[str, Any], by: User
) -> SheetDraft:
    """Change the criterion at a place, or add one at the end."""
    refuse_secret(str(criterion.get("title", "")), str(criterion.get("note", "")))
    code = tidy(str(criterion.get("code", "")))
    taken = [c.get("code") for n, c in enumerate(draft.content.get("criteria", ())) if n != place]
    if not code:
        raise Refusal(_("Give the criterion a number, such as 3.1."), code="no_code", field="code")
    if code in taken:
        raise Refusal(
            _("Another criterion has the number %(code)s.") % {"code": code},
            code="code_twice",
            field="code",
        )
    if len(taken) >= CRITERIA_AT_MOST:
        raise Refusal(_("A sheet has at most %(count)s lines.") % {"count": CRITERIA_AT_MOST}, code="too_many")  # fmt: skip
    fresh = {**criterion, "code": code}
    return _change(draft, lambda content: drafting.with_criterion(content, place, fresh), by)


@transaction.atomic
def remove_criterion(draft: SheetDraft, place: int, *, by: User) -> SheetDraft:
    return _change(draft, lambda content: drafting.without_criterion(content, place), by)


@transaction.atomic
def move_criterion(draft: SheetDraft, place: int, *, down: bool, by: User) -> SheetDraft:
    return _change(draft, lambda content: drafting.moved(content, place, 1 if down else -1), by)


@transaction.atomic
def discard_sheet(draft: SheetDraft, *, by: User) -> None:
    trail.record("sheet draft thrown away", draft, by=by, title=draft.title)
    draft.delete()


@transaction.atomic
def enter_sheet(
    draft: SheetDraft,
    *,
    unit: Unit,
    since: date,
    basis: Basis,
    clause: str,
    mark: str,
    by: User,
    note: str = "",
) -> RuleValue:
    """The draft becomes the sheet of a unit and all below it, from a day on.

    The sheet that was in force there up to then keeps its past and what was scored by it.
    """
    draft = _locked(draft)
    key = KEYS[SheetKind(draft.kind)]
    content = {**draft.content, "code": f"{unit.code.lower()}-{since:%Y%m%d}", "mark": mark}
    old = RuleValue.objects.of(key, unit.path).valid_on(since).first()
    given: dict[str, Any] = {"basis": basis, "clause": clause, "mark": mark, "note": note, "by": by}
    if old is not None:
        entered = replace_value(old, value=content, since=since, **given)
    else:
        entered = enter_value(key, value=content, scope_path=unit.path, valid_from=since, **given)
    draft.delete()
    return entered


def _change(draft: SheetDraft, how: Any, by: User) -> SheetDraft:
    draft = _locked(draft)
    draft.content = how(draft.content)
    draft.changed_by, draft.changed_at = by, clock.now()
    draft.save(update_fields=["content", "changed_by", "changed_at"])
    return draft


def _locked(draft: SheetDraft) -> SheetDraft:
    return (
        SheetDraft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
    )
