"""A published review is kept as it was."""

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import make_person
from nennep.core.models import TrailLine
from nennep.core.periods import Period
from nennep.indicators import actions as counters
from nennep.indicators.tests.factories import hold, month
from nennep.indicators.tests.factories_tree import TODAY, grow, hold_all
from nennep.reports.actions import publish_review
from nennep.reports.queries.review import review

pytestmark = pytest.mark.django_db
HALF = Period(month("2024-01"), month("2024-06"))


def test_facts_that_come_later_change_the_figures_and_not_the_published_review(on_day):
    on_day(TODAY)
    tree = grow()
    counters.rebuild(by=system_person())
    hold_all(tree.n1)
    clerk = make_person(Role.OFFICER, tree.district)

    published = publish_review(review(tree.district, HALF, stated="6 tháng"), by=clerk)
    before = published.figures, bytes(published.document), published.sha256
    hold(tree.n2, month("2024-05"), "pppp")

    published.refresh_from_db()
    assert (published.figures, bytes(published.document), published.sha256) == before
    regular = next(f for f in published.figures["indicators"] if f["code"] == "MTG_REG")
    assert regular["numerator"] == 5
    assert review(tree.district, HALF).figures["MTG_REG"].numerator == 6
    assert (published.stated, published.last_day) == ("6 tháng", TODAY)
    assert TrailLine.objects.filter(verb="published a review").count() == 1
