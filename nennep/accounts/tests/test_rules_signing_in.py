from datetime import UTC, datetime, timedelta

import pytest

from nennep.accounts import rules
from nennep.accounts.rules import Tries, browser_of, minutes_left, network_of

NOW = datetime(2024, 6, 13, 12, tzinfo=UTC)
LIMITS = rules.limits()


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "network"),
    [
        ("203.113.1.1", "", 0, "203.113.1.1"),
        ("203.113.1.1", "10.9.9.9", 0, "203.113.1.1"),
        ("127.0.0.1", "10.9.9.9, 203.113.1.1", 1, "203.113.1.1"),
        ("127.0.0.1", "10.9.9.9, 203.113.1.1, 10.0.0.2", 2, "203.113.1.1"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "203.113.1.1", 2, "127.0.0.1"),
        ("127.0.0.1", "not an address", 1, "unknown"),
        ("", "", 0, "unknown"),
        ("2001:ee0:4f00:1::1", "", 0, "2001:ee0:4f00:1::/64"),
        ("2001:ee0:4f00:1:ffff::9", "", 0, "2001:ee0:4f00:1::/64"),
        ("::ffff:203.113.1.1", "", 0, "203.113.1.1"),
        ("fe80::1%eth0", "", 0, "fe80::/64"),
    ],
)
def test_the_network_is_what_our_own_proxies_say_and_nobody_else(
    remote, forwarded, proxies, network
):
    assert network_of(remote, forwarded, proxies) == network


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/128.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/128.0 Safari/537.36 Edg/128.0", "Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/1 Chrome/128 Safari", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (Linux; Android 12; SM-A) SamsungBrowser/25 Chrome/121", "Samsung Internet, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_device_is_called_what_its_owner_calls_it(user_agent, words):
    assert browser_of(user_agent) == words


def test_the_last_try_of_the_limit_is_still_one_and_the_next_has_to_wait():
    tries = Tries()
    for _ in range(4):
        tries = tries.one_more(NOW, 5, LIMITS)
        assert not tries.is_resting(NOW)

    tries = tries.one_more(NOW, 5, LIMITS)

    assert tries.is_resting(NOW)
    assert not tries.is_resting(NOW + LIMITS.rest)
    assert tries.one_less(5) == Tries(4, NOW, None)
    assert tries.one_more(NOW + LIMITS.rest, 5, LIMITS).count == 1


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (900, 15)])
def test_time_left_is_told_in_minutes_begun(seconds, minutes):
    assert minutes_left(NOW + timedelta(seconds=seconds), NOW) == minutes
