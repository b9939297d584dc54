"""The numbers in the rail: on every page of the office, within scope, for one query."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.choices import Channel
from desk import shell
from desk.counting import capped, counts
from tests.factories.accounts import ada
from tests.factories.cases import make_case, make_report
from tests.factories.outbox import make_failed_mail
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


def numbers(user, at):
    return {row["url"]: row["count"] for row in shell.rail(user, at)}


def test_the_rail_counts_what_waits(world, at, queries):
    case = make_case(world=world, at=at - timedelta(hours=1))
    make_report(world=world, person=False, channel=Channel.LINK)
    make_failed_mail(about_id=case.pk, about_reference=case.reference)

    with queries(1):
        found = numbers(world.amira, at)

    assert found == {"/cases/": "1", "/intake/": "1", "/outgoing/": "1", "/my-day/": "1"}


def test_nothing_of_other_developments_is_counted(world, at):
    case = make_case(world=world, at=at - timedelta(hours=1))
    make_report(world=world, person=False, channel=Channel.LINK)
    make_failed_mail(about_id=case.pk, about_reference=case.reference)
    limit_officer(world.amira, make_development(code="TJM"))

    assert numbers(world.amira, at) == {}


def test_registers_show_it_too_and_pages_of_others_ask_nothing(world, at, client_for):
    make_case(world=world, at=at - timedelta(hours=1))

    assert client_for(world.amira).get("/homeowners/").context["rail"]
    assert numbers(ada(), at) == {"/cases/": "1"}
    assert "rail" not in (client_for(world.hana.user).get("/portal/").context or {})


def test_counting_stops_at_its_ceiling(world, monkeypatch):
    monkeypatch.setattr("desk.counting.CAP", 2)
    users = type(world.amira).objects

    found = counts({"all": users.all()}, anchor=users.filter(pk=world.amira.pk))

    assert found == {"all": 3}


def test_numbers_beyond_the_ceiling_are_least_numbers():
    assert [capped(10_000), capped(10_001), capped(1204, is_least=True)] == ["10,000", "10,000+", "1,204+"]
