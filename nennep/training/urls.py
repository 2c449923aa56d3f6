from django.urls import path

from nennep.training import views

app_name = "training"

urlpatterns = [
    path("tap-huan/", views.home, name="home"),
    path("tap-huan/<str:code>/", views.unit_page, name="unit"),
    path("tap-huan/<str:code>/khoa-moi/", views.plan, name="plan"),
    path("khoa-tap-huan/<uuid:public_id>/", views.course_page, name="course"),
    path("buoi-tap-huan/<uuid:public_id>/", views.session_page, name="session"),
    path("buoi-tap-huan/<uuid:public_id>/doi/", views.change_session, name="change-session"),
    path("buoi-tap-huan/<uuid:public_id>/co-mat/", views.record, name="record"),
    path("buoi-tap-huan/<uuid:public_id>/<slug:paper>.<slug:form>", views.paper, name="paper"),
]
