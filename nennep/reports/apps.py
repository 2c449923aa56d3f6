from django.apps import AppConfig

from nennep.core import verbs


class ReportsConfig(AppConfig):
    name = "nennep.reports"
    label = "reports"

    def ready(self) -> None:
        from nennep.reports.choices import Can  # noqa: PLC0415 -- needs the app registry

        verbs.register(Can)
