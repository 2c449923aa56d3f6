"""User names people can say, first passwords people can read out, and who sits at the machine."""

import getpass
import re
import secrets
from collections.abc import Container

from nennep.core.text import fold

LONGEST_PROPOSED = 50  # leaves room for a number
NO_NAME = "dang.vien"
# What people can say on the telephone and type on any keyboard.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def is_username(text: str) -> bool:
    return USERNAME.fullmatch(text) is not None


def spoken_username(full_name: str) -> str:
    """“Nguyễn Văn An” → “nguyen.van.an”: the name itself, as it is typed without accents."""
    words = re.findall(r"[a-z0-9]+", fold(full_name))
    name = ".".join(words)[:LONGEST_PROPOSED].strip(".")
    return name if is_username(name) else f"{NO_NAME}.{name}".strip(".")


def free_username(base: str, taken: Container[str]) -> str:
    """The name, or with the first number behind it that nobody has."""
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def system_user() -> str:
    """Who sits at the machine, as its operating system calls them; never a reason to fail."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def new_password() -> str:
    """A first password that can be read out on the telephone: four groups of four letters."""
    letters = "abcdefghkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
