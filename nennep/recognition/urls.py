from django.urls import path

from nennep.recognition.views import deciding, papers, past, ratings, register, rounds

app_name = "recognition"
urlpatterns = [
    path("xep-loai-nam/<str:code>/<int:year>/", ratings.levels, name="levels-of-year"),
    path("xep-loai-nam/<str:code>/", ratings.levels, name="levels"),
    path("dot-xep-loai/<str:code>/<int:year>/", ratings.decide, name="round"),
    path(
        "dot-xep-loai/<str:code>/<int:year>/quyet-dinh-<int:number>.<str:form>",
        papers.rating_decision_file,
        name="rating-decision",
    ),
    path("dot-xep-loai/<str:code>/<int:year>/nhap/", ratings.past, name="past"),
    path("tu-xep-loai/<str:code>/<int:year>/", ratings.rate, name="rate"),
    path("nhap-tu-xep-loai/<str:code>/<int:year>/", ratings.enter_own, name="enter-own"),
    path("chi-bo-yeu-kem/<uuid:public_id>/", ratings.weak, name="weak"),
    path("khen-thuong/<str:code>/", register.commendations, name="commendations"),
    path("khen-thuong/<str:code>/mo-dot/", rounds.new_round, name="new-round"),
    path("khen-thuong/<str:code>/nhap/", past.enter, name="enter-commendations"),
    path("khen-thuong/<str:code>/<uuid:public_id>/sua/", past.correct, name="correct-commendation"),
    path("khen-thuong/<str:code>/<uuid:public_id>/xoa/", past.strike, name="strike-commendation"),
    path("dot-khen-thuong/<uuid:public_id>/", rounds.round_page, name="commendation-round"),
    path("dot-khen-thuong/<uuid:public_id>/goi-y/", rounds.suggested, name="short-list"),
    path("dot-khen-thuong/<uuid:public_id>/bo/", rounds.drop, name="drop-round"),
    path(
        "dot-khen-thuong/<uuid:public_id>/de-nghi/<str:code>/", rounds.new_proposal, name="propose"
    ),
    path("dot-khen-thuong/<uuid:public_id>/xet/", deciding.verdicts, name="consider"),
    path("dot-khen-thuong/<uuid:public_id>/quyet-dinh/", deciding.decision, name="decide-round"),
    path(
        "dot-khen-thuong/<uuid:public_id>/danh-sach.<str:form>",
        papers.list_file,
        name="commended-list",
    ),
    path(
        "dot-khen-thuong/<uuid:public_id>/noi-dung-<int:number>.<str:form>",
        papers.citation_file,
        name="citations",
    ),
    path("de-nghi-khen-thuong/<uuid:public_id>/rut/", rounds.withdraw, name="withdraw-proposal"),
]
