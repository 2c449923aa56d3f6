"""What differs in tests. Everything else is as in production."""

import atexit
import os
import shutil
import tempfile

import dj_database_url

if "NENNEP_DATA" not in os.environ:  # a test never touches the data of this installation
    os.environ["NENNEP_DATA"] = tempfile.mkdtemp(prefix="nennep-tests-")
    atexit.register(shutil.rmtree, os.environ["NENNEP_DATA"], ignore_errors=True)

from nennep.config.settings import *  # noqa: F403 -- as in production
from nennep.config.settings import DATA_DIR, FILES_DIR, SQLITE_OPTIONS, STORAGES, TEMPLATES

FILES_DIR.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]  # lets coverage read templates
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True  # nothing is collected in tests
DATABASES = {
    "default": dj_database_url.parse(os.environ.get("NENNEP_TEST_DATABASE") or "sqlite://:memory:")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production, so that threads meet the locks they would meet; not synced to disk.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}
    # A name that is not “:memory:”, or a live server would share one connection between threads.
    DATABASES["default"]["NAME"] = str(DATA_DIR / "unused.sqlite3")
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {
        "init_command": SQLITE_OPTIONS["init_command"].replace("=FULL", "=OFF")
    }
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
