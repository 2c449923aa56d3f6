from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class AccountsConfig(AppConfig):
    name = "nennep.accounts"
    label = "accounts"

    def ready(self) -> None:
        from nennep.accounts import checks  # noqa: F401, PLC0415 -- importing registers them
        from nennep.accounts.choices import TRAIL, Can  # noqa: PLC0415 -- needs the app registry
        from nennep.accounts.queries import place_of  # noqa: PLC0415 -- likewise
        from nennep.organisation.queries import register_unit_link  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav, register_place  # noqa: PLC0415 -- likewise

        # Django would write the machine's moment; `http.begin_session` writes the product's.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        verbs.register(Can)
        trail.register_labels(TRAIL)
        register_place(place_of)
        register_nav(
            label=_("Roles"),
            url_name="accounts:grants",
            icon="lock",
            verb=Can.VIEW_GRANTS,
            order=90,
            group=NavGroup.SETUP,
            also=("/tai-khoan/", "/dot-tai-khoan/", "/chuc-vu/"),
        )
        register_nav(
            label=_("Audit trail"),
            url_name="accounts:trail",
            icon="clock",
            verb=Can.VIEW_TRAIL,
            order=95,
            group=NavGroup.SETUP,
        )
        register_unit_link(
            _("Roles at this organisation"),
            "accounts:grants-under",
            verb=Can.VIEW_GRANTS,
            icon="lock",
            order=90,
        )
