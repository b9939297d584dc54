"""The contractor's list of repairs."""

import pytest

from cases.choices import Status
from cases.models import Case
from portal.contractor.jobs import work
from tests.factories.cases import REPORTED_AT, make_case, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(defaults):
    """One repair that is done and one that waits for a word, both with the same company."""
    world = make_world()
    done = make_case(world=world, status=Status.TO_CHECK)
    new = make_case(world=world, status=Status.WITH_CONTRACTOR, unit=world.next_door, person=world.noor)
    return done, new


def test_new_counts_what_reads_as_new(jobs):
    cases = list(Case.objects.for_page().order_by("pk"))
    assert work(cases, [], at=REPORTED_AT).new == 1


def test_what_is_to_do_stands_above_what_is_done(jobs):
    done, new = jobs
    shown = work(list(Case.objects.for_page().order_by("pk")), [], at=REPORTED_AT)
    assert [job.case for home in shown.homes for job in home.jobs] == [new, done]
