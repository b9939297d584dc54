"""Hana's home KRM A-12-3 and the two doors to its report."""

import pytest

from cases.models import ReportDraft
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


def begin(client, start="/portal/report/", room="MBA", **facts):
    """Taps a room; gives the address of step 2."""
    return client.post(start, {"room": room, **facts})["Location"]


def describe(client, start="/portal/report/", **facts):
    """One described defect, as far as step 3; gives its address."""
    address = begin(client, start)
    given = {"part": "ceiling"} | facts
    client.post(address, given)
    answer = client.post(address, {"kind": "LEAK"})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.post(address, {"go": "next", "words": "A drop falls after rain."})["Location"]


def draft():
    return ReportDraft.objects.get()
