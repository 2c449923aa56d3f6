from django.apps import AppConfig

from nennep.core import verbs


class OrganisationConfig(AppConfig):
    name = "nennep.organisation"
    label = "organisation"

    def ready(self) -> None:
        from nennep.organisation.choices import Can  # noqa: PLC0415 -- needs the app registry

        verbs.register(Can)
