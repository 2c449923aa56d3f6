"""User names people can say, first passwords people can read out, and who sits at the machine."""

import getpass
import re
import secrets

# What people can say on the telephone and type on any keyboard.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def is_username(text: str) -> bool:
    return USERNAME.fullmatch(text) is not None


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
