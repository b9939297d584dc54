"""The small world of the cast, for every test of cases."""

import pytest

from tests.factories.cases import make_world


@pytest.fixture
def world(defaults):
    return make_world()
