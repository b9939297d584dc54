"""Defect lists: collected or at once, issued, issued again, released, closed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases import workflow
from cases.choices import Status
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case
from documents.models import Paper
from ledger.actors import Actor
from outbox.models import OutgoingMail
from tests.factories import contractors
from tests.factories.cases import evidence_for, make_case
from tests.factories.lists import (
    SENT_AT,
    contractor_mails,
    homeowner_mails,
    make_list,
    make_new_cases,
    send_together,
)
from works import list_duties, lists, snapshots
from works.choices import ListEventKind, ListState
from works.models import DefectList, ListEvent, ListIssue, ListLine, WorkOrder

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # Wed 4 Mar, 09:00 in Kuala Lumpur
HOUR = time(16, 0)
AT_THE_HOUR = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)


def collects(world, *, release=False):
    world.development.lists_go_at = HOUR
    world.development.lists_need_release = release
    world.development.save()


def sweep(at):
    for job in list_duties.jobs(at=at):
        job()


def test_one_confirmed_action_is_one_list_and_one_mail(world):
    made = make_list(world=world, count=3)
    (mail,) = contractor_mails()
    assert (made.reference, made.state, made.revision) == ("DL-1", ListState.ISSUED, 1)
    assert made.lines.count() == 3
    assert mail.subject == "DL-1: 3 defects, Kerinci Residences, due Tue 17 Mar" or mail.subject.startswith(
        "DL-1: 3 defects, Kerinci Residences, due"
    )
    assert "Please accept these 3 items in 1 home by" in mail.body_text
    assert "Then offer one date per home; we tell the residents." in mail.body_text
    assert "[[link:list]]" in mail.body_text
    assert mail.context["links"]["list"] == {"purpose": "defect-list", "list": made.pk, "name": "Lim Wei"}
    assert (mail.about, mail.about_id, mail.about_reference) == ("defect-list", made.pk, "DL-1")


def test_each_case_remembers_that_its_company_was_told(world):
    make_list(world=world, count=3)
    (mail,) = contractor_mails()
    assert [case.notices.filter(mail=mail).count() for case in Case.objects.all()] == [1, 1, 1]


def test_a_list_of_one_item_keeps_the_mail_of_its_case_with_the_list_behind_its_button(world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    (mail,) = contractor_mails()
    assert mail.subject.startswith("New P")
    assert case.reference in mail.subject
    assert "[[link:list]]" in mail.body_text
    assert DefectList.objects.get().revision == 1


def test_lists_of_two_companies_are_two(world):
    first, second = make_new_cases(world=world, count=2)
    otto = contractors.otto(development=world.development).company
    from tests.factories.lists import batch

    amira = world.actor("amira")
    given = evidence_for("accept-and-send", world=world, at=SENT_AT)
    rows = [
        (
            case,
            lambda mailing, case=case, company=company: workflow.move(
                case,
                "accept-and-send",
                by=amira,
                at=SENT_AT,
                seen_version=case.version,
                mailing=mailing,
                **(given | {"company_id": company.pk}),
            ),
        )
        for case, company in ((first, world.company), (second, otto))
    ]
    batch.carry_out(rows, by=amira, at=SENT_AT)
    assert {row.company.short_name for row in DefectList.objects.all()} == {"Lim", "Otto"}


def test_a_collected_order_tells_its_company_nothing_and_the_homeowner_the_day(world):
    collects(world)
    make_list(world=world, at=MORNING)
    found = DefectList.objects.get()
    assert (found.state, found.revision, found.collects_until) == (ListState.COLLECTING, 0, AT_THE_HOUR)
    assert contractor_mails() == []
    mail = homeowner_mails()[-1]
    assert "We accepted this and pass it to our contractor on Wed 4 Mar." in mail.body_text
    assert "passed it to our contractor today" not in mail.body_text


def test_the_company_sees_nothing_of_what_is_collected(world, lim):
    collects(world)
    made = make_list(world=world, at=MORNING)
    assert list(WorkOrder.objects.visible_to(lim.user)) == []
    assert list(DefectList.objects.visible_to(lim.user)) == []
    sweep(AT_THE_HOUR)
    made.refresh_from_db()
    assert made.state == ListState.ISSUED


def test_an_emergency_goes_at_once_while_the_rest_is_collected(world):
    collects(world)
    urgent = make_new_cases(world=world, count=1, priority="P2")
    calm = make_new_cases(world=world, count=1)
    send_together([*urgent, *calm], world=world, at=MORNING)
    assert sorted(DefectList.objects.values_list("state", flat=True)) == ["collecting", "issued"]
    (mail,) = contractor_mails()
    assert urgent[0].reference in mail.subject


def test_what_is_sent_in_two_actions_before_the_hour_goes_on_one_list(world):
    collects(world)
    make_list(world=world, count=2, at=MORNING)
    make_list(world=world, count=1, at=MORNING + timedelta(hours=1))
    found = DefectList.objects.get()
    assert found.lines.count() == 3


def test_at_the_hour_the_sweep_issues_once(world):
    collects(world)
    make_list(world=world, at=MORNING)
    jobs = [list_duties.jobs(at=AT_THE_HOUR), list_duties.jobs(at=AT_THE_HOUR)]
    for job in [*jobs[0], *jobs[1]]:
        job()
    assert ListIssue.objects.count() == 1
    assert [mail.subject.split(":")[0] for mail in contractor_mails()] == ["DL-1"]


def test_nothing_goes_before_the_hour(world):
    collects(world)
    make_list(world=world, at=MORNING)
    sweep(AT_THE_HOUR - timedelta(minutes=1))
    assert contractor_mails() == []


def test_after_the_hour_it_is_the_next_working_day(world):
    collects(world)
    friday = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)  # 17:00, after the hour
    make_list(world=world, at=friday)
    assert DefectList.objects.get().collects_until == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def test_the_hour_is_meant_in_the_zone_of_the_development(defaults):
    from tests.factories.cases import make_world

    world = make_world(zone="Europe/London")
    collects(world)
    spring = datetime(2026, 3, 27, 17, 0, tzinfo=UTC)  # Friday after the hour; clocks change on Sunday
    make_list(world=world, at=spring)
    assert DefectList.objects.get().collects_until == datetime(2026, 3, 30, 15, 0, tzinfo=UTC)


def test_a_reissue_tells_what_was_added_removed_and_moved(world):
    made = make_list(world=world, count=3)
    one, two, _three = WorkOrder.objects.order_by("pk")
    WorkOrder.objects.filter(pk=one.pk).update(due_at=one.due_at + timedelta(days=4))
    WorkOrder.objects.filter(pk=two.pk).update(state="cancelled", ended_at=SENT_AT)
    assert snapshots.changes(made).is_any
    later = SENT_AT + timedelta(days=1)
    lists.issue(made, by=world.actor("amira"), at=later, seen_version=made.version)
    made.refresh_from_db()
    mail = contractor_mails()[-1]
    assert mail.subject.startswith("DL-1, revision 2: 2 defects")
    assert "This is revision 2: 1 no longer on it, 1 with another date." in mail.body_text
    assert two.case.reference in mail.body_text
    assert made.issues.count() == 2


def test_a_list_that_did_not_change_is_not_issued_again(world):
    made = make_list(world=world)
    with pytest.raises(MoveRefused, match="Nothing has changed since revision 1"):
        lists.issue(made, by=world.actor("amira"), at=SENT_AT, seen_version=made.version)


def test_the_second_of_two_who_issue_is_told(world):
    collects(world)
    make_list(world=world, at=MORNING)
    one, other = DefectList.objects.get(), DefectList.objects.get()
    lists.issue(one, by=world.actor("amira"), at=MORNING, seen_version=one.version)
    with pytest.raises(StaleCase):
        lists.issue(other, by=world.actor("mo"), at=MORNING, seen_version=other.version)
    assert ListIssue.objects.count() == 1


def test_where_a_manager_releases_the_list_waits_and_the_homeowner_is_told_so(world):
    collects(world, release=True)
    make_list(world=world, at=MORNING)
    sweep(AT_THE_HOUR)
    found = DefectList.objects.get()
    assert (found.state, contractor_mails()) == (ListState.WAITING, [])
    assert OutgoingMail.objects.filter(recipient=world.mo.email, kind="list-release").count() == 1
    with pytest.raises(MoveRefused):
        lists.release(found, by=world.actor("amira"), at=AT_THE_HOUR, seen_version=found.version)
    lists.release(found, by=world.actor("mo"), at=AT_THE_HOUR, seen_version=found.version)
    assert len(contractor_mails()) == 1


def test_an_emergency_waits_for_no_manager(world):
    world.development.lists_need_release = True
    world.development.save()
    send_together(make_new_cases(world=world, count=2, priority="P2"), world=world)
    assert DefectList.objects.get().state == ListState.ISSUED


def test_compiling_takes_orders_from_their_lists(world):
    first = make_list(world=world, count=2)
    second = make_list(world=world, count=1, at=SENT_AT + timedelta(hours=1))
    orders = list(WorkOrder.objects.for_page())
    (made,) = lists.compile_list(orders, by=world.actor("amira"), at=SENT_AT + timedelta(days=1))
    assert made.lines.current().count() == 3
    assert [row.lines.current().count() for row in (first, second)] == [0, 0]
    sweep(SENT_AT + timedelta(days=2))
    assert set(DefectList.objects.exclude(pk=made.pk).values_list("state", flat=True)) == {"closed"}


@pytest.mark.parametrize("facts", [{"state": "done", "done_at": SENT_AT}, {"state": "cancelled", "ended_at": SENT_AT}])
def test_what_is_done_or_ended_is_not_compiled(world, facts):
    make_list(world=world, count=1)
    WorkOrder.objects.update(**facts)
    with pytest.raises(MoveRefused):
        lists.compile_list(list(WorkOrder.objects.for_page()), by=world.actor("amira"), at=SENT_AT)


def test_a_list_closes_by_itself_once_all_its_orders_have_ended(world):
    made = make_list(world=world, count=2)
    one, two = WorkOrder.objects.order_by("pk")
    WorkOrder.objects.filter(pk=one.pk).update(state="cancelled", ended_at=SENT_AT)
    sweep(SENT_AT + timedelta(hours=1))
    assert DefectList.objects.get().state == ListState.ISSUED
    WorkOrder.objects.filter(pk=two.pk).update(state="closed", ended_at=SENT_AT)
    sweep(SENT_AT + timedelta(hours=2))
    made.refresh_from_db()
    assert (made.state, made.closed_at) == (ListState.CLOSED, SENT_AT + timedelta(hours=2))


def test_delivery_is_noted_once(world):
    make_list(world=world)
    mail = contractor_mails()[0]
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=SENT_AT + timedelta(minutes=2))
    sweep(SENT_AT + timedelta(minutes=3))
    sweep(SENT_AT + timedelta(minutes=4))
    event = ListEvent.objects.get(kind=ListEventKind.DELIVERED)
    assert (event.name, event.address, event.mail) == ("Lim Wei", "lim@demo.example", mail)


def test_receipt_is_confirmed_once_with_a_name(world):
    made = make_list(world=world)
    wei = Actor("Wei", "contractor", None, world.company.pk, "link")
    assert lists.acknowledge(made, by=wei, at=SENT_AT)
    assert not lists.acknowledge(made, by=Actor("Other", "contractor"), at=SENT_AT)
    made.refresh_from_db()
    assert (made.acknowledged_by_name, made.opened_at) == ("Wei", SENT_AT)


def test_an_order_on_no_list_is_put_on_one_without_a_mail(world):
    make_list(world=world, count=2)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM works_listline")
    before = len(contractor_mails())
    sweep(SENT_AT + timedelta(days=1))
    assert (DefectList.objects.count(), ListLine.objects.current().count()) == (2, 2)
    assert len(contractor_mails()) == before


def test_a_paper_is_asked_for_with_each_revision(world):
    made = make_list(world=world)
    assert list(Paper.objects.values_list("key", "subject_id", "parameters")) == [
        ("defect-list", made.pk, {"revision": 1})
    ]


@pytest.mark.database
def test_an_issue_is_never_rewritten(world):
    make_list(world=world)
    for rows, change in ((ListIssue.objects.all(), {"snapshot": []}), (ListEvent.objects.all(), {"kind": "closed"})):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)


@pytest.mark.database
@pytest.mark.parametrize(
    "facts",
    [
        {"state": "gone"},
        {"revision": 0},
        {"state": "closed"},
        {"closed_at": timezone.now()},
        {"state": "collecting"},
        {"revision": 0, "issued_at": None},
    ],
)
def test_the_database_refuses_odd_lists(world, facts):
    make_list(world=world)
    with pytest.raises(IntegrityError), transaction.atomic():
        DefectList.objects.update(**facts)


@pytest.mark.database
def test_an_order_stands_on_one_list(world):
    made = make_list(world=world, count=1)
    other = make_list(world=world, count=1, at=SENT_AT + timedelta(hours=1))
    order = made.lines.get().order
    with pytest.raises(IntegrityError), transaction.atomic():
        ListLine.objects.create(list=other, order=order, position=9, since_revision=2)
