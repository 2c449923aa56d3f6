from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class ProgrammesConfig(AppConfig):
    name = "nennep.programmes"
    label = "programmes"

    def ready(self) -> None:
        from nennep.indicators.choices import Can as Indicators  # noqa: PLC0415 -- needs the app registry
        from nennep.programmes.choices import TRAIL, Can  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        register_nav(
            label=_("Programmes"),
            url_name="programmes:programmes",
            icon="target",
            verb=Indicators.VIEW_FIGURES,
            order=24,
            group=NavGroup.DIRECTION,
            also=("/trien-khai/",),
        )
