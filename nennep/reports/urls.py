from django.urls import path

from nennep.reports import views

app_name = "reports"
urlpatterns = [
    path("so-ket/", views.published_list, name="published-list"),
    path("so-ket/ban/<uuid:public_id>/", views.published, name="published"),
    path("so-ket/ban/<uuid:public_id>/bao-cao.docx", views.published_document, name="document"),
    path("so-ket/<str:code>/", views.review_page, name="review"),
    path("so-ket/<str:code>/ban-hanh/", views.publish, name="publish"),
    path("so-ket/<str:code>/bao-cao.<str:form>", views.review_file, name="review-file"),
]
