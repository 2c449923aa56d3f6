"""Who opens the pages of scores and of supervision. What `cell` is, each module says."""

import pytest

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.meetings.tests.factories import FOUNDED
from nennep.quality.tests.factories import put_in_force
from nennep.quality.tests.factories_supervision import account_of, commune, follow


@pytest.fixture
def an_phu(cell):
    return put_in_force("rb2")


@pytest.fixture
def office(client, cell):
    client.force_login(cell.officer)
    return client


@pytest.fixture
def follower(client, cell):
    """A member of the committee, whose account may only look."""
    user = account_of(cell.members[3])
    Grant.objects.create(user=user, role=Role.VIEWER, unit=commune(), valid_from=FOUNDED)
    follow(cell, cell.members[3])
    client.force_login(user)
    return client


@pytest.fixture
def secretary(client, cell):
    client.force_login(cell.secretary)
    return client
