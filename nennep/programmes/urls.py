from django.urls import path

from nennep.programmes import views

app_name = "programmes"
urlpatterns = [
    path("chuong-trinh/", views.programmes, name="programmes"),
    path("chuong-trinh/moi/<str:code>/", views.register, name="register"),
    path("chuong-trinh/<uuid:public_id>/", views.programme, name="programme"),
    path("chuong-trinh/<uuid:public_id>/chi-tieu/", views.target, name="target"),
    path("chuong-trinh/<uuid:public_id>/ket-thuc/", views.end, name="end"),
    path("trien-khai/<str:code>/<uuid:public_id>/", views.at_unit, name="at-unit"),
    path("trien-khai/<str:code>/<uuid:public_id>/ghi/", views.adopt, name="adopt"),
    path("trien-khai/<str:code>/<uuid:public_id>/rut/", views.take_back, name="take-back"),
]
