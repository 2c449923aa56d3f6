import pytest

from nennep.tasks.tests.factories import working_cell


@pytest.fixture
def cell():
    return working_cell()


@pytest.fixture
def page(client):
    """`page(user, address)`: what that person is shown."""

    def look(user, address):
        client.force_login(user)
        answer = client.get(address, follow=True)
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    return look
