from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import verbs


class OrganisationConfig(AppConfig):
    name = "nennep.organisation"
    label = "organisation"

    def ready(self) -> None:
        from nennep.core import trail  # noqa: PLC0415 -- needs the app registry
        from nennep.organisation import queries  # noqa: PLC0415 -- needs the app registry
        from nennep.organisation.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.regulations.queries import (  # noqa: PLC0415 -- likewise
            register_scope_finder,
            register_scope_names,
        )
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_scope_names(queries.scope_names)
        register_scope_finder(queries.scope_path)
        register_nav(
            label=_("Organisations"),
            url_name="organisation:tree",
            icon="tree",
            verb=Can.VIEW_UNIT,
            order=60,
            group=NavGroup.PEOPLE,
        )
