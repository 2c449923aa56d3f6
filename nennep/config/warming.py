"""A process that serves loads everything before its first request, and never looks at it again."""

import gc
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation


def warm_up() -> None:
    """Views, words and templates are read now, and left out of every later collection of garbage.

    Otherwise the collector walks all of them in the middle of some request, which then takes twice
    as long: the slowest pages of a board were slow for nothing else.
    """
    get_resolver().url_patterns  # noqa: B018 -- imports the views of every app
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    for name in _templates():
        get_template(name)
    gc.collect()
    gc.freeze()


def _templates() -> Iterator[str]:
    for folder in (Path(settings.BASE_DIR) / "nennep").glob("*/templates"):
        for path in sorted(folder.rglob("*.html")):
            yield str(path.relative_to(folder))
