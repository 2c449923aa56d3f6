"""Where sessions are kept: in rows that say whose they are, so that their owner can end them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowStore

from nennep.accounts.models import OpenSession
from nennep.core import clock
from nennep.core.ids import new_public_id

# What a session says of itself: `opened_at` on the machine's clock, `since` on the product's.
OPENED_AT, SINCE, PUBLIC_ID, BROWSER = "opened_at", "since", "public_id", "browser"


class SessionStore(RowStore):
    """What a person who signs in is told of is taken from the session itself (`begin`)."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        return OpenSession

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        row = cast(OpenSession, super().create_model_instance(data))
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.public_id = UUID(data[PUBLIC_ID]) if PUBLIC_ID in data else new_public_id()
        row.opened_at = datetime.fromisoformat(data[SINCE]) if SINCE in data else None
        row.seen_at = clock.now()
        row.browser = data.get(BROWSER, "")
        return row
