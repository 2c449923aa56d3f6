"""What people may be allowed to do. Every app registers its own verbs in `ready()`."""

from enum import StrEnum

_verbs: dict[str, type[StrEnum]] = {}


def register(verbs: type[StrEnum]) -> None:
    for verb in verbs:
        taken = _verbs.setdefault(verb.value, verbs)
        if taken is not verbs:
            raise ValueError(f"the verb “{verb.value}” is registered by {taken} already")


def registered() -> frozenset[str]:
    return frozenset(_verbs)
