from django.urls import path

from nennep.library.views import (
    documents,
    drafting,
    files,
    handbook,
    handbook_desk,
    handbook_sheets,
    search,
)

app_name = "library"

urlpatterns = [
    path("cam-nang/", handbook.home, name="handbook"),
    path("cam-nang/nhanh/<slug:code>/", handbook.branch_page, name="branch"),
    path("cam-nang/muc/<slug:code>/", handbook.entry, name="entry"),
    path("cam-nang/thoi-han/", handbook.term, name="term"),
    path("van-ban/", documents.home, name="documents"),
    path("van-ban/danh-sach.<str:form>", documents.home_file, name="documents-file"),
    path("van-ban/so/<str:code>/", documents.numbers, name="numbers"),
    path("van-ban/vao-so/<str:code>/", documents.register, name="register"),
    path("van-ban/soan/<str:code>/", drafting.new_draft, name="new-draft"),
    path("van-ban/tep/<uuid:public_id>/", files.file, name="file"),
    path("van-ban/tep/<uuid:public_id>/bo/", files.remove, name="remove-file"),
    path("van-ban/<uuid:public_id>/", documents.document, name="document"),
    path("van-ban/<uuid:public_id>/sua/", documents.correct, name="correct"),
    path("van-ban/<uuid:public_id>/thay-the/", documents.link, name="link"),
    path("van-ban/<uuid:public_id>/lay-so/", documents.number, name="number"),
    path("tim/", search.search_page, name="search"),
    path("tim/goi-y/", search.suggest, name="suggest"),
    path("van-ban/<uuid:public_id>/tep/", files.upload, name="upload"),
    path("van-ban/<uuid:public_id>/du-thao/", drafting.draft, name="draft"),
    path("van-ban/<uuid:public_id>/xem/", drafting.paper, name="paper"),
    path("van-ban/<uuid:public_id>/van-ban.<str:form>", drafting.paper_file, name="paper-file"),
    path("cam-nang/sach/<str:form>/", handbook.book_file, name="book"),
    path("cam-nang/soan/", handbook_desk.desk, name="desk"),
    path("cam-nang/soan/moi/", handbook_desk.new_entry, name="new-entry"),
    path("cam-nang/soan/nguoi/", handbook_desk.editors, name="editors"),
    path("cam-nang/soan/muc/<slug:code>/", handbook_desk.write, name="write"),
    path("cam-nang/soan/muc/<slug:code>/cac-ban/", handbook_desk.history, name="history"),
    path("cam-nang/soan/muc/<slug:code>/sap-xep/", handbook_desk.arrange, name="arrange"),
    path("cam-nang/soan/ban/<uuid:public_id>/", handbook_desk.revision, name="revision"),
    path("cam-nang/soan/ban/<uuid:public_id>/quyet-dinh/", handbook_desk.decide, name="decide"),
    path("cam-nang/mau/", handbook_sheets.sheets, name="sheets"),
    path("cam-nang/mau/<slug:code>/", handbook_sheets.sheet, name="sheet"),
    path("cam-nang/mau/<slug:code>/<str:form>/", handbook_sheets.sheet_file, name="sheet-file"),
]
