"""What the rules ask of each level, in words that stand beside the facts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nennep.core.text import vn_percent
from nennep.recognition.choices import Level
from nennep.recognition.rules.ratings import RatingRules


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
        yield _("at least %(share)s of them above what was asked") % {
            "share": vn_percent(rules.above_requirement, 0)
        }


def _of_completed(rules: RatingRules) -> Iterator[str]:
    if rules.late_at_most is not None:
        yield _("every task done, at most %(share)s of them late") % {
            "share": vn_percent(rules.late_at_most, 0)
        }
