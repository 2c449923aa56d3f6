"""The frame offers each person the ways they may take, and marks the one they are on."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import include, path
from django.utils import translation

from nennep.core.policies import public
from nennep.ui import http, nav

urlpatterns = [
    path("", public(lambda r: None), name="test-home"),
    path("sinh-hoat/", public(lambda r: None), name="test-meetings"),
    path("sinh-hoat/so/", public(lambda r: None), name="test-ledger"),
    path("ui/", include("nennep.ui.urls")),
]


@pytest.fixture(autouse=True)
def frame_of_its_own(monkeypatch):
    """The entries and names of the running product are put aside."""
    monkeypatch.setattr(nav, "_entries", {})
    monkeypatch.setattr(http, "_places", [])
    with override_settings(ROOT_URLCONF=__name__), translation.override("en"):
        yield


def person(*verbs):
    return SimpleNamespace(
        pk=7, is_authenticated=True, display_name="An", reaches=lambda can: [1] * (can in verbs)
    )


def at(address, user=None):
    request = RequestFactory().get(address)
    request.user = user or person("see")
    return request


def entries():
    http.register_nav(label="Ledger", url_name="test-ledger", verb="see", order=30)
    http.register_nav(label="Meetings", url_name="test-meetings", verb="see", order=20)
    http.register_nav(label="Home", url_name="test-home", order=10, group=nav.NavGroup.HOME)
    http.register_nav(label="Gone", url_name="test-not-installed", order=1)
    http.register_nav(label="Secret", url_name="test-home-too", verb="rule", order=5)


def test_entries_are_offered_in_order_to_those_who_hold_the_verb():
    entries()
    labels = [link.label for link in http.Frame(at("/")).nav]
    assert labels == ["Home", "Meetings", "Ledger"]
    labels = [link.label for link in http.Frame(at("/", person())).nav]
    assert labels == ["Home"]
    assert http.Frame(at("/", AnonymousUser())).nav == []


@pytest.mark.parametrize(
    ("address", "current"),
    [("/", "Home"), ("/sinh-hoat/7/", "Meetings"), ("/sinh-hoat/so/2024/", "Ledger")],
)
def test_one_entry_at_most_is_the_current_one(address, current):
    entries()
    links = http.Frame(at(address)).nav
    assert [link.label for link in links if link.is_current] == [current]


def test_other_addresses_of_an_entry_mark_it_and_the_longest_beginning_wins():
    entries()
    http.register_nav(
        label="People", url_name="ui:offline", order=1, also=("/chuc-vu/", "/sinh-hoat/thu-ky/")
    )
    for address in ("/chuc-vu/018/", "/sinh-hoat/thu-ky/7/"):
        links = http.Frame(at(address)).nav
        assert [link.label for link in links if link.is_current] == ["People"]


def test_a_page_without_an_entry_marks_none():
    entries()
    assert not any(link.is_current for link in http.Frame(at("/khac/")).nav)


def test_entries_stand_under_the_heading_of_their_group_and_home_under_none():
    entries()
    http.register_nav(label="People", url_name="ui:offline", group=nav.NavGroup.PEOPLE, order=1)
    sections = http.Frame(at("/")).nav_sections
    assert [(s.heading, [link.label for link in s.links]) for s in sections] == [
        ("", ["Home"]),
        ("Guidance and checking", ["Meetings", "Ledger"]),
        ("Organisations and people", ["People"]),
    ]


def test_the_four_entries_opened_most_are_at_hand_on_a_telephone_and_all_behind_more():
    names = ["ui:offline", "ui:manifest", "ui:worker", "test-home", "test-meetings", "test-ledger"]
    for number, name in enumerate(names):
        http.register_nav(label=f"Way {number}", url_name=name, order=number)
    page = render_to_string("404.html", {"user": person("see")}, request=at("/"))
    bar = page.partition('class="at-hand"')[2].partition("</nav>")[0]
    at_hand, _, behind_more = bar.partition("<details")
    assert re.findall(r"Way \d", at_hand) == ["Way 0", "Way 1", "Way 2", "Way 3"]
    assert re.findall(r"Way \d", behind_more) == [f"Way {number}" for number in range(6)]


def test_the_last_who_knows_the_place_is_asked():
    http.register_place(lambda request: "no")
    http.register_place(lambda request: "Chi bộ thôn Đông Lai")
    assert http.Frame(at("/")).place == "Chi bộ thôn Đông Lai"
    assert http.Frame(at("/", AnonymousUser())).place == ""


def test_a_page_stands_in_its_frame():
    entries()
    http.register_place(lambda request: "Chi bộ thôn Đông Lai")
    page = render_to_string("404.html", {"user": person("see")}, request=at("/"))
    assert '<html lang="en">' in page
    assert "Chi bộ thôn Đông Lai" in page
    assert "Figures as of 13-6-2024" in page
    assert '<a class="skip" href="#content">' in page
    assert page.count("<h1") == 1
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick" not in page


def test_every_script_of_a_page_is_a_file_or_data():
    page = render_to_string("403.html", request=at("/"))
    for script in page.split("<script")[1:]:
        head = script.split(">")[0]
        assert " src=" in head or 'type="application/json"' in head


def test_the_page_of_a_fault_needs_nothing():
    page = render_to_string("500.html")
    assert "Máy chủ gặp lỗi" in page


def test_the_day_is_the_products_own():
    assert http.Frame(at("/")).day == date(2024, 6, 13)


def test_an_installed_page_has_its_manifest_and_its_worker(client):
    manifest = client.get("/ui/manifest.webmanifest").json()
    assert manifest["name"] == "Nền Nếp"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    worker = client.get("/ui/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert b"ui/css/tokens.css" in worker.content
    assert "Chưa có mạng" in client.get("/ui/khong-mang/").content.decode()


def test_a_fragment_is_known_by_its_request():
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    assert http.is_fragment(request)
    boosted = RequestFactory().get("/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert not http.is_fragment(boosted)
    assert not http.is_fragment(RequestFactory().get("/"))
