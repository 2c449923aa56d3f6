"""Every page a role may open, found by following the links from its own first page.

A page must not offer what it refuses, nor show a word of English to those who read Vietnamese.
In a real Chromium each address is opened once: on a phone, on a laptop and without JavaScript.
"""

import gzip
import os
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from conftest import LAPTOP, PHONE
from nennep.accounts.models import User
from nennep.demo.build import build_demonstration
from nennep.library.queries.words import shipped_entries

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
PEOPLE = ["bithu", "dangvien", "vanphong", "bantochuc", "thanhuy", "capuy", "quantri", "bientap"]
NOBODY = ""
FIRST_PAGE = {NOBODY: "/dang-nhap/"}
TIMES_EACH = 3
OK = 200
ELSEWHERE = 302
FIRST_LOAD = 100 * 1024  # bytes over the wire
HERE = "http://testserver"

# A Vietnamese syllable without its accents; whatever is no such syllable is a foreign word.
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?",
    re.IGNORECASE,
)
WORD = re.compile(r"(?<![\w./@-])[A-Za-z]{3,}(?![\w/@-])")
# Names of things and of formats, and the name of the other language in its own words.
FOREIGN = {"Word", "Excel", "English", "Internet"} | {
    "Google", "Microsoft", "Authenticator", "JavaScript", "https", "localhost", "passkey",
    "Chrome", "Android", "VNeID", "CTr", "TTr",
}  # fmt: skip
# What people type into the search, as the page of its words lists it ("họp qua zoom").
TYPED = {word for entry in shipped_entries() for word in entry.said.split()}
# Addresses of pages, and of the sites that a source is named by (hanoi.gov.vn).
ADDRESS = re.compile(r"\bhttps?://\S+|\b[\w-]+(?:\.[\w-]+)*\.vn\b")
SHOWN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "content"}


class Reader(HTMLParser):
    """What of a page leads further, and what of it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self._foreign_depth = 0
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "form" and values.get("method", "get").lower() == "get":
            self.links.append(values.get("action", ""))
        self.links += [values[name] for name in ("hx-get", "xlink:href") if name in values]
        if tag in {"script", "style", "code"}:
            self._silent = tag
        if tag != "meta" or values.get("name") == "description":
            self.words += [values[name] for name in SHOWN_ATTRIBUTES & set(values)]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    def foreign_words(self) -> set[str]:
        words = set(WORD.findall(ADDRESS.sub("", " ".join(self.words)))) - FOREIGN
        return {w for w in words if not w.isupper() and not SYLLABLE.fullmatch(w)}


@dataclass
class Walk:
    """One person's way through the product."""

    username: str
    times_each: int = TIMES_EACH
    client: Client = field(init=False)
    times: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        if self.username:
            self.client.force_login(User.objects.get(username=self.username))

    def pages(self) -> Iterator["Page"]:
        ahead = deque([(FIRST_PAGE.get(self.username, "/"), "")])
        while ahead:
            url, came_from = ahead.popleft()
            name = self._is_new(url)
            if not name:
                continue
            page = Page(self.username, name, url, came_from, self.client.get(url))
            self.times[name] += page.status == OK
            yield page
            ahead += [(link, url) for link in page.links()]

    def _is_new(self, url: str) -> str:
        """The name of the address, if it is ours and has not been opened often enough.

        Tables taken away are read in `test_taken_tables.py`.
        """
        if url in self.seen or urlsplit(url).path.startswith("/static/") or "&tai=" in url:
            return ""
        self.seen.add(url)
        try:
            name = resolve(urlsplit(url).path).view_name
        except Resolver404:
            name = f"no such address: {url}"
        return name if self.times[name] < self.times_each else ""


class Page:
    def __init__(self, username, name, url, came_from, answer) -> None:
        self.username, self.name, self.url, self.came_from = username, name, url, came_from
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        self.body = answer.content.decode() if is_html else ""
        self.reader = Reader()
        self.reader.feed(self.body)

    def __str__(self) -> str:
        return f"{self.username or 'nobody'} {self.url}"

    @property
    def is_whole(self) -> bool:
        return self.status == OK and "<html" in self.body

    def links(self) -> Iterator[str]:
        for link in [self.location] if self.location else self.reader.links:
            url = urljoin(HERE + self.url, link.strip()).partition("#")[0]
            if url.startswith(HERE + "/"):
                yield url.removeprefix(HERE)


@pytest.fixture
def ward(db):
    build_demonstration("ward", 11)


@pytest.mark.slow
def test_no_page_offers_what_it_refuses_and_none_speaks_english(ward):
    faults = []
    known = set(User.objects.values_list("username", flat=True))
    for username in [NOBODY, *PEOPLE]:
        for page in Walk(username).pages():
            if page.status not in {OK, ELSEWHERE}:
                faults.append(f"{page.status} {page}, offered by {page.came_from}")
            typed = TYPED if page.name == "library:search-words" else set()
            if words := page.reader.foreign_words() - known - typed:
                faults.append(f"{page}: {sorted(words)}")

    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize(("url", "status"), [("/khong-co-trang-nay/", 404), ("/nhat-ky/", 403)])
def test_a_refusal_is_a_page_in_words(ward, url, status):
    client = Walk("dangvien").client
    page = Page("dangvien", "", url, "", client.get(url))

    assert page.status == status
    assert page.body.count("<h1>") == 1
    assert not page.reader.foreign_words()
    assert "/" in page.reader.links


@dataclass
class Visit:
    """One page in the browser, and what happened while it loaded."""

    context: object
    here: str
    faults: list[str] = field(default_factory=list)
    arrived: list[object] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._said)
        self.page.on("response", lambda response: self.arrived.append(response))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        # A route also keeps the browser from answering out of its own cache.
        self.page.route("**/*", self._pass)

    def _said(self, message) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _pass(self, route) -> None:
        if route.request.url.startswith((self.here, "data:")):
            route.continue_()
        else:
            self.faults.append(f"asks another host: {route.request.url}")
            route.abort()

    def open(self, url: str) -> list[str]:
        self.faults.clear()
        self.arrived.clear()
        self.page.goto(self.here + url, wait_until="load")
        weight = sum(self._weight(response) for response in self.arrived)
        if weight > FIRST_LOAD:
            self.faults.append(f"weighs {weight} bytes")
        return self.faults

    def _weight(self, response) -> int:
        """Bytes of a file as it travels: compressed."""
        url = response.url
        if not url.startswith(f"{self.here}/static/"):
            return len(gzip.compress(response.body()))
        if url not in self.files:
            self.files[url] = len(gzip.compress(response.body()))
        return self.files[url]

    def headings(self) -> list[str]:
        page, wrong = self.page, []
        if page.locator("h1").count() != 1:
            wrong.append(f"{page.locator('h1').count()} first headings")
        if not page.title().strip():
            wrong.append("no title")
        return wrong

    def at_width(self, viewport: dict[str, int], name: str) -> list[str]:
        self.page.set_viewport_size(viewport)
        width = self.page.evaluate("document.scrollingElement.scrollWidth")
        if folder := os.environ.get("PICTURES"):
            path = f"{folder}/{name.replace(':', '-')}-{viewport['width']}.png"
            self.page.screenshot(path=path, full_page=True)
        wrong = [f"{width} wide at {viewport['width']}"] if width > viewport["width"] else []
        return wrong + self._violations()

    def _violations(self) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], preload: false})"
            ".then(r => r.violations)"
        )
        return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"][:3]]


HIDDEN_WITHOUT_SCRIPT = """
(() => [...document.querySelectorAll("main h1, main form")]
  .filter(e => !e.closest("details:not([open])") && !e.checkVisibility({visibilityProperty: true}))
  .map(e => e.outerHTML.slice(0, 120)))()
"""


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_is_sound_in_the_browser(chromium, live_server, transactional_db, settings):
    build_demonstration("ward", 11)
    faults, opened = [], set()
    for username in [NOBODY, *PEOPLE]:
        walk = Walk(username, times_each=1)
        options = {"base_url": live_server.url, "viewport": PHONE, "service_workers": "block"}
        with_script = chromium.new_context(**options)
        without = chromium.new_context(**options, java_script_enabled=False)
        for context in (with_script, without):
            if username:
                cookie = walk.client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies(
                    [
                        {
                            "name": settings.SESSION_COOKIE_NAME,
                            "value": cookie,
                            "url": live_server.url,
                        }
                    ]
                )
        visit, plain = Visit(with_script, live_server.url), Visit(without, live_server.url)
        for page in [*walk.pages()]:
            name = f"{username}-home" if page.url == "/" else page.name
            if not page.is_whole or name in opened:
                continue
            opened.add(name)
            found = [*visit.open(page.url), *visit.headings()]
            found += visit.at_width(PHONE, name) + visit.at_width(LAPTOP, name)
            visit.page.set_viewport_size(PHONE)
            plain.open(page.url)
            hidden = plain.page.evaluate(HIDDEN_WITHOUT_SCRIPT)
            found += [f"without JavaScript hidden: {what}" for what in hidden]
            faults += [f"{page}: {fault}" for fault in found]
        with_script.close()
        without.close()

    assert not faults, "\n".join(faults)
    assert len(opened) > 50
