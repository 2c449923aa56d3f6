from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "nennep.config"
    label = "config"

    def ready(self) -> None:
        # Importing registers the system checks.
        from nennep.config import checks  # noqa: F401, PLC0415 -- needs the app registry
