"""Whom to ring: on a company's pages only while a visit with it is confirmed, never after closure (product.md 27)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from inspections import visits
from inspections.models import Visit
from inspections.taking_part import Invited
from tests.factories import contractors
from tests.factories.cases import fresh, walk
from tests.factories.inspections import by_company, make_offer, make_visit
from works.models import WorkOrder

pytestmark = pytest.mark.django_db

WAITS = "Phone number shows once a visit is confirmed"


def pages(client_for, lim, link):
    """What the account reads on its two pages, and what the bearer of the link reads."""
    signed_in = client_for(lim.user)
    found = [signed_in.get("/jobs/"), signed_in.get("/jobs/lists/DL-1/"), Client().get(link)]
    return [page.content.decode() for page in found]


def agreed(world, made, **facts):
    at = timezone.now()
    cases = list(Case.objects.filter(work_orders__lines__list=made).order_by("pk"))
    given = {"kind": "rectification", "at": at, "invited": [by_company(world)], **facts}
    return make_visit(world=world, cases=cases, starts_at=at + timedelta(days=1), **given)


def test_name_and_phone_stand_there_once_a_visit_is_confirmed(client_for, world, lim, made, link):
    for text in pages(client_for, lim, link):
        assert "Hana" not in text
        assert world.hana.phone not in text
    agreed(world, made)
    for text in pages(client_for, lim, link):
        assert "Hana Yusof" in text
        assert f"tel:{world.hana.phone}" in text
        assert WAITS not in text


def test_offered_times_confirm_nothing(client_for, world, lim, made, link):
    cases = list(Case.objects.order_by("pk"))
    make_offer(world=world, cases=cases, kind="rectification", at=timezone.now(), invited=[by_company(world)])
    for text in pages(client_for, lim, link):
        assert "Hana" not in text
        assert WAITS in text


def test_a_visit_of_the_office_or_of_another_company_confirms_nothing(client_for, world, lim, made, link):
    otto = contractors.otto(development=world.development).company
    agreed(world, made, invited=[Invited(company=otto)])
    assert not any("Hana" in text for text in pages(client_for, lim, link))


def test_they_vanish_with_the_visit_and_with_the_closure(client_for, world, lim, made, link):
    visit = agreed(world, made)
    at = timezone.now()
    for case in Case.objects.order_by("pk"):
        walk(fresh(case), "close-complete", world=world, at=at)
    assert WorkOrder.objects.filter(case__closed_at__isnull=False).count() == 3
    assert not any("Hana" in text for text in pages(client_for, lim, link))
    assert Visit.objects.get(pk=visit.pk).parties.filter(company=world.company).exists()


def test_a_cancelled_visit_takes_them_away(client_for, world, lim, made, link):
    visit = agreed(world, made)
    words = "The part has not come, we write again"
    visits.cancel(visit, words=words, seen_version=visit.version, by=world.actor("amira"), at=timezone.now())
    assert not any("Hana" in text for text in pages(client_for, lim, link))
