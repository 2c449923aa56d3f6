"""The process beside the web server: long tasks as they come, and the trail sealed now and then."""

import logging
import threading

from django.core.management import call_command
from django.db import DatabaseError, connections

from nennep.config.logs import catch_what_nobody_catches
from nennep.core.sealing import seal_lines

SEALS_EVERY = 600.0  # seconds

logger = logging.getLogger(__name__)


def work() -> None:
    """Work until the process is asked to stop."""
    catch_what_nobody_catches()
    threading.Thread(target=_seal_again_and_again, daemon=True).start()
    call_command("db_worker", queue_name="*")


def _seal_again_and_again(stop: threading.Event | None = None) -> None:
    stop = stop or threading.Event()
    while not stop.wait(SEALS_EVERY):
        seal_once()


def seal_once() -> None:
    """A database that is busy or away is tried again the next time."""
    try:
        seal_lines()
    except DatabaseError:
        logger.warning("the trail was not sealed this time")
    finally:
        connections.close_all()
