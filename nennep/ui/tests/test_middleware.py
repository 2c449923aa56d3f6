"""Answers carry the policy; a refusal is shown in its own words; a draft goes when it was taken."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import translation

from nennep.core.refusal import Refusal
from nennep.ui.middleware import (
    CONTENT_SECURITY_POLICY,
    ChosenLanguageMiddleware,
    ContentSecurityPolicyMiddleware,
    NoNulInAddressMiddleware,
    RefusalMiddleware,
)

REFUSAL = Refusal("Biên bản đã chốt. Hãy ghi bổ sung.", code="closed")


@pytest.fixture(autouse=True)
def alone(settings):
    """Without the other apps' addresses."""
    settings.ROOT_URLCONF = "nennep.ui.urls"
    settings.LOGIN_URL = "/dang-nhap/"
    with translation.override("en"):
        yield


def asked(method="post", data=None, **headers):
    request = getattr(RequestFactory(), method)("/x/", data or {}, headers=headers)
    request.user = AnonymousUser()
    return request


def refused(request):
    return RefusalMiddleware(lambda r: HttpResponse()).process_exception(request, REFUSAL)


def test_nothing_inline_and_nothing_from_elsewhere():
    answer = ContentSecurityPolicyMiddleware(lambda r: HttpResponse())(asked("get"))
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    for directive in ("frame-ancestors 'none'", "form-action 'self'", "object-src 'none'"):
        assert directive in CONTENT_SECURITY_POLICY


def test_a_refusal_is_a_page_in_its_own_words():
    answer = refused(asked(referer="http://testserver/form/"))
    assert answer.status_code == 409
    page = " ".join(answer.content.decode().split())
    assert "Biên bản đã chốt. Hãy ghi bổ sung." in page
    assert 'href="http://testserver/form/" data-back' in page


def test_the_way_back_never_leaves_the_product():
    page = " ".join(refused(asked(referer="https://elsewhere.example/")).content.decode().split())
    assert "elsewhere" not in page
    assert 'href="/" data-back' in page


def test_a_refusal_inside_a_page_is_a_fragment_put_where_notices_stand():
    answer = refused(asked(**{"hx-request": "true"}))
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#page-notices"
    assert b"<html" not in answer.content


def test_other_faults_are_not_refusals():
    middleware = RefusalMiddleware(lambda r: HttpResponse())
    assert middleware.process_exception(asked(), ValueError()) is None


@pytest.mark.parametrize(
    ("answer", "is_taken"),
    [
        (lambda: HttpResponseRedirect("/done/"), True),
        (lambda: HttpResponseRedirect("/dang-nhap/?next=/x/"), False),
        (lambda: HttpResponse("form with errors"), False),
        (lambda: HttpResponse(status=409), False),
        (lambda: HttpResponse(status=500), False),
    ],
)
def test_a_draft_is_forgotten_only_when_the_server_took_it(answer, is_taken):
    response = RefusalMiddleware(lambda r: answer())(asked(data={"_draft": "12345"}))
    assert ("draft_taken" in response.cookies) == is_taken


def test_a_forged_draft_sets_no_cookie():
    go = RefusalMiddleware(lambda r: HttpResponseRedirect("/done/"))
    for forged in ("a; b=c", "x" * 41, ""):
        assert "draft_taken" not in go(asked(data={"_draft": forged})).cookies


@pytest.mark.parametrize(
    ("cookie", "language"), [("", "vi"), ("en", "en"), ("vi", "vi"), ("xx", "vi")]
)
def test_the_language_is_vietnamese_unless_the_reader_chose_otherwise(cookie, language):
    request = asked("get", **{"accept-language": "en-US"})
    request.COOKIES["django_language"] = cookie
    seen = []
    answer = ChosenLanguageMiddleware(
        lambda r: seen.append(translation.get_language()) or HttpResponse()
    )(request)
    assert seen == [language]
    assert answer["Content-Language"] == language


@pytest.mark.parametrize("address", ["/to-chuc/a%00b/", "/tim/?q=a%00b", "/tim/?%00=a"])
def test_an_address_with_a_nul_byte_leads_to_no_page(address):
    with pytest.raises(Http404):
        NoNulInAddressMiddleware(lambda r: HttpResponse())(RequestFactory().get(address))


def test_any_other_address_leads_on():
    page = HttpResponse()
    asked_for = RequestFactory().get("/tim/?q=100%2500")
    assert NoNulInAddressMiddleware(lambda r: page)(asked_for) is page
