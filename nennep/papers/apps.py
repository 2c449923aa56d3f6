from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail


class PapersConfig(AppConfig):
    name = "nennep.papers"
    label = "papers"
    verbose_name = _("Official papers")

    def ready(self) -> None:
        trail.register_labels({"table taken away": _("Took a list away as a file")})
