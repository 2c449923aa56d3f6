from django.urls import path

from nennep.quality import views

app_name = "quality"

urlpatterns = [
    path("sinh-hoat/<uuid:public_id>/cham-diem/", views.score, name="score"),
    path("phieu-cham/", views.sheets, name="sheets"),
    path("phieu-cham/soan/", views.begin, name="begin"),
    path("phieu-cham/nam/", views.year_rule, name="year-rule"),
    path("phieu-cham/soan/<uuid:public_id>/", views.draft, name="draft"),
    path("phieu-cham/soan/<uuid:public_id>/<int:place>/", views.draft_criterion, name="criterion"),
    path("phieu-cham/vi-du/<slug:example_code>/", views.example, name="example"),
    path("phieu-cham/<uuid:public_id>/", views.sheet, name="sheet"),
    path("xep-loai/", views.classes_home, name="classes-home"),
    path("xep-loai/buoi/<uuid:public_id>/", views.decide, name="decide"),
    path("xep-loai/<str:code>/", views.classes, name="classes"),
    path("xep-loai/<str:code>/tep.<str:form>", views.classes_file, name="classes-file"),
    path("xep-loai/<str:code>/ky/", views.period_classes, name="period"),
    path("xep-loai/<str:code>/ky.xlsx", views.period_file, name="period-file"),
    path("xep-loai/<str:code>/xac-nhan/", views.confirm, name="confirm"),
    path("xem-lai/<str:code>/", views.oddities, name="oddities"),
    path("xem-lai/diem/<uuid:public_id>/", views.explain_oddity, name="explain-oddity"),
]
