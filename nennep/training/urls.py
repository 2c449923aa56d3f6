from django.urls import path

from nennep.training import views

app_name = "training"

urlpatterns = [
    path("tap-huan/", views.home, name="home"),
    path("tap-huan/<str:code>/", views.unit_page, name="unit"),
    path("tap-huan/<str:code>/khoa-moi/", views.plan, name="plan"),
    path("khoa-tap-huan/<uuid:public_id>/", views.course_page, name="course"),
    path("buoi-tap-huan/<uuid:public_id>/", views.session_page, name="session"),
    path("buoi-tap-huan/<uuid:public_id>/doi/", views.change_session, name="change-session"),
    path("buoi-tap-huan/<uuid:public_id>/co-mat/", views.record, name="record"),
    path("buoi-tap-huan/<uuid:public_id>/<slug:paper>.<slug:form>", views.paper, name="paper"),
    path("quan-triet/<str:code>/moi/", views.give, name="give"),
    path("quan-triet/<uuid:public_id>/", views.dissemination, name="dissemination"),
    path("quan-triet/<uuid:public_id>/bao-cao/", views.report, name="report"),
    path("quan-triet/<uuid:public_id>/thoi/", views.withdraw, name="withdraw"),
    path("quan-triet-chi-bo/<uuid:public_id>/", views.receipt, name="receipt"),
    path("trac-nghiem/<str:code>/moi/", views.make, name="make-quiz"),
    path("trac-nghiem/<uuid:public_id>/", views.quiz, name="quiz"),
    path("trac-nghiem/<uuid:public_id>/<str:code>/", views.cell_quiz, name="cell-quiz"),
    path(
        "trac-nghiem/<uuid:public_id>/<str:code>/<slug:paper>.<slug:form>",
        views.quiz_paper,
        name="quiz-paper",
    ),
    path("tn/<str:token>/", views.answer, name="answer"),
    path("so-tay-dien-tu/<str:code>/", views.adoption, name="adoption"),
    path("so-tay-dien-tu/<str:code>/dem/", views.count, name="count"),
    path("so-tay-dien-tu/buoi/<uuid:public_id>/tep.zip", views.bundle, name="bundle"),
]
