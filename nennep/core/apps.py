from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "nennep.core"
    label = "core"

    def ready(self) -> None:
        # Importing registers the system checks.
        from nennep.core import append_only, checks  # noqa: F401, PLC0415 -- needs the app registry

        post_migrate.connect(append_only.guard, sender=self)
