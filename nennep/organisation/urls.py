from django.urls import path

from nennep.organisation import views

app_name = "organisation"
urlpatterns = [
    path("to-chuc/", views.tree, name="tree"),
    path("to-chuc/<str:code>/", views.unit_detail, name="unit"),
    path("to-chuc/<str:code>/them/", views.create, name="create"),
    path("to-chuc/<str:code>/doi-ten/", views.rename, name="rename"),
    path("to-chuc/<str:code>/doi-loai/", views.change_kind, name="change-kind"),
    path("to-chuc/<str:code>/doi-loai-hinh/", views.change_block, name="change-block"),
    path("to-chuc/<str:code>/chuyen/", views.move, name="move"),
    path("to-chuc/<str:code>/ket-thuc/", views.close, name="close"),
    path("to-chuc/<str:code>/ma-quoc-gia/", views.set_national_code, name="national-code"),
    path("to-chuc/<str:code>/nhiem-ky/", views.begin_term, name="begin-term"),
    path("to-chuc/<str:code>/nhiem-ky/<int:pk>/ket-thuc/", views.end_term, name="end-term"),
    path("to-chuc/<str:code>/to-dang/", views.open_party_group, name="open-party-group"),
    path(
        "to-chuc/<str:code>/to-dang/<int:pk>/ket-thuc/",
        views.close_party_group,
        name="close-party-group",
    ),
]
