from django.urls import path

from nennep.regulations import views

app_name = "regulations"
urlpatterns = [
    path("quy-dinh/", views.rule_list, name="list"),
    path("quy-dinh/nhap/", views.enter, name="enter"),
    path("quy-dinh/lich/", views.calendar, name="calendar"),
    path("quy-dinh/lich/ngay/", views.mark_day, name="mark-day"),
    path("quy-dinh/lich/bo-ngay/", views.clear_day, name="clear-day"),
    path("quy-dinh/can-cu/", views.basis_list, name="bases"),
    path("quy-dinh/can-cu/them/", views.add_basis, name="add-basis"),
    path("quy-dinh/can-cu/<uuid:public_id>/", views.basis_detail, name="basis"),
    path("quy-dinh/can-cu/<uuid:public_id>/doi-chieu/", views.confirm_basis, name="confirm-basis"),
    path(
        "quy-dinh/can-cu/<uuid:public_id>/bo-doi-chieu/",
        views.unconfirm_basis,
        name="unconfirm-basis",
    ),
    path("quy-dinh/can-cu/<uuid:public_id>/thay-the/", views.replace_basis, name="replace-basis"),
    path("quy-dinh/<uuid:public_id>/", views.rule_detail, name="detail"),
    path("quy-dinh/<uuid:public_id>/doi-chieu/", views.confirm, name="confirm"),
    path("quy-dinh/<uuid:public_id>/bo-doi-chieu/", views.unconfirm, name="unconfirm"),
    path("quy-dinh/<uuid:public_id>/thay/", views.replace, name="replace"),
    path("quy-dinh/<uuid:public_id>/ket-thuc/", views.withdraw, name="withdraw"),
]
