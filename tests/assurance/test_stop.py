"""Whoever stops the server has it stopped, also in the seconds in which it is still loading."""

import signal
import time

import pytest

from nennep.config.serving import STOPS_WITHIN
from tests.assurance.installation import STARTS_WITHIN, Installation

pytestmark = pytest.mark.assure


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.2, 1.0, 2.0])
def test_the_server_stops_whenever_it_is_asked_to(tmp_path, how, after):
    installation = Installation(tmp_path)
    installation.start(waits=False)
    server, end = installation.server, time.monotonic() + STARTS_WITHIN
    while "http://" not in installation.log.read_text() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(after)

    server.send_signal(how)

    try:
        server.wait(STOPS_WITHIN + 10)
    finally:
        if server.poll() is None:
            installation.kill()
    assert server.returncode is not None
    assert "Traceback" not in installation.log.read_text()
