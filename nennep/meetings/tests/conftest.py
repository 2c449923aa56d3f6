import pytest

from nennep.meetings.tests.factories import make_cell
from nennep.meetings.tests.factories_pages import closed_meeting


@pytest.fixture
def cell():
    return make_cell()


@pytest.fixture
def signed_in(client, cell):
    """The browser of the cell's secretary."""
    client.force_login(cell.secretary)
    return client


@pytest.fixture
def closed(cell):
    """A meeting whose minutes are closed."""
    return closed_meeting(cell)
