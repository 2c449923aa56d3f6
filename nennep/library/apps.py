from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "nennep.library"
    label = "library"

    def ready(self) -> None:
        from nennep.core import trail, verbs  # noqa: PLC0415 -- needs the app registry
        from nennep.library.actions.refreshing import register_later  # noqa: PLC0415 -- likewise
        from nennep.library.choices import TRAIL, Can  # noqa: PLC0415 -- likewise
        from nennep.library.jobs import refresh_found  # noqa: PLC0415 -- likewise

        register_later(lambda kind, keys: refresh_found.enqueue(kind=kind, keys=keys))
        verbs.register(Can)
        trail.register_labels(TRAIL)
