"""All papers of a meeting to come in one file: the agenda, and the drafts to be voted on."""

from nennep.meetings.models import Meeting, Resolution
from nennep.meetings.queries.minutes import minutes
from nennep.meetings.queries.papers.agenda import agenda_paper
from nennep.meetings.queries.papers.phrases import file_stem, masthead, meeting_words, paper_words
from nennep.meetings.queries.papers.resolution import paper_of
from nennep.meetings.rules.presets import worded
from nennep.papers.paper import Book


def bundle(meeting: Meeting) -> Book:
    """Ready to be sent to members or put into the national app."""
    told = minutes(meeting)
    drafts = told.papers
    return Book(
        worded("bundle.title"),
        [agenda_paper(told.meeting), *(paper_of(draft, told) for draft in drafts)],
        subtitle=meeting_words(told.meeting),
        masthead=masthead(told.issuer, told.meeting),
        entries=[worded("bundle.agenda"), *(_entry(draft) for draft in drafts)],
        day=told.day,
        is_two_sided=False,
        file_stem=file_stem("tai-lieu", told.meeting, told.issuer),
    )


def _entry(draft: Resolution) -> str:
    kind = paper_words(draft)
    if draft.summary:
        return worded("bundle.draft_on", kind=kind, summary=draft.summary)
    return worded("bundle.draft", kind=kind)
