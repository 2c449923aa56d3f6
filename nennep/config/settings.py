"""Every deployment is configured by environment variables read in this one file."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from nennep.config.sqlite import use_sound_sqlite

use_sound_sqlite()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("NENNEP_DATA", BASE_DIR / ".data")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
FILES_DIR = DATA_DIR / "files"


def _secret_key() -> str:
    """The key of this installation: made once, kept beside its data, never in the code."""
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        fresh = DATA_DIR / f"secret-key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # another process was quicker: its key is the one
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text().strip()


SECRET_KEY = os.environ.get("NENNEP_SECRET_KEY") or _secret_key()
BACKUP_KEY = os.environ.get("NENNEP_BACKUP_KEY", "")  # public: backups are closed to it
DEBUG = os.environ.get("NENNEP_DEBUG", "0") == "1"
ALLOWED_HOSTS = os.environ.get("NENNEP_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("NENNEP_ORIGINS", "").split(",") if o]
HOST = os.environ.get("NENNEP_HOST", "127.0.0.1")
PORT = int(os.environ.get("NENNEP_PORT", "8000"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "nennep.core",
    "nennep.ui",
    "nennep.regulations",
    "nennep.papers",
    "nennep.organisation",
    "nennep.accounts",
    "nennep.members",
    "nennep.library",
    "nennep.meetings",
    "nennep.tasks",
    "nennep.training",
    "nennep.dialogue",
    "nennep.quality",
    "nennep.indicators",
    "nennep.recognition",
    "nennep.statements",
    "nennep.programmes",
    "nennep.reports",
    "nennep.imports",
    "nennep.demo",
    "nennep.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "nennep.ui.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nennep.ui.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nennep.accounts.middleware.WayInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nennep.ui.middleware.NoNulInAddressMiddleware",
    "nennep.ui.middleware.RefusalMiddleware",
    "nennep.papers.middleware.TakenTableMiddleware",
]
ROOT_URLCONF = "nennep.config.urls"
WSGI_APPLICATION = "nennep.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "nennep.ui.templatetags.ui",
                "nennep.ui.templatetags.tables",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nennep.ui.http.page_frame",
            ],
        },
    }
]
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;"
    ),
}
DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL",
        default=f"sqlite:///{DATA_DIR / 'nennep.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["nennep.accounts.hashers.OwaspMinimumArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "nennep.core.storage.WholeFiles",
        "OPTIONS": {"location": FILES_DIR},
    },
    "staticfiles": {"BACKEND": "nennep.ui.static_files.HashedModules"},
}
FILE_UPLOAD_HANDLERS = ["nennep.core.uploads.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "nennep.accounts.sessions"
# How long a session lasts without a request: of a cell's people, and of who sees many cells.
SESSION_HOURS = int(os.environ.get("NENNEP_SESSION_HOURS", "336"))
OFFICE_SESSION_HOURS = int(os.environ.get("NENNEP_OFFICE_SESSION_HOURS", "12"))
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Where people open the product, for what is printed: https://nennep.example.vn
ADDRESS = os.environ.get("NENNEP_ADDRESS", "").rstrip("/")
# A demonstration, whose passwords are printed, asks nobody for a second factor unless this says so.
DEMO_SECOND_FACTOR = os.environ.get("NENNEP_DEMO_SECOND_FACTOR", "0") == "1"
# Proxies of our own in front, each of which adds the address it was called from.
PROXIES = int(os.environ.get("NENNEP_PROXIES", "0"))
if os.environ.get("NENNEP_TLS", "0") == "1":  # the server stands behind TLS
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "nennep.config.logs.WithoutPersons"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # That it was asked to stop, in English, whenever somebody stops the server.
    "loggers": {"django_tasks_db": {"level": "ERROR"}},
}
