"""A world of few people, and who sits at the desk."""

import pytest

from tests.factories.cases import make_world


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def manager(world, client_for):
    """Mo, the manager, signed in."""
    return client_for(world.mo)
