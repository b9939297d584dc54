"""People with browsers, the post office, and a world whose cover runs today."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.walking import PostOffice, Walker
from tests.factories import cases as make

PHONE, DESKTOP = (390, 844), (1440, 900)
HELD_FOR = timedelta(days=200)


@pytest.fixture(params=[PHONE, DESKTOP], ids=lambda size: str(size[0]))
def size(request):
    """Once on a phone, once at a desk."""
    return request.param


@pytest.fixture
def lived_in(defaults):
    """The world with its homes handed over 200 days ago, so that cover runs and no end of it is near."""
    return make.make_world(handed_over=(timezone.now() - HELD_FOR).date())


@pytest.fixture
def post(smtp_server):
    """The post office; nothing leaves before a test tells it to deliver."""
    return PostOffice(smtp_server)


@pytest.fixture
def walker(new_context, site, axe):
    """`walker(size)`: somebody with a browser of their own, signed out; nothing in it may complain."""
    people = []

    def come(size=PHONE, *, runs_scripts=True):
        viewport = {"width": size[0], "height": size[1]}
        context = new_context(
            base_url=site, viewport=viewport, locale="en-GB", java_script_enabled=runs_scripts, has_touch=size == PHONE
        )
        people.append(Walker(context.new_page(), axe, runs_scripts=runs_scripts))
        return people[-1]

    yield come
    assert [complaint for person in people for complaint in person.complaints] == []
