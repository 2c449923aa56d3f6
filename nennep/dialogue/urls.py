from django.urls import path

from nennep.dialogue import views

app_name = "dialogue"

urlpatterns = [
    path("kien-nghi/", views.home, name="home"),
    path("kien-nghi/gui/<str:code>/", views.ask, name="ask"),
    path("kien-nghi/<uuid:public_id>/", views.proposal, name="proposal"),
    path("kien-nghi/<uuid:public_id>/chuyen/", views.pass_on, name="pass-on"),
    path("kien-nghi/<uuid:public_id>/tra-loi/", views.answer, name="answer"),
    path("kien-nghi/<uuid:public_id>/rut/", views.withdraw, name="withdraw"),
    path("khao-sat/", views.surveys, name="surveys"),
    path("khao-sat/moi/<str:code>/", views.hold, name="hold"),
    path("khao-sat/<uuid:public_id>/", views.survey, name="survey"),
    path("khao-sat/<uuid:public_id>/tra-loi/", views.answer_survey, name="answer-survey"),
]
