from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import kept_files, trail, verbs


class MeetingsConfig(AppConfig):
    name = "nennep.meetings"
    label = "meetings"

    def ready(self) -> None:
        from nennep.library.queries.numbers import (  # noqa: PLC0415 -- needs the app registry
            register_numbers,
        )
        from nennep.library.queries.sources import register_source  # noqa: PLC0415 -- needs the app registry
        from nennep.meetings.actions.merging import (  # noqa: PLC0415 -- needs the app registry
            follow_person,
            refuse_two_at_one_meeting,
        )
        from nennep.meetings.actions.signed_copies import (  # noqa: PLC0415 -- likewise
            signed_copy_paths,
        )
        from nennep.meetings.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- needs the app registry
        from nennep.meetings.queries.issuing import numbers_of  # noqa: PLC0415 -- likewise
        from nennep.meetings.queries.sources import CLOSED_MEETINGS  # noqa: PLC0415 -- likewise
        from nennep.meetings.rules import MeetingRules  # noqa: PLC0415 -- likewise
        from nennep.members.actions import merging  # noqa: PLC0415 -- likewise
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise
        from nennep.ui.http import NavGroup, register_nav  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_nav(
            label=_("Home"),
            url_name="meetings:home",
            icon="home",
            order=0,
            group=NavGroup.HOME,
        )
        register_nav(
            label=_("Meetings"),
            url_name="meetings:list",
            icon="meeting",
            verb=Can.VIEW_MEETINGS,
            order=10,
            group=NavGroup.MEETINGS,
            also=("/muc/", "/ban-ky/", "/ke-hoach/", "/ghi-so/", "/ma/"),
        )
        register_nav(
            label=_("Ledger"),
            url_name="meetings:ledger-home",
            icon="calendar",
            verb=Can.VIEW_LEDGER,
            order=20,
            group=NavGroup.MEETINGS,
            also=("/ly-do/", "/chuyen-de-bat-buoc/", "/can-luu-y/"),
        )
        kept_files.register_kept_files("signed copies", signed_copy_paths)
        register_numbers(numbers_of)
        merging.register(check=refuse_two_at_one_meeting, follow=follow_person)
        register_rules(MeetingRules)
        _look_ahead()
        register_presets(Path(__file__).parent / "presets")
        register_source(CLOSED_MEETINGS)
        _offer_handbook()


def _look_ahead() -> None:
    """What cells are told in good time, and when offices call them."""
    from nennep.meetings.choices import Can  # noqa: PLC0415 -- needs the app registry
    from nennep.meetings.queries import additions, alerts  # noqa: PLC0415 -- likewise
    from nennep.meetings.rules.alerts import AlertRules  # noqa: PLC0415 -- likewise
    from nennep.meetings.rules.calling import CallRules  # noqa: PLC0415 -- likewise
    from nennep.organisation.queries import (  # noqa: PLC0415 -- likewise
        register_unit_link,
        register_unit_notices,
    )
    from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise

    register_rules(CallRules)
    register_rules(AlertRules)
    register_unit_link(
        _("Worth your attention"), "meetings:alerts", verb=Can.VIEW_ALERTS, icon="bell", order=42
    )
    additions.register_alerts(alerts.hints)
    register_unit_notices(alerts.hints)


def _offer_handbook() -> None:
    """The handbook's entries on the five pages, and what its forms may know of a meeting."""
    from nennep.library.queries.handbook_desk import register_places  # noqa: PLC0415 -- needs the app registry
    from nennep.library.queries.handbook_forms import register_particulars  # noqa: PLC0415 -- needs the app registry
    from nennep.meetings.choices import StepPage  # noqa: PLC0415 -- likewise
    from nennep.meetings.queries.additions import register_panel  # noqa: PLC0415 -- likewise
    from nennep.meetings.queries.handbook import (  # noqa: PLC0415 -- likewise
        panel_on,
        particulars,
        places_offered,
    )

    for page in StepPage:
        register_panel(page, panel_on(page))
    register_particulars(particulars)
    register_places(places_offered)
