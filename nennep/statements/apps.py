from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class StatementsConfig(AppConfig):
    name = "nennep.statements"
    label = "statements"

    def ready(self) -> None:
        from nennep.indicators.choices import Can as Indicators  # noqa: PLC0415 -- needs the app registry
        from nennep.indicators.queries.exits import register_exit  # noqa: PLC0415 -- likewise
        from nennep.statements.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_nav(
            label=_("Figures of reports"),
            url_name="statements:reports",
            icon="eye",
            verb=Can.CONFIRM_FIGURES,
            order=60,
            group=NavGroup.DIRECTION,
            also=("/bao-cao-da-doc/", "/so-lieu-neu/"),
        )
        register_exit(
            _("Figures of reports"), "statements:unit", icon="report", verb=Indicators.VIEW_FIGURES
        )
