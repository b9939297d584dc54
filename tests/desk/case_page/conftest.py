"""A case two days old, its people, and somebody at the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.choices import Status
from tests.factories.cases import a_fault, fresh, make_case


@pytest.fixture
def start():
    return timezone.now() - timedelta(days=2)


@pytest.fixture
def a_case(world, start):
    """`a_case(status=..., photos=n)`: a case of Hana's, two days old."""

    def make(status=Status.NEW, *, photos=0, **facts):
        return make_case(world=world, status=status, at=start, faults=[a_fault(photos=photos, **facts)])

    return make


@pytest.fixture
def now(a_case):
    """`now(case)`: the row as it stands."""
    return fresh
