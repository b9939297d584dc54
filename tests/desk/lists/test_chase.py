"""*Chase now* from the register, the case page and my day; slippage as it is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import CaseEvent
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import text_of
from tests.factories.accounts import ada, make_user
from tests.factories.lists import make_list
from tests.factories.units import limit_officer, make_development
from tests.factories.works import contractor, order_of, say
from works.models import Chaser, WorkOrder

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
REGISTER_QUERIES = 7
CHASE = "/work-orders/chase/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def lim(world):
    return world.company.contacts.get()


@pytest.fixture
def late(world, now):
    """Three orders of Lim, two days over."""
    make_list(world=world, count=3, at=now - 20 * DAY, reported_at=now - 21 * DAY)
    WorkOrder.objects.update(due_at=now - 2 * DAY)
    orders = list(WorkOrder.objects.select_related("case").order_by("pk"))
    for order in orders:
        type(order.case).objects.filter(pk=order.case_id).update(work_due_at=now - 2 * DAY)
    return orders


def chases():
    return OutgoingMail.objects.filter(kind="chase")


def test_the_ticked_rows_are_one_mail_shown_first_and_sent_once(desk, late, world):
    ticked = [order.reference for order in late[:2]]
    page = desk.get(CHASE, {"order": ticked})
    assert [mail["address"] for mail in page.context["mails"]] == ["lim@demo.example"]
    assert (chases().count(), Chaser.objects.count()) == (0, 0)
    sent = {"order": ticked, "idempotency_key": "once"}
    assert {desk.post(CHASE, sent)["Location"] for _press in range(2)} == {"/work-orders/"}
    mail = chases().get()
    assert (mail.recipient, Chaser.objects.count()) == ("lim@demo.example", 2)
    assert late[2].case.reference not in mail.body_text
    diary = desk.get(f"/cases/{late[0].case.reference}/")
    assert "reminded Lim" in text_of(diary)


def test_the_register_ticks_what_is_owed_and_shows_how_the_promise_moved(desk, late, lim, now):
    for days in (2, 5, 11):
        say("promise", order_of(late[0].case), by=contractor(lim), at=now, promised_at=now + days * DAY)
    WorkOrder.objects.filter(pk=late[2].pk).update(state="done", done_at=now)
    response = desk.get("/work-orders/")
    ticks = [row["can_chase"] for row in sorted(response.context["rows"], key=lambda row: row["reference"])]
    assert ticks == [True, True, False]
    assert "moved 2 times, 9 days later" in text_of(response)
    assert "moved 2 times, 9 days later" in text_of(desk.get(f"/cases/{late[0].case.reference}/"))


def test_the_case_page_chases_after_its_preview(desk, late):
    url = f"/cases/{late[0].case.reference}/work-orders/chase/"
    assert url in desk.get(f"/cases/{late[0].case.reference}/").content.decode()
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"idempotency_key": "here"}).status_code == 302
    assert chases().get().recipient == "lim@demo.example"
    assert CaseEvent.objects.get(reason="chased").actor_name == "Amira Rahman"


def test_my_day_chases_ticked_cases_and_comes_back(desk, late):
    page = desk.get("/my-day/").content.decode()
    for order in late:
        assert f'name="case" value="{order.case.reference}" data-tick' in page
    asked = {"case": [late[0].case.reference, late[1].case.reference], "origin": "my-day"}
    assert desk.get(CHASE, asked).context["orders"] == [late[0].reference, late[1].reference]
    sent = {"order": late[0].reference, "origin": "my-day", "idempotency_key": "day"}
    assert desk.post(CHASE, sent)["Location"] == "/my-day/"


def test_a_broken_promise_stands_in_the_queue_with_its_date(desk, late, now):
    WorkOrder.objects.update(due_at=now + 9 * DAY, promised_at=now - DAY)
    for order in late:
        type(order.case).objects.filter(pk=order.case_id).update(work_due_at=now + 9 * DAY)
    assert "promised for" in text_of(desk.get("/my-day/"))
    assert {tile["n"] for tile in desk.get("/my-day/").context["tiles"] if tile["url"] == "#contractor"} == {"3"}


def test_what_is_out_of_scope_or_not_owed_is_not_chased(desk, late, client_for, now):
    stranger = make_user(name="Bea Clarke")
    limit_officer(stranger, make_development(code="ELM"))
    sent = {"order": late[0].reference, "idempotency_key": "other"}
    client_for(stranger).post(CHASE, sent)
    assert client_for(ada()).post(CHASE, sent).status_code == 403
    WorkOrder.objects.filter(pk=late[0].pk).update(state="done", done_at=now)
    assert late[0].reference in text_of(desk.get(CHASE, {"order": late[0].reference}))
    desk.post(CHASE, sent)
    assert desk.get(CHASE)["Location"] == "/work-orders/"
    assert chases().count() == 0


@pytest.mark.parametrize("amount", [1, 12])
def test_the_register_asks_as_often_for_many_rows(desk, world, now, amount, queries):
    make_list(world=world, count=amount, at=now - 20 * DAY, reported_at=now - 21 * DAY)
    desk.get("/work-orders/")
    with queries(REGISTER_QUERIES):
        desk.get("/work-orders/")
