"""Who sends a request to a guarded page."""

from typing import TYPE_CHECKING

from nennep.accounts.models import User

if TYPE_CHECKING:
    from nennep.ui.http import Request


def user_of(request: "Request") -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- the policy lets nobody else in
    return request.user
