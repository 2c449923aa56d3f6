from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import verbs


class ReportsConfig(AppConfig):
    name = "nennep.reports"
    label = "reports"

    def ready(self) -> None:
        from nennep.core import trail  # noqa: PLC0415 -- needs the app registry
        from nennep.indicators.queries.exits import register_exit  # noqa: PLC0415 -- likewise
        from nennep.reports.choices import FORMS, TRAIL, Can  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(FORMS)
        register_nav(
            label=_("Reviews"),
            url_name="reports:published-list",
            icon="report",
            verb=Can.MAKE_REVIEWS,
            order=40,
            group=NavGroup.DIRECTION,
        )
        register_exit(_("Review report"), "reports:review", icon="report", verb=Can.MAKE_REVIEWS)
