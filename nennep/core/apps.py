from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "nennep.core"
    label = "core"

    def ready(self) -> None:
        # Importing registers the system checks.
        from nennep.core import checks  # noqa: F401, PLC0415 -- needs the app registry
