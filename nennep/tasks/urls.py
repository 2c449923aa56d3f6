from django.urls import path

from nennep.tasks import views

app_name = "tasks"

urlpatterns = [
    path("viec/", views.home, name="home"),
    path("viec/<str:code>/", views.unit_page, name="unit"),
    path("viec/<str:code>/giao/", views.give, name="give"),
    path("viec/<str:code>/giao-dang-vien/", views.give_members, name="give-members"),
    path("viec/<str:code>/dang-vien/", views.members_page, name="members"),
    path("viec/<str:code>/nhac-viec/", views.reminders, name="reminders"),
    path("viec/<str:code>/nam/<int:year>/", views.annual, name="annual"),
    path(
        "viec/<str:code>/nhac-viec/danh-sach.<str:form>",
        views.reminders_file,
        name="reminders-file",
    ),
    path("cau-hoi-ro/", views.schemes, name="schemes"),
    path("cau-hoi-ro/<slug:scheme_code>/", views.adopt, name="adopt"),
    path("nhiem-vu/<uuid:public_id>/", views.assignment, name="assignment"),
    path("viec-nhan/<uuid:public_id>/", views.received, name="received"),
    path("viec-nhan/<uuid:public_id>/dua-vao/<uuid:meeting>/", views.take_up, name="take-up"),
    path("viec-giao/<uuid:public_id>/", views.given_task, name="given"),
]
