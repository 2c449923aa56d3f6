"""What a command says to the person who gave it, apart from its answer."""

import sys


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
