from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import verbs


class ImportsConfig(AppConfig):
    name = "nennep.imports"
    label = "imports"

    def ready(self) -> None:
        from nennep.core import trail  # noqa: PLC0415 -- needs the app registry
        from nennep.imports.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.imports.queries.first_steps import is_being_set_up  # noqa: PLC0415 -- likewise
        from nennep.imports.queries.meeting_page import at_roll_call  # noqa: PLC0415 -- likewise
        from nennep.meetings.choices import StepPage  # noqa: PLC0415 -- likewise
        from nennep.meetings.queries.additions import register_panel  # noqa: PLC0415 -- likewise
        from nennep.organisation.choices import Can as Organisation  # noqa: PLC0415 -- likewise
        from nennep.organisation.queries import register_unit_link  # noqa: PLC0415 -- likewise
        from nennep.ui.http import (  # noqa: PLC0415 -- likewise
            NavGroup,
            register_beginning,
            register_nav,
        )

        verbs.register(Can)
        register_panel(StepPage.OPEN, at_roll_call)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_nav(
            label=_("First steps"),
            url_name="imports:first-steps",
            icon="flag",
            verb=Organisation.MANAGE_UNITS,
            order=85,
            group=NavGroup.SETUP,
            also=("/nhap-bang-tinh/", "/lan-nhap/"),
        )
        register_beginning(Organisation.MANAGE_UNITS, "imports:first-steps", lasts=is_being_set_up)
        register_unit_link(
            _("Take in a spreadsheet"),
            "imports:start",
            verb=Can.IMPORT_TABLES,
            icon="plus",
            order=70,
        )
