from django.urls import path

from nennep.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign-in"),
    path("dang-nhap/buoc-hai/", views.second_step, name="second-step"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("mat-khau/", views.change_password, name="change-password"),
    path("cua-toi/", views.own, name="own"),
    path("hai-buoc/", views.second_factors, name="second-factors"),
    path("hai-buoc/dien-thoai/", views.add_telephone, name="add-telephone"),
    path("hai-buoc/khoa/", views.add_passkey, name="add-passkey"),
    path("hai-buoc/ma-du-phong/", views.recovery_codes, name="recovery-codes"),
    path("hai-buoc/<uuid:public_id>/", views.remove_second_factor, name="remove-second-factor"),
    path("thiet-bi/", views.devices, name="devices"),
    path("thiet-bi/khac/", views.end_other_devices, name="end-other-devices"),
    path("thiet-bi/<uuid:public_id>/", views.end_device, name="end-device"),
    path("quyen/", views.grants, name="grants"),
    path("quyen/<str:code>/", views.grants_under, name="grants-under"),
    path("quyen/<str:code>/gia-han/", views.prolong, name="prolong"),
    path("quyen/<str:code>/cap/", views.give, name="give"),
    path("quyen/<str:code>/tai-khoan-moi/", views.new_account, name="new-account"),
    path("quyen/rut/<int:pk>/", views.withdraw, name="withdraw"),
    path("tai-khoan/<uuid:public_id>/", views.account, name="account"),
    path("tai-khoan/<uuid:public_id>/mat-khau/", views.reset_password, name="reset-password"),
    *(
        path(
            f"tai-khoan/<uuid:public_id>/{each.slug}/",
            views.help_back_in,
            {"slug": each.slug},
            name=each.url_name,
        )
        for each in views.HELPS.values()
    ),
    path("tai-khoan/<uuid:public_id>/dong/", views.close_account, name="close-account"),
    path("dot-tai-khoan/<uuid:public_id>/", views.batch, name="batch"),
    path("dot-tai-khoan/<uuid:public_id>/phieu.pdf", views.batch_slips, name="batch-slips"),
    path("dot-tai-khoan/<uuid:public_id>/dung/", views.cancel_batch, name="cancel-batch"),
    path("nhat-ky/", views.trail_list, name="trail"),
]
