"""Runs the web server and, beside it, the process that does the long tasks."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nennep.core.refusal import Refusal

STOPS_WITHIN = 10  # seconds
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
WHY_CLOSED = {
    errno.EADDRINUSE: "chương trình khác đang dùng cổng này",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    errno.EACCES: "không được phép dùng cổng này",
}


def serve(host: str, port: int, *, processes: int, threads: int, with_worker: bool) -> None:
    """Serve until the person stops it (Ctrl+C, or SIGTERM from the system)."""
    from granian import Granian  # noqa: PLC0415 -- only the serving process needs the server
    from granian.constants import Interfaces  # noqa: PLC0415 -- likewise

    server = Granian(
        "nennep.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        respawn_failed_workers=True,
        # A process that is still loading does not hear that it should stop.
        workers_kill_timeout=STOPS_WITHIN,
        log_level="warning",  # type: ignore[arg-type]
        websockets=False,
        process_name=None,
    )
    with _worker() if with_worker else _nothing():
        server.serve()


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = WHY_CLOSED.get(error.errno or 0, error.strerror)
            raise Refusal(
                f"Không mở được cổng {port} tại {host}: {why}. "
                f"Hãy chọn cổng khác, ví dụ: NENNEP_PORT={port + 1} make run",
                code="port_taken",
            ) from error


@contextmanager
def _worker() -> Iterator[None]:
    """Long tasks run in a process of their own, which ends with the server."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "nennep.config.command", "work"],
        stdout=subprocess.DEVNULL,
        preexec_fn=_end_with_parent,
        start_new_session=True,  # Ctrl+C reaches the server, which then stops the worker
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _end_with_parent() -> None:
    """A server that is killed outright takes its worker along (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
