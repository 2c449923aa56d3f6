"""Hears that facts changed and keeps the counters equal to them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs
from nennep.core.facts import facts_changed, rules_changed

# What counts in its own month and in no other of the quarter.
MONTH_ALONE = {"supervision", "proposals"}

COUNTING = "indicators.count_again"  # who hears that facts changed


class IndicatorsConfig(AppConfig):
    name = "nennep.indicators"
    label = "indicators"

    def ready(self) -> None:
        from nennep.indicators.choices import TRAIL, Can  # noqa: PLC0415 -- needs the app registry
        from nennep.indicators.queries.exits import register_exit  # noqa: PLC0415 -- likewise
        from nennep.indicators.queries.strength import strengths  # noqa: PLC0415 -- likewise
        from nennep.organisation.queries import register_strength  # noqa: PLC0415 -- likewise
        from nennep.quality.choices import Can as CanQuality  # noqa: PLC0415 -- likewise
        from nennep.tasks.choices import Can as CanTask  # noqa: PLC0415 -- likewise
        from nennep.training.choices import Can as CanTraining  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_home, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        # Counted once already: a tree page reads a few sums instead of half a million standings.
        register_strength(strengths)
        register_nav(
            label=_("Board"),
            url_name="indicators:boards",
            icon="chart",
            verb=Can.VIEW_FIGURES,
            order=22,
            group=NavGroup.DIRECTION,
            also=("/chi-tieu/",),
        )
        register_home(
            Can.VIEW_FIGURES, "indicators:boards", order=10, label=_("Board"), icon="chart"
        )
        register_exit(_("Tasks"), "tasks:unit", icon="task", verb=CanTask.VIEW_TASKS)
        register_exit(
            _("Classes of meetings"), "quality:classes", icon="check", verb=CanQuality.VIEW_CLASSES
        )
        register_exit(_("Training"), "training:unit", icon="cap", verb=CanTraining.VIEW_TRAINING)
        register_exit(
            _("Supervision"), "quality:supervision", icon="shield", verb=CanQuality.VIEW_SUPERVISION
        )
        facts_changed.connect(count_again, dispatch_uid=COUNTING)
        rules_changed.connect(mark_dirty, dispatch_uid="indicators.mark_dirty")


def count_again(
    sender: Any, *, cell: Any, month: date | None, kind: str, cells: Sequence[int] = (), **_: Any
) -> None:
    """A month's facts change one month; the roll and the place may change all of them."""
    from nennep.indicators import actions  # noqa: PLC0415 -- needs the app registry

    if kind in {"month", "months"} and month is not None:
        actions.refresh_month(cells if kind == "months" else [cell.pk], month)
    elif kind in MONTH_ALONE and month is not None:
        (actions.refresh_level if kind == "proposals" else actions.refresh_counted)(cell, month)
    elif kind == "tasks":
        actions.refresh_tasks(cell, month)
    elif kind == "roll":
        actions.refresh_roll(cell)
    elif kind == "stocks":
        if actions.refresh_stocks_soon(cells):
            _recompute_soon()
    elif actions.refresh_place(cell):
        _recompute_soon()


def mark_dirty(sender: Any, *, scope_path: str, since: date, **_: Any) -> None:
    from nennep.indicators import actions  # noqa: PLC0415 -- needs the app registry

    if actions.mark_dirty(scope_path, why="rules"):
        _recompute_soon()


def _recompute_soon() -> None:
    """Once the change is committed, so that the job finds it."""
    from nennep.indicators.jobs import recompute_dirty  # noqa: PLC0415 -- needs the app registry

    transaction.on_commit(recompute_dirty.enqueue)
