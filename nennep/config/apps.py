from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail

TRAIL = {
    "backup made": _("Backup made"),
    "restored from a backup": _("Restored from a backup"),
    "program upgraded": _("Program upgraded"),
}


class ConfigConfig(AppConfig):
    name = "nennep.config"
    label = "config"

    def ready(self) -> None:
        trail.register_labels(TRAIL)
        # Importing registers the system checks.
        from nennep.config import checks  # noqa: F401, PLC0415 -- needs the app registry
