"""A batch of accounts from the asking to the slips, whose passwords nobody can read meanwhile."""

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts import rules
from nennep.accounts.models import AccountBatch, User
from nennep.core import clock, sealed_boxes, trail
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit


@transaction.atomic
def begin_batch(unit: Unit, role: str, *, by: User) -> tuple[AccountBatch, str]:
    """The batch, and the key of its box: for the browser of the person, not for this machine."""
    private, public = sealed_boxes.new_keys()
    batch = AccountBatch.objects.create(
        unit=unit, role=role, asked_by=by, asked_at=clock.now(), public_key=public
    )
    trail.record("accounts begun", batch, by=by, role=role)
    return batch, private


def fill_batch(batch: AccountBatch, *, slips: bytes, made: list[list[object]]) -> None:
    """Close the slips in the box. Without any, there is nothing to take."""
    batch.box = sealed_boxes.close_box(batch.public_key, slips) if slips else None
    batch.made = made
    batch.save(update_fields=["box", "made"])


@transaction.atomic
def take_slips(batch: AccountBatch, *, key: str, by: User) -> bytes:
    """The slips, once: the box is thrown away with the answer."""
    batch = (
        AccountBatch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    )
    if batch.box is None:
        raise Refusal(
            _(
                "The slips were taken already, or waited too long, and are kept nowhere. Make new"
                " slips for those who never signed in."
            ),
            code="slips_gone",
        )
    try:
        slips = sealed_boxes.open_box(key, bytes(batch.box))
    except sealed_boxes.WrongKey as error:
        raise Refusal(
            _(
                "Only the browser that asked for the slips can open them. Open this page there, or"
                " make new slips for those who never signed in."
            ),
            code="other_browser",
        ) from error
    batch.box, batch.taken_at = None, clock.now()
    batch.save(update_fields=["box", "taken_at"])
    trail.record("slips taken", batch, by=by, count=len(batch.made))
    return slips


def throw_old_slips_away() -> int:
    """Called every night: what nobody took within a day opens nothing any more."""
    old = AccountBatch.objects.filter(
        box__isnull=False, asked_at__lt=clock.now() - rules.limits().slips_wait
    )
    return old.update(box=None)
