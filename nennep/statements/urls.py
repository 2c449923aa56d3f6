from django.urls import path

from nennep.statements import views

app_name = "statements"
urlpatterns = [
    path("so-lieu-bao-cao/", views.reports, name="reports"),
    path("so-lieu-bao-cao/<str:code>/", views.unit, name="unit"),
    path("so-lieu-bao-cao/<str:code>/doc/", views.read, name="read"),
    path("bao-cao-da-doc/<uuid:public_id>/", views.report, name="report"),
    path("bao-cao-da-doc/<uuid:public_id>/xac-nhan/", views.confirm, name="confirm"),
    path("bao-cao-da-doc/<uuid:public_id>/bo/", views.discard, name="discard"),
    path("so-lieu-neu/<uuid:public_id>/", views.correct, name="correct"),
    path("so-lieu-neu/<uuid:public_id>/y-kien/", views.decide, name="decide"),
]
