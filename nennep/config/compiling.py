"""Makes the `.mo` files that gettext reads. They are derived, so they are not tracked.

Runs before Django does: a catalogue that was missing when Django first looked stays missing.
"""

import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_messages() -> None:
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            import polib  # noqa: PLC0415 -- only when a catalogue has changed

            fresh = source.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(fresh))
            fresh.replace(compiled)  # whoever reads meanwhile has the old one or the new, whole
