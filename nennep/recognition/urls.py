from django.urls import path

from nennep.recognition import views

app_name = "recognition"
urlpatterns = [
    path("xep-loai-nam/<str:code>/<int:year>/", views.levels, name="levels-of-year"),
    path("xep-loai-nam/<str:code>/", views.levels, name="levels"),
    path("dot-xep-loai/<str:code>/<int:year>/", views.decide, name="round"),
    path("dot-xep-loai/<str:code>/<int:year>/nhap/", views.past, name="past"),
    path("tu-xep-loai/<str:code>/<int:year>/", views.rate, name="rate"),
    path("chi-bo-yeu-kem/<uuid:public_id>/", views.weak, name="weak"),
]
