import pytest

from tests.factories import catalogue as factories


@pytest.fixture
def installed(db):
    """The default catalogue."""
    return factories.defaults()
