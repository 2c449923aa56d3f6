from django.urls import path

from nennep.indicators import views

app_name = "indicators"
urlpatterns = [
    path("bang/", views.boards, name="boards"),
    path("bang/<str:code>/", views.unit_board, name="board"),
    path("chi-tieu/<str:code>/", views.figures, name="figures"),
    path("chi-tieu/<str:code>/<str:indicator>/", views.figure, name="figure"),
]
