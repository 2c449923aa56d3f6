from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class TrainingConfig(AppConfig):
    name = "nennep.training"
    label = "training"

    def ready(self) -> None:
        from nennep.members.actions import merging  # noqa: PLC0415 -- needs the app registry
        from nennep.training.actions.merging import (  # noqa: PLC0415 -- likewise
            follow_person,
            refuse_nothing,
        )
        from nennep.training.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_nav(
            label=_("Training"),
            url_name="training:home",
            icon="cap",
            verb=Can.VIEW_TRAINING,
            order=45,
            group=NavGroup.KNOWLEDGE,
            also=("/khoa-tap-huan/", "/buoi-tap-huan/", "/quan-triet/", "/trac-nghiem/"),
        )
        merging.register(check=refuse_nothing, follow=follow_person)
