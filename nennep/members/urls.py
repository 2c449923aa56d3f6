from django.urls import path

from nennep.members import views
from nennep.members.forms import CHANGES

app_name = "members"
urlpatterns = [
    path("dang-vien/", views.search, name="search"),
    path("dang-vien/chi-bo/<str:code>/", views.roll, name="roll"),
    path("dang-vien/chi-bo/<str:code>/tiep-nhan/", views.admit, name="admit"),
    path("dang-vien/chi-bo/<str:code>/tam-thoi-den/", views.welcome, name="welcome"),
    path("dang-vien/chi-bo/<str:code>/dang-so/", views.figures, name="figures"),
    path("chuc-vu/<str:code>/", views.offices, name="offices"),
    path("chuc-vu/ban-giao/<uuid:public_id>/", views.take_handover_back, name="take-back"),
    path("chuc-vu/<str:code>/ban-giao/<int:pk>/", views.hand_over_post, name="hand-over"),
    path("chuc-vu/<str:code>/tai-khoan/<slug:post>/", views.open_for_offices, name="open-accounts"),
    path("dang-vien/nguoi/<uuid:public_id>/", views.member, name="member"),
    path("dang-vien/nguoi/<uuid:public_id>/ai-da-xem/", views.who_looked, name="looks"),
    *(
        path(
            f"dang-vien/nguoi/<uuid:public_id>/{slug}/",
            views.change,
            {"slug": slug},
            name=f"change-{slug}",
        )
        for slug in CHANGES
    ),
]
