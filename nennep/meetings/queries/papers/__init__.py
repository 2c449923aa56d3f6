"""The papers of a meeting as `Paper` values. Wording is data (`presets/wording.toml`); names are of the day."""

from nennep.meetings.queries.papers.agenda import agenda_paper, agenda_text
from nennep.meetings.queries.papers.books import minutes_book, resolutions_book
from nennep.meetings.queries.papers.bundle import bundle
from nennep.meetings.queries.papers.invitation import (
    invitation_paper,
    invitation_text,
)
from nennep.meetings.queries.papers.minutes import minutes_paper
from nennep.meetings.queries.papers.resolution import resolution_paper
from nennep.meetings.queries.papers.sheets import blank_minutes_paper, sign_in_paper

__all__ = [
    "agenda_paper",
    "agenda_text",
    "blank_minutes_paper",
    "bundle",
    "invitation_paper",
    "invitation_text",
    "minutes_book",
    "minutes_paper",
    "resolution_paper",
    "resolutions_book",
    "sign_in_paper",
]
