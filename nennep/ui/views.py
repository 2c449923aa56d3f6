"""What an installed page needs: its manifest and the worker that keeps its static files."""

import json
import sys

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from nennep.core.policies import public
from nennep.core.trouble import in_words

TRY_AGAIN_IN = 60  # seconds
# Kept on the device from the first visit: what every page shows. The rest is kept when it is used.
SHELL = (
    "ui/css/tokens.css",
    "ui/css/ground.css",
    "ui/css/layout.css",
    "ui/css/nav.css",
    "ui/css/forms.css",
    "ui/css/find.css",
    "ui/css/tables.css",
    "ui/css/components.css",
    "ui/css/charts.css",
    "ui/css/print.css",
    "ui/vendor/htmx.min.js",
    "ui/main.js",
    "ui/icons.svg",
    "ui/mark.svg",
)


@public
@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The page can be put on a phone's home screen."""
    content = {
        "name": "Nền Nếp",
        "short_name": "Nền Nếp",
        "description": _("Meetings of party cells, in good order"),
        "lang": "vi",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f7f8",
        "theme_color": "#a61b29",
        "icons": [
            {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("ui/mark-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("ui/mark-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("ui/mark-mask-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@public
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, so that it may look after every page. It keeps static files only."""
    shell = [static(path) for path in SHELL]
    context = {
        "shell": json.dumps(shell),
        "offline": json.dumps(reverse("ui:offline")),
        "static_root": json.dumps(settings.STATIC_URL),
    }
    return render(request, "ui/worker.js", context, content_type="text/javascript; charset=utf-8")


@public
@require_safe
@cache_control(max_age=3600)
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows when there is no network; it says the same to everybody."""
    return render(request, "ui/offline.html")


# What a browser sent that is not taken, and what to do about it: in Vietnamese, as all bare pages.
UNREADABLE: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (DisallowedHost,),
        (
            "Phần mềm chưa nhận địa chỉ trên thanh địa chỉ này. Hãy mở bằng địa chỉ cơ quan đã cho; "
            "quản trị viên thêm địa chỉ mới ở thiết lập NENNEP_HOSTS."
        ),
    ),
    (
        (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent),
        (
            "Nội dung gửi lên quá lớn cho một lần gửi. Hãy quay lại, chia thành nhiều lần, "
            "hoặc gửi dưới dạng tệp."
        ),
    ),
)
DAMAGED = "Nội dung gửi lên bị hỏng trên đường đi. Hãy quay lại, mở lại trang rồi gửi lại."


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the browser sent cannot be taken; nothing was written. Asks no database."""
    said = (sentence for kinds, sentence in UNREADABLE if isinstance(exception, kinds))
    page = render_to_string("400.html", {"sentence": next(said, DAMAGED)})
    return HttpResponse(page, status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """An exception nobody answered. What the machine is in trouble with is said in words, with 503.

    Asks no database: it may be what failed. Django calls this while the exception is being handled.
    """
    sentence = in_words(sys.exc_info()[1])
    if not sentence:
        return server_error(request)
    page = render_to_string("503.html", {"sentence": sentence})
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_IN)})
