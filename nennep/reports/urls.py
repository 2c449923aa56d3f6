from django.urls import path

from nennep.reports import views

app_name = "reports"
urlpatterns = [
    path("so-ket/", views.published_list, name="published-list"),
    path("so-ket/ban/<uuid:public_id>/", views.published, name="published"),
    path("so-ket/ban/<uuid:public_id>/bao-cao.docx", views.published_document, name="document"),
    path("so-ket/cuoc/<uuid:public_id>/", views.programme_review, name="programme-review"),
    path("so-ket/cuoc/<uuid:public_id>/sua/", views.change, name="change"),
    path("so-ket/cuoc/<uuid:public_id>/xin-y-kien/", views.ask_contributions, name="ask"),
    path("so-ket/cuoc/<uuid:public_id>/chon-y-kien/", views.choose, name="choose"),
    path(
        "so-ket/cuoc/<uuid:public_id>/ban-hanh/", views.publish_programme, name="publish-programme"
    ),
    path("so-ket/cuoc/<uuid:public_id>/tep/<str:name>.<str:form>", views.outcome, name="outcome"),
    path("so-ket/cuoc/<uuid:public_id>/hinh/<str:name>.<str:form>", views.picture, name="picture"),
    path("so-ket/y-kien/", views.contributions, name="contributions"),
    path("so-ket/y-kien/<uuid:public_id>/", views.contribute, name="contribute"),
    path("so-ket/<str:code>/", views.review_page, name="review"),
    path("so-ket/<str:code>/lap/", views.begin, name="begin"),
    path("so-ket/<str:code>/ban-hanh/", views.publish, name="publish"),
    path("so-ket/<str:code>/bao-cao.<str:form>", views.review_file, name="review-file"),
]
