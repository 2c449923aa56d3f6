"""Keeps the Vietnamese messages complete: every text of the program, none empty, none doubtful."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings

from nennep.core.refusal import Refusal

VIETNAMESE = Path("locale/vi/LC_MESSAGES/django.po")
SHOWN = 20


def extract() -> None:
    """Read every text of the program into the Vietnamese file; new ones stand there empty."""
    if shutil.which("xgettext") is None:
        raise Refusal(
            "Thiếu GNU gettext để gom chuỗi: apt-get install -y gettext", code="gettext_missing"
        )
    _extract_in(settings.BASE_DIR)
    _settle(settings.BASE_DIR / VIETNAMESE)


def _settle(path: Path) -> None:
    """One order and one shape, so that a change of the file shows the texts that changed."""
    catalogue = polib.pofile(str(path), wrapwidth=78)
    for changing in ("POT-Creation-Date", "Report-Msgid-Bugs-To"):
        catalogue.metadata.pop(changing, None)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save()


def refuse_gaps() -> None:
    """Refuse an empty or doubtful entry, and a text of the program that has no entry."""
    gaps = list(gaps_of(polib.pofile(str(settings.BASE_DIR / VIETNAMESE))))
    if shutil.which("xgettext") is None:
        sys.stderr.write("Bỏ qua chuỗi chưa gom: thiếu GNU gettext (apt-get install -y gettext)\n")
    else:
        gaps = list(dict.fromkeys([*gaps, *gaps_of(_fresh_catalogue())]))
    if gaps:
        listed = "\n".join(f"  {gap}" for gap in gaps[:SHOWN])
        raise Refusal(f"{len(gaps)} chuỗi chưa dịch xong:\n{listed}", code="messages_missing")


def gaps_of(catalogue: polib.POFile) -> Iterator[str]:
    for entry in catalogue:
        if entry.obsolete:
            continue
        plural_gap = entry.msgid_plural and not all(entry.msgstr_plural.values())
        if entry.fuzzy or plural_gap or not (entry.msgstr or entry.msgid_plural):
            yield entry.msgid.replace("\n", "⏎")


def _fresh_catalogue() -> polib.POFile:
    """What extraction would give now, made beside the tree so that checking changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("nennep", "locale"):
            ignored = shutil.ignore_patterns("tests", "__pycache__", "migrations", "*.mo")
            shutil.copytree(settings.BASE_DIR / name, copy / name, ignore=ignored)
        _extract_in(copy)
        return polib.pofile(str(copy / VIETNAMESE))


def _extract_in(folder: Path) -> None:
    command = [sys.executable, "-m", "django", "makemessages", "--locale=vi", "--no-obsolete"]
    ignored = ["--ignore=tests", "--ignore=.venv", "--ignore=.data"]
    subprocess.run(  # noqa: S603 -- our own interpreter, fixed arguments
        [*command, *ignored, "--no-location", "--no-wrap", "--verbosity=0"],
        cwd=folder,
        env=_environment_without_settings(),
        check=True,
    )


def _environment_without_settings() -> dict[str, str]:
    """Without settings Django writes to the folder it runs in, not to `LOCALE_PATHS`."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
