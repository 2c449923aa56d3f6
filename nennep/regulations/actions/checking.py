"""Somebody has compared a rule, or a document, with the original; or takes that back."""

from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.trail import record
from nennep.regulations.actions.stamp import turn_page
from nennep.regulations.models import Basis, RuleValue

Checked = TypeVar("Checked", Basis, RuleValue)


@transaction.atomic
def confirm(row: Checked, *, by: Person) -> Checked:
    """Says who checked it and when."""
    turn_page()
    row = type(row).objects.get(pk=row.pk)
    if row.is_confirmed:
        raise Refusal(
            _("This has been checked already. Reload the page to see by whom."),
            code="confirmed_already",
        )
    row.confirmed_by_id, row.confirmed_at = by.pk, clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    _note(row, "checked a rule against the original", "checked a basis against the original", by)
    return row


@transaction.atomic
def unconfirm(row: Checked, *, by: Person) -> Checked:
    """It is shown as unchecked again."""
    turn_page()
    row = type(row).objects.get(pk=row.pk)
    if not row.is_confirmed:
        raise Refusal(_("This has not been checked yet."), code="not_confirmed")
    row.confirmed_by, row.confirmed_at = None, None
    # A person has dealt with it: the shipped presets no longer touch it.
    row.changed_at = clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at", "changed_at"])
    _note(row, "took back the check of a rule", "took back the check of a basis", by)
    return row


def _note(row: Basis | RuleValue, of_rule: str, of_basis: str, by: Person) -> None:
    if isinstance(row, Basis):
        record(of_basis, row, by=by, symbol=row.symbol)
    else:
        record(of_rule, row, by=by, key=row.key)
