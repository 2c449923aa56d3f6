"""Fills the empty installation of this process from a backup. Started by `restoring`, not by hand."""

import sys
from argparse import ArgumentParser
from pathlib import Path


def main() -> int:
    import django  # noqa: PLC0415 -- the settings read the environment this process was given

    django.setup()
    from nennep.config.filling import answer  # noqa: PLC0415 -- needs the settings

    parser = ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--trial", action="store_true")
    options = parser.parse_args()
    secret = bytes.fromhex(sys.stdin.read()) or None
    return answer(options.path, secret, is_trial=options.trial)


if __name__ == "__main__":
    sys.exit(main())
