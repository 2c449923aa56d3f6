from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class DialogueConfig(AppConfig):
    name = "nennep.dialogue"
    label = "dialogue"

    def ready(self) -> None:
        from nennep.dialogue.actions.succession import hand_over  # noqa: PLC0415 -- needs the app registry
        from nennep.dialogue.choices import TRAIL, Can  # noqa: PLC0415 -- likewise
        from nennep.dialogue.queries import proposals, surveys  # noqa: PLC0415 -- likewise
        from nennep.dialogue.rules import DialogueRules  # noqa: PLC0415 -- likewise
        from nennep.meetings.choices import StepPage  # noqa: PLC0415 -- likewise
        from nennep.meetings.queries import additions  # noqa: PLC0415 -- likewise
        from nennep.organisation.actions import on_succession  # noqa: PLC0415 -- likewise
        from nennep.organisation.queries import register_unit_notices  # noqa: PLC0415 -- likewise
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        register_rules(DialogueRules)
        register_presets(Path(__file__).parent / "presets")
        register_nav(
            label=_("Proposals"),
            url_name="dialogue:home",
            icon="send",
            verb=Can.VIEW_PROPOSALS,
            order=29,
            group=NavGroup.MEETINGS,
        )
        on_succession(hand_over)
        register_unit_notices(proposals.notices)
        additions.register_panel(StepPage.FOLLOW, proposals.after_meeting)
        additions.register_alerts(proposals.alerts)
        register_nav(
            label=_("Surveys"),
            url_name="dialogue:surveys",
            icon="vote",
            verb=Can.VIEW_SURVEYS,
            order=29,
            group=NavGroup.DIRECTION,
        )
        additions.register_alerts(surveys.alerts)
