"""What this machine offers the tests. `python -m tests.machine browser|postgres|templates`."""

import difflib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path(os.environ.get("NENNEP_CHROMIUM", "/usr/bin/chromium"))
LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/nennep"


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def browser() -> int:
    if not CHROMIUM.exists():
        say("Browser tests are skipped; to run them: apt-get install -y chromium")
    return 0


def postgres_address() -> str:
    """The address of a PostgreSQL server that tests may use, or nothing."""
    address = os.environ.get("NENNEP_TEST_DATABASE") or LOCAL_POSTGRES
    if not address.startswith("postgres"):
        address = LOCAL_POSTGRES
    try:
        psycopg.connect(address.rpartition("/")[0] + "/postgres", connect_timeout=3).close()
    except psycopg.Error:
        return ""
    return address


def postgres() -> int:
    """Print the address; say in one line when there is none."""
    address = postgres_address()
    if not address:
        say(
            "PostgreSQL is skipped: no server answers on 127.0.0.1:5432 "
            "(or give NENNEP_TEST_DATABASE=postgres://…)"
        )
        return 1
    sys.stdout.write(f"{address}\n")
    return 0


def templates() -> int:
    """Templates stand as djangofmt would write them; the formatter has no check mode of its own."""
    untidy = [path for path in sorted(ROOT.glob("nennep/*/templates/**/*.html")) if _differs(path)]
    for path in untidy:
        say(f"would be reformatted: {path.relative_to(ROOT)}")
    return 1 if untidy else 0


def _differs(path: Path) -> bool:
    written = path.read_text()
    formatted = subprocess.run(
        [ROOT / ".venv/bin/djangofmt", "--stdin-filename", path.name, "-"],
        input=written,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    if formatted and formatted != written and "--diff" in sys.argv:
        sys.stdout.writelines(
            difflib.unified_diff(written.splitlines(True), formatted.splitlines(True))
        )
    return formatted != written


if __name__ == "__main__":
    sys.exit({"browser": browser, "postgres": postgres, "templates": templates}[sys.argv[1]]())
