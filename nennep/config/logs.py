"""Logs without personal data: where something happened and what kind of thing, never what was typed.

A line has the moment, the level, the logger, and then: of our own loggers the sentence in the code,
of Django's requests the address as a pattern with its public ids, of any other logger only the place
in the code. Texts that were put into a message, and the messages of exceptions, are left out: an
exception quotes what it could not take (`invalid literal … 'Nguyễn Văn A'`), a database the row.
"""

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any
from uuid import UUID

from nennep.core.trouble import trouble_of

OURS = ("nennep.", "nennep")
LEFT_OUT = "…"
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
OWN_NAME = re.compile(r"nennep(\.\w+)+")
FRAMES = 12


class WithoutPersons(logging.Formatter):
    """Formats every line of the log of an installation."""

    def format(self, record: logging.LogRecord) -> str:
        """Not through `getMessage`: a template that does not fit its values would quote them."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {_said(record)}"
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return "\n".join([line, *(_frames(error) if error else ())])


def _said(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if record.name.startswith("django.") and request is not None:
        status = getattr(record, "status_code", "")
        return f"{status} {getattr(request, 'method', '')} {_address(request)}".strip()
    if record.name.startswith(OURS):
        return _filled(str(record.msg), record.args)
    if record.name.startswith(("django_tasks", "django.")) and record.args:
        return _filled(str(record.msg), record.args)
    return f"{record.module}:{record.lineno}"


def _address(request: Any) -> str:
    """The pattern of the address with its public ids; of an unknown address nothing is repeated."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "(unknown address)"
    return "/" + PLACEHOLDER.sub(lambda found: str(_plain(match.kwargs.get(found[1]))), match.route)


def _filled(template: str, values: Any) -> str:
    if not values:
        return template
    kept = (
        {name: _plain(value) for name, value in values.items()}
        if isinstance(values, dict)
        else tuple(_plain(value) for value in values)
    )
    try:
        return template % kept
    except (TypeError, ValueError, KeyError):
        return template


def _plain(value: Any) -> Any:
    """A number, an id, a name of our own code; anything else could be somebody's."""
    if value is None or isinstance(value, (bool, int, float, UUID)):
        return value
    text = str(value)
    return text if OWN_NAME.fullmatch(text) or _is_id(text) else LEFT_OUT


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _frames(error: BaseException) -> list[str]:
    """The way to the exception and its kind, and the same of what it came from."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)[-FRAMES:]
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(_kind(seen))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        if seen is not None:
            lines.append("which came of:")
    return lines


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    details = filter(None, (trouble_of(error), getattr(error, "sqlstate", None)))
    return " ".join([name, *map(str, details)])


def catch_what_nobody_catches() -> None:
    """In a process that serves, what would be printed with its message is logged without it."""
    logger = logging.getLogger("nennep.uncaught")
    logging.raiseExceptions = False  # or a faulty line is printed with its values

    def log(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger.critical("nobody caught this", exc_info=(kind, error, trace))

    def log_thread(caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            log(caught.exc_type, caught.exc_value, caught.exc_traceback)

    sys.excepthook = log
    threading.excepthook = log_thread
