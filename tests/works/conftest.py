"""A world with a main contractor, a sub-contractor and another company, and a case that Lim has."""

import pytest

from cases.choices import Status
from tests.factories import contractors
from tests.factories.cases import make_case, make_world


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def lim(world):
    return world.company.contacts.get()


@pytest.fixture
def siva(world):
    return contractors.siva(development=world.development, parent=world.company)


@pytest.fixture
def otto(world):
    return contractors.otto(development=world.development)


@pytest.fixture
def case(world):
    return make_case(world=world, status=Status.WITH_CONTRACTOR)


@pytest.fixture
def amira(world):
    return world.actor("amira")
