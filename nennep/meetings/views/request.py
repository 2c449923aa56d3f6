"""A request as the pages of this app get it: the person is an account, which the actions ask for."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from nennep.accounts.models import User
    from nennep.ui import http

    class Request(http.Request):
        user: User

else:
    Request = HttpRequest
