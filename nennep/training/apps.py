from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class TrainingConfig(AppConfig):
    name = "nennep.training"
    label = "training"

    def ready(self) -> None:
        from nennep.members.actions import merging  # noqa: PLC0415 -- needs the app registry
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
        from nennep.training.actions.merging import (  # noqa: PLC0415 -- likewise
            follow_person,
            refuse_nothing,
        )
        from nennep.training.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.training.rules import TrainingRules  # noqa: PLC0415 -- likewise
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
            also=(
                "/khoa-tap-huan/",
                "/buoi-tap-huan/",
                "/quan-triet/",
                "/quan-triet-chi-bo/",
                "/so-tay-dien-tu/",
                "/trac-nghiem/",
            ),
        )
        register_rules(TrainingRules)
        register_presets(Path(__file__).parent / "presets")
        _join_meetings()
        merging.register(check=refuse_nothing, follow=follow_person)


def _join_meetings() -> None:
    """What closed minutes show counts; what is owed and the files stand on a meeting's pages."""
    from nennep.meetings.actions import occasions  # noqa: PLC0415 -- needs the app registry
    from nennep.meetings.actions.occasions import Occasion  # noqa: PLC0415 -- likewise
    from nennep.meetings.choices import StepPage  # noqa: PLC0415 -- likewise
    from nennep.meetings.queries import additions  # noqa: PLC0415 -- likewise
    from nennep.training.actions.dissemination import follow_closing  # noqa: PLC0415 -- likewise
    from nennep.training.queries import meeting_pages  # noqa: PLC0415 -- likewise

    occasions.register(Occasion.CLOSED, follow_closing)
    additions.register_panel(StepPage.PREPARE, meeting_pages.before_meeting)
    additions.register_panel(StepPage.FOLLOW, meeting_pages.after_meeting)
    additions.register_alerts(meeting_pages.alerts)
