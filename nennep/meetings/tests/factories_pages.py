"""What the tests of pages share: addresses, what a form posts, and meetings at some step."""

from django.urls import reverse

from nennep.meetings import actions
from nennep.meetings.models import Meeting
from nennep.meetings.tests import factories


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def page_of(meeting, step):
    return reverse(f"meetings:{step}", args=[meeting.public_id])


def text_of(response):
    return response.content.decode()


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def prepared(cell, **more):
    meeting = factories.planned(cell, **more)
    return actions.prepare(meeting, by=cell.secretary)


def opening(**fields):
    return {"held_on": "2024-06-03", "start": "19:30", "do": "save"} | fields


def in_discussion(cell, absences=None):
    meeting = factories.opened(cell)
    actions.prepare(meeting, by=cell.secretary)
    actions.take_roll(meeting, absences=absences or {}, by=cell.secretary)
    return fresh(meeting)


def item_fields(item, **texts):
    return {f"item-{item.pk}-version": str(item.version)} | {
        f"item-{item.pk}-{name}": text for name, text in texts.items()
    }


def lines_as_they_are(meeting):
    fields = {}
    for paper in meeting.resolutions.all():
        for line in paper.items.all():
            fields[f"line-{line.pk}-what"] = line.what
            fields[f"line-{line.pk}-who"] = line.who_text
            fields[f"line-{line.pk}-due_on"] = line.due_on or ""
    return fields


def ending(**fields):
    return {"do": "save", "version": "0"} | fields


def closed_meeting(cell, **more):
    """With a resolution that has a number."""
    meeting = factories.ready(cell, **more)
    factories.resolve(meeting, cell)
    actions.close_minutes(meeting, by=cell.secretary)
    return fresh(meeting)
