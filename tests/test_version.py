import tomllib

from nennep.config.version import VERSION
from tests.machine import ROOT


def test_the_version_that_backups_name_is_that_of_the_product():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert settings["project"]["version"] == VERSION
