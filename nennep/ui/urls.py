from django.urls import path

from nennep.ui import views

app_name = "ui"
urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("worker.js", views.worker, name="worker"),
    path("khong-mang/", views.offline, name="offline"),
]
