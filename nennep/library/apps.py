from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "nennep.library"
    label = "library"

    def ready(self) -> None:
        from nennep.core import trail, verbs  # noqa: PLC0415 -- needs the app registry
        from nennep.library.choices import TRAIL, Can  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
