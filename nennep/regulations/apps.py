from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class RegulationsConfig(AppConfig):
    name = "nennep.regulations"
    label = "regulations"

    def ready(self) -> None:
        from nennep.regulations.choices import TRAIL, Can  # noqa: PLC0415 -- needs the app registry
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        register_presets(Path(__file__).parent / "presets")
        register_nav(
            label=_("Rules"),
            url_name="regulations:list",
            icon="scale",
            verb=Can.VIEW_RULES,
            order=80,
            group=NavGroup.KNOWLEDGE,
        )
