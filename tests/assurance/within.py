"""What is asked inside an installation under test. Answers are printed as JSON."""

import hashlib
import json
import sys

from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core import serializers
from django.db import connection
from django.urls import reverse

from nennep.accounts.choices import Role
from nennep.accounts.models import OpenSession
from nennep.accounts.queries import system_person
from nennep.accounts.sessions import SessionStore
from nennep.core import clock
from nennep.core.documents import TextLine
from nennep.core.models import TrailLine
from nennep.library.models import Posting, Term
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


def keep_signed_copy() -> None:
    """One file in the store, named by a record; answers with its path."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from nennep.meetings.actions.signed_copies import path_of
    from nennep.meetings.models import Meeting, SignedCopy

    content = b"%PDF-1.7 the signed pages"
    digest = hashlib.sha256(content).hexdigest()
    default_storage.save(path_of(digest), ContentFile(content))
    SignedCopy.objects.create(
        meeting=Meeting.objects.first(), sha256=digest, name="a.pdf", size=len(content),
        content_type="application/pdf", kept_by=system_person(), kept_at=clock.now(),
    )  # fmt: skip
    _answer(default_storage.path(path_of(digest)))


def fail_upgrade() -> None:
    """The last of the pending migrations breaks off; answers with what was said."""
    from django.db.migrations.executor import MigrationExecutor

    from nennep.config import upgrading
    from nennep.core.refusal import Refusal

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    last = type(plan[-1][0])

    def break_off(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    last.apply = break_off
    try:
        upgrading.upgrade(lambda *_: None)
    except Refusal as refusal:
        _answer({"said": refusal.message, "pending": len(plan)})


def migrations() -> None:
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    _answer(sorted(f"{app}.{name}" for app, name in applied))


def sessions() -> None:
    _answer(OpenSession.objects.count())


# Made again by a restore, under ids of their own: compared by what they say.
SAID_BY = {
    Term: ("collection", "term", "df"),
    Posting: ("term__collection", "term__term", "piece", "unit", "impact"),
}


def contents() -> None:
    """Every row of every model as Django serialises it: its hash by model, without the sessions."""
    sums = {}
    for model in apps.get_models(include_auto_created=True):
        if model is OpenSession:
            continue
        rows = model._base_manager.order_by("pk")
        said = (
            repr(sorted(rows.values_list(*SAID_BY[model]), key=repr))
            if model in SAID_BY
            else serializers.serialize("jsonl", rows, sort_keys=True)
        )
        sums[model._meta.label] = [rows.count(), hashlib.sha256(said.encode()).hexdigest()]
    _answer(sums)


def index() -> None:
    """Everything that can be found, and files that only the index holds; how many terms there are."""
    from nennep.library.actions import index_collection, rebuild
    from nennep.library.rules.sources import Source

    rebuild(by=system_person())
    lines = [TextLine("Chi bộ họp thường kỳ mỗi tháng một lần.")]
    index_collection("luat", [Source("a", "Luật A – Điều 1. Họp", lines)], by=system_person())
    _answer(Term.objects.count())


def titles() -> None:
    """Every agenda item, and how many lines of the trail tell of one being added."""
    added = TrailLine.objects.filter(verb="item added").count()
    _answer({"titles": list(AgendaItem.objects.values_list("title", flat=True)), "lines": added})


def _answer(answer: object) -> None:
    json.dump(answer, sys.stdout)
