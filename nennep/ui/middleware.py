"""What every answer carries, and how a rule's "no" becomes a page."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from nennep.core.refusal import Refusal
from nennep.ui.http import is_fragment

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# The field a page adds to a form whose typing it keeps, and the cookie that says it was taken.
DRAFT_FIELD = "_draft"
DRAFT_COOKIE = "draft_taken"


class ContentSecurityPolicyMiddleware:
    """Nothing but this server's own files runs or loads, and no other page frames ours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class ChosenLanguageMiddleware:
    """Vietnamese, unless the reader chose otherwise here.

    The language of the browser is not asked: many a secretary's computer came with an English one.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        offered = {code for code, _name in settings.LANGUAGES}
        with translation.override(chosen if chosen in offered else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class RefusalMiddleware:
    """A refusal is shown in its own words with status 409, and what was typed is not lost.

    The page forgets a draft only when the server has said that it took it: an answer that
    redirects anywhere but to the sign-in page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _was_taken(response):
            draft = request.POST.get(DRAFT_FIELD, "")
            if draft and draft.isalnum() and len(draft) <= 40:
                response.set_cookie(DRAFT_COOKIE, draft, max_age=300, samesite="Lax")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        context = {"refusal": exception, "back_url": _way_back(request)}
        if not is_fragment(request):
            return render(request, "ui/refusal.html", context, status=409)
        response = render(request, "ui/_refusal.html", context, status=409)
        response["HX-Retarget"] = "#page-notices"
        response["HX-Reswap"] = "innerHTML show:#page-notices:top"
        return response


class NoNulInAddressMiddleware:
    """No page has an address with a NUL byte, which PostgreSQL takes in no text, nor a question of one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


def _was_taken(response: HttpResponse) -> bool:
    if response.status_code not in (302, 303):
        return False
    return urlsplit(response["Location"]).path != urlsplit(resolve_url(settings.LOGIN_URL)).path


def _way_back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else "/"
