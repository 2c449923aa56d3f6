import pytest

from nennep.core.facts import facts_changed


@pytest.fixture
def told():
    """Whom the change signal named, in order."""
    heard = []

    def hear(sender, cell, kind, **more):
        heard.append((cell.code, kind, more.get("since")))

    facts_changed.connect(hear, weak=False)
    yield heard
    facts_changed.disconnect(hear)
