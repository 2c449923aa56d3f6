from django.urls import path

from nennep.meetings import views

app_name = "meetings"
MEETING = "sinh-hoat/<uuid:public_id>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("ma/", views.enter_by_code, name="by-code"),
    path("sinh-hoat/", views.meeting_list, name="list"),
    path(MEETING, views.meeting_page, name="meeting"),
    path(f"{MEETING}chuan-bi/", views.prepare, name="prepare"),
    path(f"{MEETING}diem-danh/", views.roll_call, name="roll-call"),
    path(f"{MEETING}thao-luan/", views.discuss, name="discuss"),
    path(f"{MEETING}ket-luan/", views.conclude, name="conclude"),
    path(f"{MEETING}theo-doi/", views.follow, name="follow"),
    path(f"{MEETING}thay-doi/", views.change, name="change"),
    path(f"{MEETING}thu-ky/", views.minute_pass, name="pass"),
    path(f"{MEETING}in/<slug:paper>/", views.paper_page, name="paper"),
    path(f"{MEETING}in/<slug:paper>.<str:form>", views.paper_file, name="paper-file"),
    path("muc/<uuid:public_id>/", views.item, name="item"),
    path("ban-ky/<uuid:public_id>/", views.signed_copy, name="signed-copy"),
    path("ke-hoach/<str:code>/", views.plan, name="plan"),
    path("ghi-so/<str:code>/", views.past_meeting, name="past"),
    path("nhap-so-lieu/<str:code>/", views.enter_returns, name="returns"),
    path("nhap-so-lieu/rut/<uuid:public_id>/", views.take_back_return, name="return-back"),
    path("so-theo-doi/", views.ledger_home, name="ledger-home"),
    path("so-theo-doi/<str:code>/", views.unit_ledger, name="ledger"),
    path("so-theo-doi/<str:code>/ly-do/", views.explain, name="explain"),
    path("so-theo-doi/<str:code>/goi/", views.calls, name="calls"),
    path("so-theo-doi/<str:code>/goi/danh-sach.<str:form>", views.calls_file, name="calls-file"),
    path("can-luu-y/<str:code>/", views.alerts, name="alerts"),
    path("ly-do/<uuid:public_id>/", views.answer, name="answer"),
    path("chuyen-de-bat-buoc/<str:code>/", views.topics, name="topics"),
    path("chuyen-de-bat-buoc/rut/<uuid:public_id>/", views.withdraw, name="withdraw-topic"),
    path("so/<slug:book>/<str:code>/<int:year>.<str:form>", views.yearly_book, name="book"),
]
