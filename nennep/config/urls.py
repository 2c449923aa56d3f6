"""Every address of the product, in the order of the layers. Each app owns its own prefix."""

from django.urls import include, path
from django.views.i18n import set_language

APPS = [
    "ui",
    "regulations",
    "organisation",
    "accounts",
    "members",
    "library",
    "meetings",
    "tasks",
    "training",
    "dialogue",
    "quality",
    "indicators",
    "reports",
    "recognition",
    "statements",
    "programmes",
    "imports",
]

handler400 = "nennep.ui.views.unreadable"
handler500 = "nennep.ui.views.failed"

urlpatterns = [
    path("ngon-ngu/", set_language, name="set_language"),
    *(path("", include(f"nennep.{app}.urls")) for app in APPS),
]
