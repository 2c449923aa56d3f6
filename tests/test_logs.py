"""What a server writes down about its work names nobody: names are planted wherever they could slip in."""

import logging
from io import StringIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nennep.accounts.models import User
from nennep.config.logs import WithoutPersons
from nennep.ui import views
from tests.assurance.installation import Installation

NAME = "Nguyễn Thị Kín"
PLAIN = "nguyenthikin"
WORDS = ("Nguyễn", "Thị", "Kín", "nguyenthikin", "Nguy%E1", "%E1%BB%85", r"\u1ec5", "kín")


@pytest.fixture
def written():
    """What our formatter makes of every record, at every level."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutPersons())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)


def named(text):
    return [word for word in WORDS if word in text]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def test_an_address_somebody_made_up_is_not_repeated(visitor, written):
    visitor.get(f"/dang-vien/{NAME}/{PLAIN}/?q={NAME}")

    assert "404 GET (unknown address)" in written()
    assert named(written()) == []


def test_a_failure_says_where_and_of_what_kind_and_not_about_whom(visitor, written, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ValueError(f"invalid literal: {NAME}") from KeyError(PLAIN)

    monkeypatch.setattr(views, "render", fail)
    visitor.get(reverse("ui:offline"), {"q": NAME})

    said = written()
    assert f"500 GET {reverse('ui:offline')}" in said
    assert "builtins.ValueError" in said
    assert "which came of:\nbuiltins.KeyError" in said
    assert "test_logs.py" in said
    assert named(said) == []


@pytest.mark.django_db
def test_a_database_that_quotes_the_row_is_not_quoted(written):
    User.objects.create(username=PLAIN, display_name=NAME)
    try:
        with transaction.atomic():
            User.objects.create(username=PLAIN, display_name=NAME)
    except IntegrityError:
        logging.getLogger("django.db").exception("cannot write %s", NAME)

    assert "django.db.utils.IntegrityError" in written()
    assert named(written()) == []


@pytest.mark.parametrize("name", ["somebody.elses", "django.security", "django_tasks", "axes"])
def test_whatever_a_library_puts_into_its_message_is_left_out(written, name):
    logger = logging.getLogger(name)
    logger.warning(f"sign-in failed: {NAME}")  # noqa: G004 -- as libraries do
    logger.warning("sign-in failed: %s from %s", PLAIN, NAME)
    logger.warning("failed: %(who)s", {"who": NAME})
    logger.error(ValueError(NAME))

    assert written().count("WARNING") == 3
    assert named(written()) == []


def test_our_own_sentences_stay_with_their_numbers_and_ids(written):
    logger = logging.getLogger("nennep.test")
    public_id = "01234567-89ab-cdef-0123-456789abcdef"
    logger.warning("%d lines of %s by %s in %s", 3, public_id, NAME, "nennep.imports.jobs.load")
    faulty = logging.LogRecord("nennep.test", 30, __file__, 1, "%d lines", (NAME,), None)

    assert WithoutPersons().format(faulty).endswith(" WARNING nennep.test %d lines")
    assert f"3 lines of {public_id} by … in nennep.imports.jobs.load" in written()
    assert named(written()) == []


@pytest.mark.slow
def test_a_real_server_names_nobody(tmp_path):
    """Names in addresses, queries, forms, sign-ins, a broken table, a request cut short."""
    installation = Installation(tmp_path)
    ticket = installation.ask("prepare()")
    installation.start()
    try:
        fields = {"day": "2024-06-20", "time": "19:00", "place": "NVH", "new_item": NAME}
        assert installation.post(ticket["path"], ticket["session"], fields) == 302
        installation.post(f"/khong-co/{PLAIN}/", ticket["session"], {"q": NAME})
        installation.post("/dang-nhap/", "", {"username": PLAIN, "password": NAME})
        installation.post(ticket["path"] + f"?q={PLAIN}", "x", {"new_item": NAME})
        installation.sql("ALTER TABLE core_trailline RENAME TO away")
        assert installation.post(ticket["path"], ticket["session"], fields) == 500
    finally:
        installation.kill()

    log = installation.log.read_text()
    assert "500 POST /sinh-hoat/" in log
    assert "OperationalError" in log
    assert named(log) == []
