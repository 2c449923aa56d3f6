from django.urls import path

from nennep.organisation import views
from nennep.organisation.forms import CHANGES

app_name = "organisation"
urlpatterns = [
    path("to-chuc/", views.tree, name="tree"),
    path("to-chuc/<str:code>/", views.unit_detail, name="unit"),
    *(
        path(f"to-chuc/<str:code>/{c.slug}/", views.change, {"slug": c.slug}, name=c.name)
        for c in CHANGES.values()
    ),
    path("to-chuc/<str:code>/nhiem-ky/<int:pk>/ket-thuc/", views.end_term, name="end-term"),
    path(
        "to-chuc/<str:code>/to-dang/<int:pk>/ket-thuc/",
        views.close_party_group,
        name="close-party-group",
    ),
]
