from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import kept_files, trail, verbs


class QualityConfig(AppConfig):
    name = "nennep.quality"
    label = "quality"

    def ready(self) -> None:
        from nennep.members.actions import merging  # noqa: PLC0415 -- needs the app registry
        from nennep.organisation.queries import register_unit_link  # noqa: PLC0415 -- likewise
        from nennep.quality.actions.merging import (  # noqa: PLC0415 -- likewise
            follow_person,
            refuse_nothing,
        )
        from nennep.quality.actions.office_forms import form_paths  # noqa: PLC0415 -- likewise
        from nennep.quality.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.quality.rules.in_force import QualityRules  # noqa: PLC0415 -- likewise
        from nennep.quality.rules.oddities import OddityRules  # noqa: PLC0415 -- likewise
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        kept_files.register_kept_files("office forms", form_paths)
        merging.register(check=refuse_nothing, follow=follow_person)
        register_rules(QualityRules)
        register_rules(OddityRules)
        register_presets(Path(__file__).parent / "presets")
        register_nav(
            label=_("Classes"),
            url_name="quality:classes-home",
            icon="medal",
            verb=Can.VIEW_CLASSES,
            order=25,
            group=NavGroup.MEETINGS,
            also=("/phieu-cham/", "/xem-lai/"),
        )
        register_unit_link(
            _("Classes of meetings"),
            "quality:classes",
            verb=Can.VIEW_CLASSES,
            icon="check",
            order=40,
        )
        register_unit_link(
            _("For a second look"),
            "quality:oddities",
            verb=Can.VIEW_ODDITIES,
            icon="search",
            order=45,
        )
        _on_meetings()
        _supervise()


def _on_meetings() -> None:
    """What scores and points for a second look add to the month of a cell."""
    from nennep.meetings.actions import occasions  # noqa: PLC0415 -- needs the app registry
    from nennep.meetings.choices import PaperPlace, StepPage  # noqa: PLC0415 -- likewise
    from nennep.meetings.queries import additions, facts  # noqa: PLC0415 -- likewise
    from nennep.quality.actions.oddities import look_after_closing  # noqa: PLC0415 -- likewise
    from nennep.quality.queries import oddities  # noqa: PLC0415 -- likewise
    from nennep.quality.queries import on_meetings as added  # noqa: PLC0415 -- likewise
    from nennep.quality.queries.filled import scored_among  # noqa: PLC0415 -- likewise

    facts.register_proof("score", scored_among)
    additions.register_panel(StepPage.CONCLUDE, added.concluding_panel)
    additions.register_panel(StepPage.FOLLOW, added.following_panel)
    additions.register_lacking(added.lacking)
    additions.register_alerts(oddities.alerts)
    additions.register_blocks(PaperPlace.MINUTES_CONCLUSION, added.minutes_blocks)
    additions.register_blocks(PaperPlace.SCORE, added.resolution_blocks)
    occasions.register(occasions.Occasion.CLOSED, look_after_closing)


def _supervise() -> None:
    """Ways into supervision, and what it adds to a meeting's pages and closing."""
    from nennep.meetings.actions import occasions  # noqa: PLC0415 -- needs the app registry
    from nennep.meetings.actions.occasions import Occasion  # noqa: PLC0415 -- likewise
    from nennep.meetings.choices import StepPage  # noqa: PLC0415 -- likewise
    from nennep.meetings.queries import additions  # noqa: PLC0415 -- likewise
    from nennep.organisation.queries import register_unit_link  # noqa: PLC0415 -- likewise
    from nennep.quality.actions.visits import follow_closing  # noqa: PLC0415 -- likewise
    from nennep.quality.choices import Can  # noqa: PLC0415 -- likewise
    from nennep.quality.queries import supervision  # noqa: PLC0415 -- likewise
    from nennep.quality.rules.supervision import SupervisionRules  # noqa: PLC0415 -- likewise
    from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
    from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

    register_rules(SupervisionRules)
    register_nav(
        label=_("Supervision"),
        url_name="quality:supervision-home",
        icon="shield",
        verb=Can.VIEW_SUPERVISION,
        order=27,
        group=NavGroup.MEETINGS,
    )
    register_unit_link(
        _("Supervision"),
        "quality:supervision",
        verb=Can.VIEW_SUPERVISION,
        icon="shield",
        order=45,
    )
    occasions.register(Occasion.CLOSED, follow_closing)
    additions.register_panel(StepPage.PREPARE, supervision.before_meeting)
    additions.register_panel(StepPage.FOLLOW, supervision.after_meeting)
    additions.register_alerts(supervision.alerts)
