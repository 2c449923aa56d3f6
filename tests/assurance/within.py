"""What is asked inside an installation under test. Answers are printed as JSON."""

import json
import sys

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.meetings.models import AgendaItem
from tests.world import World


def prepare() -> None:
    """A small organisation and a secretary who is signed in."""
    world = World()
    secretary = world.someone(Role.SECRETARY).user
    session = SessionStore()
    session[SESSION_KEY] = str(secretary.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = secretary.get_session_auth_hash()
    session.save()
    meeting = world.places["OWN-1"].meeting
    path = reverse("meetings:prepare", args=[meeting.public_id])
    _answer({"session": session.session_key, "path": path})


def write_trail(count: int) -> None:
    """So many lines of the trail, sealed; answers with their numbers."""
    from nennep.core import trail
    from nennep.core.sealing import seal_lines

    person = system_person()
    for number in range(count):
        trail.record("item added", None, by=person, title=f"Nội dung {number}")
    seal_lines()
    _answer(list(TrailLine.objects.order_by("id").values_list("id", flat=True)))


def drop_triggers() -> None:
    from nennep.core import append_only

    append_only.remove()
    _answer(True)


def titles() -> None:
    """Every agenda item, and how many lines of the trail tell of one being added."""
    added = TrailLine.objects.filter(verb="item added").count()
    _answer({"titles": list(AgendaItem.objects.values_list("title", flat=True)), "lines": added})


def _answer(answer: object) -> None:
    json.dump(answer, sys.stdout)
