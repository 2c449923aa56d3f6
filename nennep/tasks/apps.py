from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class TasksConfig(AppConfig):
    name = "nennep.tasks"
    label = "tasks"

    def ready(self) -> None:
        from nennep.library.queries.sources import register_source  # noqa: PLC0415 -- likewise
        from nennep.members.actions import merging  # noqa: PLC0415 -- needs the app registry
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
        from nennep.tasks.actions.merging import (  # noqa: PLC0415 -- likewise
            follow_person,
            refuse_nothing,
        )
        from nennep.tasks.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.tasks.queries.sources import KINDS  # noqa: PLC0415 -- likewise
        from nennep.tasks.rules import TaskRules  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_nav(
            label=_("Tasks"),
            url_name="tasks:home",
            icon="task",
            verb=Can.VIEW_TASKS,
            order=15,
            group=NavGroup.MEETINGS,
            also=("/cau-hoi-ro/", "/nhiem-vu/", "/viec-nhan/", "/viec-giao/"),
        )
        merging.register(check=refuse_nothing, follow=follow_person)
        register_rules(TaskRules)
        register_presets(Path(__file__).parent / "presets")
        for kind in KINDS:
            register_source(kind)
        _join_meetings()


def _join_meetings() -> None:
    """What tasks add to a meeting's closing, pages and papers."""
    from nennep.meetings.actions import occasions  # noqa: PLC0415 -- needs the app registry
    from nennep.meetings.actions.occasions import Occasion  # noqa: PLC0415 -- likewise
    from nennep.meetings.choices import PaperPlace, StepPage  # noqa: PLC0415 -- likewise
    from nennep.meetings.queries import additions  # noqa: PLC0415 -- likewise
    from nennep.tasks.actions import lines, taking_up  # noqa: PLC0415 -- likewise
    from nennep.tasks.queries import meeting_pages, papers  # noqa: PLC0415 -- likewise

    occasions.register(Occasion.PREPARED, taking_up.follow_preparing)
    occasions.register(Occasion.CLOSED, lines.follow_closing)
    occasions.register_result(lines.follow_result)
    additions.register_panel(StepPage.PREPARE, meeting_pages.before_meeting)
    additions.register_panel(StepPage.CONCLUDE, meeting_pages.at_conclusion)
    additions.register_panel(StepPage.FOLLOW, meeting_pages.after_meeting)
    additions.register_lacking(meeting_pages.lacking)
    additions.register_alerts(meeting_pages.alerts)
    additions.register_blocks(PaperPlace.LAST_MONTH, papers.other_results)
