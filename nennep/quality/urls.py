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
    path("xep-loai/bieu/<uuid:public_id>/", views.office_form, name="office-form"),
    path("xep-loai/bieu/<uuid:public_id>/bo/", views.put_form_aside, name="put-form-aside"),
    path("xep-loai/<str:code>/", views.classes, name="classes"),
    path("xep-loai/<str:code>/bieu/", views.office_forms, name="office-forms"),
    path("xep-loai/<str:code>/bieu/<uuid:public_id>.xlsx", views.filled_form, name="filled-form"),
    path("xep-loai/<str:code>/tep.<str:form>", views.classes_file, name="classes-file"),
    path("xep-loai/<str:code>/ky/", views.period_classes, name="period"),
    path("xep-loai/<str:code>/ky.xlsx", views.period_file, name="period-file"),
    path("xep-loai/<str:code>/xac-nhan/", views.confirm, name="confirm"),
    path("xem-lai/<str:code>/", views.oddities, name="oddities"),
    path("xem-lai/diem/<uuid:public_id>/", views.explain_oddity, name="explain-oddity"),
    path("giam-sat/", views.supervision_home, name="supervision-home"),
    path("giam-sat/toi-theo-doi/", views.own_cells_page, name="own-cells"),
    path("giam-sat/buoi-du/<uuid:public_id>/", views.visit, name="visit"),
    path("giam-sat/kien-nghi/<uuid:public_id>/", views.recommendation, name="recommendation"),
    path("giam-sat/kiem-tra/<uuid:public_id>/", views.inspection, name="inspection"),
    path("giam-sat/<str:code>/", views.supervision, name="supervision"),
    path("giam-sat/<str:code>/nguoi-theo-doi/", views.followers, name="followers"),
    path("giam-sat/<str:code>/ke-hoach/", views.plan, name="visit-plan"),
    path("giam-sat/<str:code>/ke-hoach/tep.<str:form>", views.plan_file, name="visit-plan-file"),
    path("giam-sat/<str:code>/ghi/", views.record, name="record-visit"),
    path("giam-sat/<str:code>/kien-nghi/", views.recommendations, name="recommendations"),
    path(
        "giam-sat/<str:code>/kien-nghi/tep.<str:form>",
        views.recommendations_file,
        name="recommendations-file",
    ),
    path("giam-sat/<str:code>/kiem-tra/", views.inspections, name="inspections"),
    path("giam-sat/<str:code>/kiem-tra/them/", views.plan_inspection, name="plan-inspection"),
    path("giam-sat/<str:code>/sinh-hoat-diem/", views.models, name="models"),
    path("sinh-hoat/<uuid:public_id>/diem/", views.model, name="model"),
]
