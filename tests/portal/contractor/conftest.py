"""A list of three items with Lim, and its link as the mail carries it."""

import pytest
from django.utils import timezone

from outbox.models import OutgoingMail
from tests.factories.cases import make_world
from tests.factories.lists import make_list
from works import list_links


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def made(world):
    """Reported in the past, so that today is after it."""
    at = timezone.now()
    return make_list(world=world, count=3, at=at, photos=1, access="Ring first, 012-555 0187, Hana sleeps until 10:00")


@pytest.fixture
def lim(world):
    return world.company.contacts.get()


def link_of(made, *, name="Lim Wei"):
    """The address in the mail, minted as while it is sent."""
    mail = OutgoingMail.objects.filter(about="defect-list", about_id=made.pk).first() or OutgoingMail.objects.first()
    address = list_links.mint(mail, {"purpose": "defect-list", "list": made.pk, "name": name})
    return address[address.index("/jobs/link/") :]


@pytest.fixture
def link(made):
    return link_of(made)
