"""In a real browser: typing is never lost, tables sort, and nothing scrolls sideways."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path
from pytest_django.live_server_helper import LiveServer

from nennep.core.policies import public
from nennep.core.refusal import Refusal

pytestmark = pytest.mark.browser
PAGE = """{% extends "ui/base.html" %}{% block title %}t{% endblock %}{% block main %}<h1>Biên bản</h1>
<form method="post" data-draft="minutes" data-draft-title="Biên bản" data-draft-version="1">
{% csrf_token %}{% form_fields form %}
<div class="action-bar"><button class="button button--main">Lưu</button></div></form>
{% table_region "Bảng" %}<table class="table" data-table data-filter="Lọc"><thead><tr><th>Tên</th>
<th class="num">Số</th>{% for n in wide %}<th>Cột rất rộng {{ n }}</th>{% endfor %}</tr></thead>
<tbody><tr><td>Đông Lai</td><td class="num">1.234</td></tr><tr><td>An Lạc</td>
<td class="num">92,4%</td></tr><tr class="total"><td>Cộng</td><td></td></tr></tbody></table>
{% endtable_region %}{% endblock %}"""


class Minutes(forms.Form):
    text = forms.CharField(label="Ý kiến", widget=forms.Textarea)
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput, required=False)


@public
def minutes(request):
    form = Minutes(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "cấm" in form.cleaned_data["text"]:
            raise Refusal("Biên bản đã chốt.", code="closed")
        return redirect("/?saved")
    request.user = AnonymousUser()
    page = Template(PAGE).render(RequestContext(request, {"form": form, "wide": range(12)}))
    return HttpResponse(page)


urlpatterns = [path("", minutes), path("", include("nennep.ui.urls"))]


@pytest.fixture(scope="module")
def server():
    """These pages ask the database nothing, so there is none to set up and to empty."""
    running = LiveServer("localhost")
    yield running
    running.stop()


@pytest.fixture
def page(chromium, server, settings):
    settings.ROOT_URLCONF = __name__
    settings.LOGIN_URL = "/dang-nhap/"
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.goto(server.url)
    yield opened
    assert opened.faults == []
    context.close()


def kept(page):
    return page.evaluate("Object.values(localStorage).join()")


def until(page, condition):
    """Asked from outside: the page's own policy forbids evaluating a string inside it."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def typed(page, text):
    page.fill("[name=text]", text)
    until(page, "Object.keys(localStorage).length > 0")


def send(page):
    page.click("button.button--main")
    page.wait_for_load_state()


def test_typing_is_kept_restored_and_forgotten_once_the_server_has_it(page):
    page.fill("[name=secret]", "mat-khau")
    typed(page, "Đồng chí Bình: sửa đường")
    page.wait_for_selector(".draft-line:not([hidden])")
    page.reload()
    assert page.input_value("[name=text]") == "Đồng chí Bình: sửa đường"
    assert "mat-khau" not in kept(page)
    send(page)
    page.wait_for_url("**/?saved")
    until(page, "Object.keys(localStorage).length === 0")
    assert page.input_value("[name=text]") == ""


def test_a_refusal_loses_nothing(page):
    typed(page, "điều cấm")
    send(page)
    assert "Biên bản đã chốt." in page.inner_text(".notice")
    page.click("[data-back]")
    page.wait_for_selector("[name=text]")
    assert page.input_value("[name=text]") == "điều cấm"
    assert page.is_enabled("button.button--main")


def test_without_a_network_what_waits_is_counted_and_listed(page):
    page.context.set_offline(True)
    page.wait_for_selector("#offline-line:not([hidden])")
    page.fill("[name=text]", "chưa gửi")
    page.click("button.button--main")
    assert "1" in page.inner_text("#outbox b")
    assert "Biên bản" in page.inner_text("#outbox li")
    page.context.set_offline(False)
    page.click("#outbox a")
    page.wait_for_load_state()
    assert page.input_value("[name=text]") == "chưa gửi"


def test_a_table_is_sorted_and_filtered_in_the_address(page):
    def names():
        return page.eval_on_selector_all(
            "tbody tr:not([hidden])", "rows => rows.map(row => row.cells[0].innerText)"
        )

    page.click("th:nth-child(1) .sorter")
    assert names() == ["An Lạc", "Đông Lai", "Cộng"]
    page.click("th:nth-child(2) .sorter")
    assert names() == ["An Lạc", "Đông Lai", "Cộng"]
    page.click("th:nth-child(2) .sorter")
    assert names() == ["Đông Lai", "An Lạc", "Cộng"]
    page.fill("input[type=search]", "dong")
    assert names() == ["Đông Lai", "Cộng"]
    page.reload()
    assert names() == ["Đông Lai", "Cộng"]
    assert "sort=2d" in page.url


def test_a_wide_table_does_not_make_the_page_scroll_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.table-region').scrollWidth > innerWidth")


def test_the_policy_blocks_nothing_of_our_own(page):
    blocked = []
    page.on("console", lambda message: blocked.append(message.text))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert [text for text in blocked if "Content Security Policy" in text] == []
