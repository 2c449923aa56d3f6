"""The lock and the stamp of the rules."""

from datetime import date
from uuid import uuid4

from nennep.core.facts import rules_changed
from nennep.regulations.models import RuleStamp, RuleValue


def turn_page() -> None:
    """Keep every other writer of rules out until this transaction ends, and date the book anew.

    Books kept in memory are stale as soon as the transaction is committed.
    """
    RuleStamp.objects.get_or_create(pk=1, defaults={"stamp": uuid4()})
    kept = RuleStamp.objects.select_for_update().get(pk=1)
    kept.stamp = uuid4()
    kept.save(update_fields=["stamp"])


def tell(scope_path: str, since: date) -> None:
    """Say that what is asked below `scope_path` changed from a day on."""
    rules_changed.send(sender=RuleValue, scope_path=scope_path, since=since)
