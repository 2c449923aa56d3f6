"""A request as the pages of this app get it."""

from nennep.accounts.http import Request

__all__ = ["Request"]
