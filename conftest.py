"""What every test of the product stands on: its day, its messages, its browser."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation.reloader import translation_file_changed

from nennep.config.compiling import compile_messages
from tests import machine

# Tests live on the day the demonstration stands on, in any year they are run.
DAY = date(2024, 6, 13)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


def pytest_configure(config: pytest.Config) -> None:
    """The Vietnamese messages are compiled once, before the workers start."""
    if hasattr(config, "workerinput"):
        return
    compile_messages()
    # Django is set up before this file is read: what it looked for in vain is looked for again.
    translation_file_changed(None, Path("django.mo"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if machine.CHROMIUM.exists():
        return
    no_browser = pytest.mark.skip(reason="no Chromium: apt-get install -y chromium")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(no_browser)


@pytest.fixture(autouse=True, scope="session")
def _a_test_may_empty_what_only_grows() -> Iterator[None]:
    """After a test with real transactions every table is emptied, the append-only ones too."""
    from django.test import TransactionTestCase

    from nennep.core import append_only

    empty = TransactionTestCase._fixture_teardown  # noqa: SLF001 -- no other way in

    def lift_and_empty(case: TransactionTestCase) -> None:
        append_only.remove()
        empty(case)
        append_only.install()

    TransactionTestCase._fixture_teardown = lift_and_empty  # noqa: SLF001 -- likewise
    yield
    TransactionTestCase._fixture_teardown = empty  # noqa: SLF001 -- likewise


@pytest.fixture(autouse=True)
def _the_product_has_a_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from nennep.core import clock

    monkeypatch.setenv("NENNEP_TODAY", DAY.isoformat())
    clock.forget()
    yield
    clock.forget()


@pytest.fixture
def english(client: Client) -> None:
    """Pages speak English to the test's client, as `usefixtures("english")` of its module asks."""
    client.cookies["django_language"] = "en"


@pytest.fixture(autouse=True, scope="session")
def _a_forced_sign_in_is_a_whole_one() -> Iterator[None]:
    """`client.force_login` stands for the password and the second step; tests of these sign in."""
    from django.test import Client

    from nennep.accounts.queries.second_factors import PASSED

    force_login = Client.force_login

    def whole(client: Client, *args: object, **more: object) -> None:
        force_login(client, *args, **more)
        session = client.session
        session[PASSED] = True
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", whole)
        yield


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """`on_day(date(2024, 7, 1))`: from here on, this is today."""

    def travel(day: date) -> None:
        monkeypatch.setenv("NENNEP_TODAY", day.isoformat())

    return travel


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for the run; `phone` and `laptop` are pages of it."""
    from playwright.sync_api import sync_playwright

    # Playwright's sync API runs a loop in this thread; the tests' own queries are not async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(machine.CHROMIUM), args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium, live_server) -> Iterator[object]:
    yield from _page(chromium, live_server, PHONE, is_mobile=True)


@pytest.fixture
def laptop(chromium, live_server) -> Iterator[object]:
    yield from _page(chromium, live_server, LAPTOP, is_mobile=False)


def _page(chromium, live_server, viewport, *, is_mobile):
    context = chromium.new_context(
        base_url=live_server.url,
        viewport=viewport,
        is_mobile=is_mobile,
        has_touch=is_mobile,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()
