import pytest

from tests import machine
from tests.assurance.installation import Installation


def postgres(name: str = "nennep_assurance") -> str:
    return machine.postgres_address().rpartition("/")[0] + f"/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, tmp_path):
    if request.param == "postgresql" and not machine.postgres_address():
        pytest.skip("no PostgreSQL server answers")
    database = postgres() if request.param == "postgresql" else ""
    installation = Installation(tmp_path, database)
    yield installation
    if installation.server is not None and installation.server.poll() is None:
        installation.kill()
