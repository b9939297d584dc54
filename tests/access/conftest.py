"""A case of Hana's that waits for her, and Hana signed in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.choices import Status
from tests.factories.cases import a_fault, make_case, make_world


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def case(world, now):
    """Waits for Hana's answer, with a picture before and after."""
    photo = a_fault(photos=1)
    return make_case(world=world, at=now - timedelta(days=2), status=Status.AWAITING_HOMEOWNER, faults=[photo])


@pytest.fixture
def hana(world, client_for):
    return client_for(world.hana.user)
