"""What must hold before the product starts."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from nennep.core import verbs
from nennep.core.policies import Policy

# Views of Django's own that we serve as they are, and why each is harmless.
FOREIGN_VIEWS = {
    "django.views.i18n.set_language": "stores the reader's choice of language in a cookie",
}


def views(patterns: list[Any] | None = None) -> Iterator[URLPattern]:
    """Every address of the product, whatever file it is declared in."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern


def policy_of(pattern: URLPattern) -> Policy | None:
    if _name(pattern) in FOREIGN_VIEWS:
        return Policy(is_public=True)
    return getattr(pattern.callback, "policy", None)


def _name(pattern: URLPattern) -> str:
    callback = pattern.callback
    return f"{callback.__module__}.{getattr(callback, '__qualname__', '')}"


@register()
def every_view_declares_its_policy(**_: object) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    for pattern in views():
        policy = policy_of(pattern)
        if policy is None:
            errors.append(Error(f"{_name(pattern)} declares no policy", id="nennep.E001"))
        elif policy.verb and policy.verb not in verbs.registered():
            errors.append(
                Error(
                    f"{_name(pattern)} asks for “{policy.verb}”, which no app registers",
                    id="nennep.E002",
                )
            )
    return errors
