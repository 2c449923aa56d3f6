from django.urls import path

from nennep.library.views import handbook

app_name = "library"

urlpatterns = [
    path("cam-nang/", handbook.home, name="handbook"),
    path("cam-nang/nhanh/<slug:code>/", handbook.branch_page, name="branch"),
    path("cam-nang/muc/<slug:code>/", handbook.entry, name="entry"),
    path("cam-nang/thoi-han/", handbook.term, name="term"),
]
