from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nennep.core import trail, verbs


class RecognitionConfig(AppConfig):
    name = "nennep.recognition"
    label = "recognition"

    def ready(self) -> None:
        from nennep.indicators.choices import Can as Indicators  # noqa: PLC0415 -- needs the app registry
        from nennep.indicators.queries.added_stocks import register_stocks  # noqa: PLC0415 -- likewise
        from nennep.indicators.queries.exits import register_exit  # noqa: PLC0415 -- likewise
        from nennep.indicators.queries.registers import register_counts  # noqa: PLC0415 -- likewise
        from nennep.organisation.queries import register_unit_link  # noqa: PLC0415 -- likewise
        from nennep.recognition.choices import TRAIL, TRAIL_WORDS, Can  # noqa: PLC0415 -- likewise
        from nennep.recognition.models import Commendation  # noqa: PLC0415 -- likewise
        from nennep.recognition.queries import counting  # noqa: PLC0415 -- likewise
        from nennep.recognition.rules.commendations import CommendationRules  # noqa: PLC0415 -- likewise
        from nennep.recognition.rules.ratings import RatingRules  # noqa: PLC0415 -- likewise
        from nennep.regulations.queries import register_presets  # noqa: PLC0415 -- likewise
        from nennep.regulations.rules import register_rules  # noqa: PLC0415 -- likewise

        verbs.register(Can)
        trail.register_labels(TRAIL)
        trail.register_words(TRAIL_WORDS)
        register_rules(RatingRules)
        register_rules(CommendationRules)
        register_presets(Path(__file__).parent / "presets")
        register_stocks(counting.NAMES, counting.rating_changes)
        register_counts(Commendation.objects.all(), counting.COMMENDED)
        register_exit(
            _("Ratings of the year"),
            "recognition:levels",
            icon="medal",
            verb=Indicators.VIEW_FIGURES,
        )
        register_unit_link(
            _("Ratings of the year"),
            "recognition:levels",
            verb=Indicators.VIEW_FIGURES,
            icon="medal",
            order=45,
        )
        register_exit(
            _("Commendation"),
            "recognition:commendations",
            icon="flag",
            verb=Can.VIEW_COMMENDATIONS,
        )
        register_unit_link(
            _("Commendation"),
            "recognition:commendations",
            verb=Can.VIEW_COMMENDATIONS,
            icon="flag",
            order=46,
        )
