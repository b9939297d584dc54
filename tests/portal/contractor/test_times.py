"""A company offers times for a home; the homeowner chooses one, and everything it owes there is one visit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case, CaseEvent
from inspections import offers
from inspections.models import Visit
from outbox.models import OutgoingMail
from tests.portal.contractor.test_lists import NAME, ahead, seen, states
from works.choices import OrderState
from works.models import WorkClock, WorkOrder

pytestmark = pytest.mark.django_db

PAGE = "date/?home=A-12-3"


def slots(world, *, hours=3, count=3):
    zone = world.development.tz
    found = {"slots-TOTAL_FORMS": str(count), "slots-INITIAL_FORMS": "3"}
    for number, (opens, _closes) in enumerate(offers.preset(world.development, timezone.now())[:count]):
        local = opens.astimezone(zone)
        closes = local + timedelta(hours=hours)
        found |= {
            f"slots-{number}-on": local.date().isoformat(),
            f"slots-{number}-opens": f"{local:%H:%M}",
            f"slots-{number}-closes": f"{closes:%H:%M}",
        }
    return found


def press(link, world, **facts):
    return Client().post(f"{link}{PAGE}", {"order": seen(), **slots(world), **NAME, **facts})


def test_the_page_begins_with_three_times_and_leads_to_the_plain_day(link, made):
    text = Client().get(f"{link}{PAGE}").content.decode()
    assert text.count('type="date"') == 3
    assert "One visit for all 3 items" in text
    assert "how=day" in text
    assert "One day for all 3 items" in Client().get(f"{link}{PAGE}&how=day").content.decode()


def test_one_press_asks_the_homeowner_once_for_all_items(link, world, made):
    before = OutgoingMail.objects.count()
    assert press(link, world, minutes="60", note="We begin in the bathroom").status_code == 302
    visit = Visit.objects.get()
    assert (visit.state, visit.kind, visit.minutes, visit.cases.count()) == ("offered", "rectification", 60, 3)
    assert offers.open_of(visit).company == world.company
    assert states() == [OrderState.ACCEPTED] * 3
    told = [mail.recipient for mail in OutgoingMail.objects.order_by("pk")[before:]]
    assert told.count("hana@demo.example") == 1
    assert CaseEvent.objects.filter(actor_name="Wei Jie", reason="accepted").count() == 3


def test_the_companys_date_is_given_and_the_homeowner_books_it(link, world, made):
    press(link, world)
    assert not WorkClock.objects.filter(kind="date", stopped_at__isnull=True).exists()
    visit = Visit.objects.get()
    offers.choose(visit, offers.open_of(visit).slots.first().pk, by=world.actor("hana"), at=timezone.now())
    assert "agreed with the resident" in Client().get(link).content.decode()
    assert Case.objects.filter(visit_kind="rectification").count() == 3


def test_new_times_take_the_place_of_those_nobody_chose(link, world, made):
    press(link, world)
    assert "You offered times already" in Client().get(f"{link}{PAGE}").content.decode()
    press(link, world)
    visit = Visit.objects.get()
    assert sorted(visit.offers.values_list("state", flat=True)) == ["open", "withdrawn"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"hours": 5}, "lasts at most 4 hours"), ({"count": 2}, "Offer at least 3 different times")],
)
def test_times_that_do_not_do_are_refused_and_nothing_is_accepted(link, world, made, facts, words):
    page = Client().post(f"{link}{PAGE}", {"order": seen(), **slots(world, **facts), **NAME, "note": "After lunch"})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "After lunch" in page.content.decode()
    assert (states(), Visit.objects.count()) == ([OrderState.NEW] * 3, 0)


def test_a_page_that_was_too_old_offers_nothing(link, world, made):
    WorkOrder.objects.filter(number=2).update(version=7)
    shown = [f"WO-{number}:1" for number in (1, 2, 3)]
    page = Client().post(f"{link}{PAGE}", {"order": shown, **slots(world), **NAME})
    assert page.status_code == 409
    assert "WO-2:7" in page.content.decode()
    assert (states(), Visit.objects.count()) == ([OrderState.NEW] * 3, 0)


def test_equal_presses_make_one_visit(link, world, made):
    shown = seen()
    form = {"order": shown, **slots(world), **NAME, "idempotency_key": "one-press"}
    assert {Client().post(f"{link}{PAGE}", form).status_code for _press in range(20)} == {302}
    assert Visit.objects.count() == 1


def test_a_day_without_access_is_still_promised(link, made):
    Client().post(f"{link}{PAGE}&how=day", {"order": seen(), "promised_on": ahead(), **NAME})
    assert WorkOrder.objects.filter(promised_at__isnull=False).count() == 3
    assert Visit.objects.count() == 0
