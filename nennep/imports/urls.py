from django.urls import path

from nennep.imports import views

app_name = "imports"
urlpatterns = [
    path("buoc-dau/", views.steps, name="first-steps"),
    path("nhap-bang-tinh/<str:code>/", views.start, name="start"),
    path("nhap-bang-tinh/<str:code>/<slug:kind>/", views.upload, name="upload"),
    path("nhap-bang-tinh/<str:code>/<slug:kind>/danh-sach.<str:form>", views.export, name="export"),
    path("nhap-diem-danh/<uuid:public_id>/", views.attendance, name="attendance"),
    path("nhap-bang-tinh/mau/<slug:kind>.xlsx", views.template, name="template"),
    path("lan-nhap/<uuid:public_id>/", views.preview, name="preview"),
    path("lan-nhap/<uuid:public_id>/cot/", views.columns, name="columns"),
    path("lan-nhap/<uuid:public_id>/tra-loi/", views.answer, name="answer"),
    path("lan-nhap/<uuid:public_id>/nguoi-khac/", views.others, name="others"),
    path("lan-nhap/<uuid:public_id>/ghi/", views.take, name="take"),
    path("lan-nhap/<uuid:public_id>/bo/", views.discard, name="discard"),
    path("lan-nhap/<uuid:public_id>/hoan-tac/", views.undo, name="undo"),
]
