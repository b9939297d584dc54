"""Hana's home KRM A-12-3 and the two doors to its report."""

import pytest

from tests.factories import cases as make
from units import report_links


@pytest.fixture
def world(defaults):
    return make.make_world()


@pytest.fixture
def hana(world, client_for):
    """Hana's browser."""
    return client_for(world.hana.user)


@pytest.fixture
def link(world):
    """The address of the home's report link."""
    return f"/report/{report_links.token(world.unit)}/"
