"""Reminders: three days before, one and seven days after, in working time, once; *Chase now*; who is never chased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases.choices import Audience, Status
from cases.evidence import MoveRefused
from cases.models import Case, CaseEvent, Notice
from outbox.models import OutgoingMail
from tests.factories.cases import fresh, make_case, walk
from tests.factories.lists import make_list
from tests.factories.works import contractor, order_of, say
from units.models import Holiday
from works import chasing, duties, orders
from works.choices import ChaseRule, OrderState
from works.models import Chaser, WorkClock, WorkOrder

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DUE_ON = date(2026, 3, 18)
SENT_AT = datetime.fromisoformat("2026-03-04T10:00:00+08:00")
MORNING = datetime.fromisoformat("2026-03-18T10:00:00+08:00")
"""Of the Wednesday on which it is due; the office works Monday to Friday from nine to six."""


@pytest.fixture
def case(world):
    made = make_case(world=world, at=SENT_AT - DAY)
    due = datetime.fromisoformat("2026-03-18T23:59:59+08:00")
    walk(made, "accept-and-send", world=world, at=SENT_AT, due_at=due.isoformat())
    return fresh(made)


def on(days, hour=10):
    return MORNING.replace(hour=hour) + days * DAY


def chase_mails():
    return list(OutgoingMail.objects.filter(kind="chase").order_by("pk"))


def rules():
    return list(Chaser.objects.order_by("pk").values_list("rule", flat=True))


def sweep(at):
    assert duties.sweep(at=at) == 0


def test_three_days_before_one_and_seven_after_in_their_order(case):
    said = []
    for days in range(-4, 15):
        sweep(on(days))
        said.append((days, len(chase_mails())))
    first = {count: days for days, count in reversed(said)}
    assert first == {0: -4, 1: -2, 2: 1, 3: 7}
    assert rules() == ["before", "after", "late"]


@pytest.mark.parametrize("at", [on(1), on(2, hour=8), on(2, hour=20), on(3), on(4)])
def test_only_in_the_working_time_of_the_development(case, at):
    """On a holiday, before nine, after six, on Saturday, on Sunday nobody is reminded; on Monday it is made up."""
    Holiday.objects.create(calendar=case.development.calendar, on=on(1).date(), name="Hari Raya")
    sweep(at)
    assert chase_mails() == []
    sweep(on(5))
    assert rules() == ["after"]


def test_what_was_missed_is_not_made_up_one_by_one(case):
    sweep(on(9))
    sweep(on(12))
    assert rules() == ["late"]


def test_what_was_sent_after_the_day_of_a_rule_is_not_reminded_of_by_it(case):
    WorkOrder.objects.update(sent_at=on(-2))
    sweep(on(-1))
    assert rules() == []
    sweep(on(1))
    assert rules() == ["after"]


def test_a_new_date_is_reminded_of_anew(case):
    sweep(on(1))
    WorkOrder.objects.update(due_at=MORNING.replace(hour=23) + 7 * DAY)
    sweep(on(5))
    sweep(on(8))
    assert rules() == ["after", "before", "after"]


def test_one_mail_lists_everything_that_the_company_owes(world):
    made = make_list(world=world, count=3, at=SENT_AT, reported_at=SENT_AT - DAY)
    WorkOrder.objects.update(due_at=on(0, hour=20))
    sweep(on(1))
    (mail,) = chase_mails()
    assert (mail.recipient, mail.subject) == ("lim@demo.example", "3 items are overdue, Kerinci Residences")
    for order in WorkOrder.objects.select_related("case"):
        assert order.case.reference in mail.body_text
    assert mail.context["links"] == {"list": {"purpose": "defect-list", "list": made.pk, "name": "Lim Wei"}}
    assert CaseEvent.objects.filter(reason="chased", kind="work").count() == 3
    assert Notice.objects.filter(mail=mail, audience=Audience.CONTRACTOR).count() == 3


@pytest.mark.parametrize("state", [OrderState.DISPUTED, OrderState.DONE, OrderState.PLANNED])
def test_who_disputes_waits_its_turn_or_is_done_is_never_chased(case, world, state, amira):
    facts = {"done_at": on(-1)} if state == OrderState.DONE else {}
    WorkOrder.objects.update(state=state, after=None, **facts) if state != OrderState.PLANNED else plan(case, world)
    sweep(on(1))
    assert [row for row in Chaser.objects.all() if row.order.state == state] == []
    order = WorkOrder.objects.filter(state=state).select_related("company").get()
    with pytest.raises(MoveRefused, match=order.reference):
        chasing.chase([order], by=amira, at=on(1))


def plan(case, world):
    order = order_of(case)
    orders.send(case, company=world.company, due_at=on(0), by=world.actor("amira"), at=SENT_AT, after=order)


def test_a_case_that_left_the_contractor_is_not_chased(case, world):
    walk(case, "take-back", world=world, at=on(-5))
    sweep(on(1))
    assert chase_mails() == []


def test_a_date_that_waits_with_a_hold_is_not_chased(case):
    WorkClock.objects.filter(kind="done").update(paused_at=on(-1))
    sweep(on(1))
    assert chase_mails() == []


def test_the_silence_of_the_homeowner_makes_no_company_late(world):
    made = make_case(world=world, status=Status.AWAITING_HOMEOWNER, at=SENT_AT - DAY)
    WorkOrder.objects.update(due_at=on(-9))
    sweep(on(1))
    assert chase_mails() == []
    assert made.pk not in Case.objects.contractor_late(on(1)).values_list("pk", flat=True)


def test_a_disputed_order_is_not_in_the_overdue_queue_a_broken_promise_is(case, lim):
    late = Case.objects.contractor_late(on(-2))
    assert not late.exists()
    say("promise", order_of(case), by=contractor(lim), at=on(-6), promised_at=on(-4))
    assert late.get() == case
    Case.objects.update(work_stage="disputed")
    assert not late.exists()


def test_chase_now_is_one_mail_recorded_and_may_be_repeated(case, amira, lim):
    order = order_of(case)
    for day in (0, 1):
        chasing.chase([order], by=amira, at=on(-8 + day))
    assert rules() == ["now", "now"]
    assert [mail.recipient for mail in chase_mails()] == ["lim@demo.example"] * 2
    assert chase_mails()[0].subject == "1 item is due soon, Kerinci Residences"
    event = CaseEvent.objects.filter(reason="chased").first()
    assert (event.kind, event.actor_name, event.evidence["order"]) == ("work", "Amira Rahman", order.reference)
    with pytest.raises(MoveRefused, match="not yours"):
        chasing.chase([order], by=contractor(lim), at=on(-6))
    with pytest.raises(MoveRefused, match="at least one"):
        chasing.chase([], by=amira, at=on(-6))


@pytest.mark.database
def test_a_rule_and_date_stand_once_and_stay(case):
    facts = {"order": order_of(case), "rule": ChaseRule.AFTER, "due_on": DUE_ON, "at": on(1), "by_name": ""}
    row = Chaser.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chaser.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Chaser.objects.create(**facts | {"rule": "often"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Chaser.objects.filter(pk=row.pk).update(due_on=on(9).date())


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_one_mail(case):
    found = chasing.jobs(at=on(1)) + chasing.jobs(at=on(1))
    assert len(found) == 2

    def run(job):
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, found))
    assert (rules(), len(chase_mails())) == (["after"], 1)
