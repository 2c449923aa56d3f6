"""What the rules ask of each level, in words that stand beside the facts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nennep.core.text import vn_percent
from nennep.recognition.choices import Level
from nennep.recognition.rules.ratings import OF_KIND, RatingRules
from nennep.regulations.rules import InForce, RuleSource


def levels_asked(rules: RatingRules) -> list[tuple[str, str]]:
    """Best first; a level of which no rule says anything is left out."""
    asked = {
        Level.EXCELLENT: (rules.excellent_points, list(_of_excellent(rules))),
        Level.GOOD: (rules.good_points, list(_of_well(rules))),
        Level.COMPLETED: (rules.completed_points, list(_of_completed(rules))),
    }
    return [
        (str(level.label), "; ".join([*_points(points), *conditions]))
        for level, (points, conditions) in asked.items()
        if points is not None or conditions
    ]


def _points(points: int | None) -> Iterator[str]:
    if points is not None:
        yield _("from %(points)s points") % {"points": points}


def _of_well(rules: RatingRules) -> Iterator[str]:
    if rules.good_points is not None:
        yield _("every task done in time")


def _of_excellent(rules: RatingRules) -> Iterator[str]:
    yield from _of_well(rules)
    if rules.above_requirement is not None:
        yield _("at least %(share)s of the tasks above what was asked") % {
            "share": vn_percent(rules.above_requirement, 0)
        }


def _of_completed(rules: RatingRules) -> Iterator[str]:
    if rules.late_at_most is not None:
        yield _("every task done, at most %(share)s of them late") % {
            "share": vn_percent(rules.late_at_most, 0)
        }


def cap_told(rules: InForce[RatingRules]) -> list[str]:
    """How the cap is reckoned: the share and of what, the group, the rounding; each with its source."""
    values = rules.values
    if values.cap is None:
        return []
    share = {"share": vn_percent(values.cap, 0)}
    of_what = (
        _("Excellent at most %(share)s of all that were rated") % share
        if values.cap_of_all
        else _("Excellent at most %(share)s of those rated well") % share
    )
    group = (
        _("cells and committees that one body decides are groups apart")
        if values.cap_group == OF_KIND
        else _("all that one body decides are one group")
    )
    rounding = _("rounded up") if values.cap_rounds_up else _("rounded down")
    told = (("cap", of_what), ("cap_group", group), ("cap_rounds_up", rounding))
    return [f"{words} ({_source(rules.source_of(name))})" for name, words in told]


def _source(source: RuleSource | None) -> str:
    """The document, and how sure it is."""
    if source is None:
        return _("no rule")
    if source.is_setting:
        return _("setting of this software")
    unchecked = "" if source.is_confirmed else f", {_('not yet checked against the original')}"
    return f"{source.symbol}{unchecked}"


def head_rule(rules: InForce[RatingRules]) -> RuleSource | None:
    """The source of “the head not above its organisation”, where that holds."""
    return rules.source_of("head_not_above") if rules.values.head_not_above else None
