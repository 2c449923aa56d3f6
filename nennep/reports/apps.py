from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import verbs


class ReportsConfig(AppConfig):
    name = "nennep.reports"
    label = "reports"

    def ready(self) -> None:
        from nennep.core import trail  # noqa: PLC0415 -- needs the app registry
        from nennep.indicators.queries.exits import register_exit  # noqa: PLC0415 -- likewise
        from nennep.reports.choices import FORMS, MORE_FORMS, TRAIL, Can, Outcome  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words({**FORMS, **MORE_FORMS})
        trail.register_words({each.value: each.label for each in Outcome})
        register_nav(
            label=_("Reviews"),
            url_name="reports:published-list",
            icon="report",
            verb=Can.MAKE_REVIEWS,
            order=40,
            group=NavGroup.DIRECTION,
        )
        register_nav(
            label=_("Contributions"),
            url_name="reports:contributions",
            icon="chat",
            verb=Can.CONTRIBUTE,
            order=75,
            group=NavGroup.DIRECTION,
        )
        register_exit(_("Review report"), "reports:review", icon="report", verb=Can.MAKE_REVIEWS)
        _say_what_is_asked()


def _say_what_is_asked() -> None:
    from nennep.meetings.queries.additions import register_alerts  # noqa: PLC0415 -- needs models
    from nennep.organisation.queries import register_unit_notices  # noqa: PLC0415 -- likewise
    from nennep.reports.queries.asked import alerts  # noqa: PLC0415 -- likewise

    register_alerts(alerts)
    register_unit_notices(alerts)
