"""A full disk, a busy or absent database, a store that is not there: in words, nothing half-written."""

import errno
import resource
import subprocess
import sys
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from nennep.core import kept_files
from nennep.core.storage import WholeFiles, make_store
from nennep.core.trouble import SENTENCES, FilesAway, Trouble, in_words, trouble_of


def of_postgresql(state):
    error = OperationalError("said by the server")
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": state})()
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OperationalError("database is locked"), Trouble.BUSY),
        (OperationalError("database or disk is full"), Trouble.FULL),
        (OperationalError("unable to open database file"), Trouble.AWAY),
        (OperationalError("attempt to write a readonly database"), Trouble.READ_ONLY),
        (OperationalError("disk I/O error"), Trouble.FAULTY),
        (DatabaseError("database disk image is malformed"), Trouble.FAULTY),
        (of_postgresql("53100"), Trouble.FULL),
        (of_postgresql("53300"), Trouble.BUSY),
        (of_postgresql("55P03"), Trouble.BUSY),
        (of_postgresql("57P01"), Trouble.AWAY),
        (of_postgresql("08006"), Trouble.AWAY),
        (of_postgresql(None), Trouble.AWAY),
        (of_postgresql("42P01"), None),
        (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
        (OSError(errno.EFBIG, "File too large"), Trouble.FULL),
        (OSError(errno.ENOENT, "No such file"), None),
        (FilesAway(), Trouble.NO_FILES),
        (OperationalError("no such table: x"), None),
        (IntegrityError("UNIQUE constraint failed"), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_each_trouble_is_known_and_nothing_else_is_taken_for_one(error, trouble):
    assert trouble_of(error) == trouble
    assert in_words(error) == (str(SENTENCES[trouble]) if trouble else "")


@pytest.fixture
def store(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir()
    return WholeFiles(location=settings.FILES_DIR)


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_kept_file_is_there_whole_and_alone(store, settings):
    store.save("signed/ab/abcd", ContentFile(b"photo"))

    assert names(settings.FILES_DIR) == ["abcd"]
    with store.open("signed/ab/abcd") as kept:
        assert kept.read() == b"photo"


def test_a_file_that_breaks_off_leaves_nothing(store, settings):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.save("signed/ab/abcd", Broken(b"photo"))

    assert names(settings.FILES_DIR) == []
    assert not store.exists("signed/ab/abcd")


def test_a_limit_of_the_system_leaves_nothing_either(tmp_path):
    """The same with the system's own refusal, in a process that may write no more than 1 MB."""
    script = (
        "import resource, sys, django\n"
        "from django.conf import settings\n"
        "settings.configure(FILES_DIR=sys.argv[1], USE_I18N=False)\n"
        "django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from nennep.core.storage import WholeFiles\n"
        "from nennep.core.trouble import trouble_of\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "try:\n"
        "    WholeFiles(location=sys.argv[1]).save('a', ContentFile(bytes(2_000_000)))\n"
        "except OSError as error:\n"
        "    print(trouble_of(error))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert resource.RLIMIT_FSIZE
    assert (answer.stdout, answer.stderr) == ("full\n", "")
    assert names(tmp_path) == []


def test_a_store_that_is_not_there_is_missed_and_never_made_in_passing(store, settings):
    settings.FILES_DIR.rmdir()

    with pytest.raises(FilesAway):
        store.save("signed/ab/abcd", ContentFile(b"photo"))
    with pytest.raises(FilesAway):
        store.open("signed/ab/abcd")
    assert not settings.FILES_DIR.exists()


def test_the_store_is_made_where_no_record_names_a_file(store, settings, monkeypatch):
    monkeypatch.setattr(kept_files, "_sources", {"none": list})
    settings.FILES_DIR.rmdir()
    make_store()
    assert settings.FILES_DIR.is_dir()


@pytest.mark.parametrize("is_there", [True, False])
def test_an_empty_place_under_named_files_is_a_disk_that_is_not_mounted(
    store, settings, monkeypatch, is_there
):
    monkeypatch.setattr(kept_files, "_sources", {"one": lambda: ["signed/ab/abcd"]})
    if not is_there:
        settings.FILES_DIR.rmdir()

    with pytest.raises(FilesAway):
        make_store()
    assert settings.FILES_DIR.exists() == is_there


def test_files_that_records_name_and_the_store_has_not_are_listed(monkeypatch):
    kept = default_storage.save("kept-for-a-test", ContentFile(b"x"))
    monkeypatch.setattr(kept_files, "_sources", {"two": lambda: [kept, "gone"]})

    assert list(kept_files.missing_files()) == ["gone"]
    default_storage.delete(kept)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own limits")
@pytest.mark.django_db(transaction=True)
def test_a_full_sqlite_takes_nothing_of_what_it_could_not_take_whole():
    from nennep.core.models import TrailLine
    from nennep.core.tests.trails import write_lines

    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
    try:
        with pytest.raises(DatabaseError) as full, transaction.atomic():
            write_lines(2_000)
        assert trouble_of(full.value) == Trouble.FULL
        assert TrailLine.objects.count() == 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    write_lines(2_000)
    assert TrailLine.objects.count() == 2_000


@pytest.mark.django_db(transaction=True)
def test_a_lock_held_by_somebody_else_is_a_busy_database():
    """SQLite: somebody writes for too long. PostgreSQL: somebody holds the table."""
    from nennep.core.models import Job

    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE core_job IN ACCESS EXCLUSIVE MODE")
            held.set()
            let_go.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50" if is_sqlite else "SET lock_timeout = 50")
    try:
        with pytest.raises(OperationalError) as busy, transaction.atomic():
            Job.objects.update(done=1)
        assert trouble_of(busy.value) == Trouble.BUSY
    finally:
        let_go.set()
        holder.join()
        connection.close()
