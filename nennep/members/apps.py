from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import verbs


class MembersConfig(AppConfig):
    name = "nennep.members"
    label = "members"

    def ready(self) -> None:
        from nennep.accounts.choices import Can as CanOfAccounts  # noqa: PLC0415 -- likewise
        from nennep.accounts.queries import register_grants_link  # noqa: PLC0415 -- likewise
        from nennep.core import trail  # noqa: PLC0415 -- needs the app registry
        from nennep.members.actions.closing import (  # noqa: PLC0415 -- needs the app registry
            refuse_people_on_roll,
        )
        from nennep.members.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.members.queries import strength_of_units  # noqa: PLC0415 -- likewise
        from nennep.organisation.actions import may_close  # noqa: PLC0415 -- likewise
        from nennep.organisation.queries import (  # noqa: PLC0415 -- likewise
            register_strength,
            register_unit_link,
        )
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        register_grants_link(
            _("Posts and accounts"),
            "members:offices",
            verb=CanOfAccounts.LOOK_AFTER_ACCOUNTS,
            icon="people",
        )
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        may_close(refuse_people_on_roll)
        register_strength(strength_of_units)
        register_unit_link(
            _("Members"), "members:roll", verb=Can.VIEW_MEMBERS, icon="people", order=10
        )
        register_nav(
            label=_("Members"),
            url_name="members:search",
            icon="people",
            verb=Can.VIEW_MEMBERS,
            order=30,
            group=NavGroup.PEOPLE,
        )
