from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "nennep.ui"
    label = "ui"

    def ready(self) -> None:
        # Django's own words say that something is wrong; these say what to do.
        Field.default_error_messages["required"] = _("Please fill this in or choose.")
