"""What a company and the office do with a work order; each act drives the step of the case."""

from datetime import date, datetime, timedelta

import pytest

from cases.choices import EventKind, Status
from cases.evidence import MoveRefused, StaleCase
from cases.models import Case
from contractors import appointments
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, fresh, make_case, walk
from tests.factories.documents import make_stored_file, pdf
from tests.factories.works import by_link, contractor, order_of, say
from works import orders
from works.choices import OrderState
from works.models import Promise, WorkOrder

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=5)
DAY = timedelta(days=1)
METHOD = "New seal under the tray, dried for 48 hours."


def after_photo():
    return {"files": [make_stored_file()], "method_note": METHOD}


def test_sending_a_case_makes_its_order_with_the_case_date(world, case):
    order = order_of(case)
    assert (order.reference, order.state, order.company, order.cycle) == ("WO-1", "new", world.company, 1)
    assert (order.due_at, order.sent_at) == (case.work_due_at, REPORTED_AT + timedelta(hours=1))


ACTS = [
    ("accept", {}, "accepted", "contractor-accepted"),
    ("start", {}, "under-way", "under-way"),
    ("wait", {"reason": "parts", "words": "matching tiles"}, "waiting", "waiting"),
    ("could_not_get_in", {"words": "Rang at 9 and 9:30, nobody came."}, "no-access", "waiting"),
    ("promise", {"promised_at": AT + 4 * DAY}, "accepted", "contractor-accepted"),
]


@pytest.mark.parametrize(("verb", "facts", "state", "step"), ACTS)
def test_the_company_says_how_far_it_is_and_the_step_of_the_case_follows(case, lim, verb, facts, state, step):
    mails = OutgoingMail.objects.count()
    say(verb, order_of(case), by=contractor(lim), at=AT, **facts)
    order = order_of(case)
    assert (order.state, fresh(case).step, order.accepted_at) == (state, step, AT)
    assert case.events.get(kind=EventKind.CONTRACTOR_SAID).is_visible is False
    assert OutgoingMail.objects.count() == mails


@pytest.mark.parametrize(("verb", "facts", "state", "step"), ACTS)
def test_the_office_says_it_for_the_company_with_name_and_proof(case, amira, verb, facts, state, step):
    for missing in ("said_by", "proof"):
        with pytest.raises(MoveRefused) as refused:
            say(verb, order_of(case), by=amira, at=AT, **{**facts, missing: " "})
        assert refused.value.field == missing
    say(verb, order_of(case), by=amira, at=AT, **facts)
    said = case.events.get(kind=EventKind.CONTRACTOR_SAID)
    assert (order_of(case).state, said.evidence["said_by"], said.evidence["proof"]) == (state, "Lim Wei", "a call")
    assert order_of(case).accepted_how == "said"


@pytest.mark.parametrize(
    ("verb", "facts", "field"),
    [
        ("promise", {"promised_at": AT - DAY}, "promised_at"),
        ("wait", {"reason": "no idea"}, "reason"),
        ("wait", {"reason": "parts", "until": date(2026, 3, 2)}, "until"),
        ("could_not_get_in", {"words": " "}, "words"),
        ("done", {"method_note": METHOD}, "photos"),
        ("done", {"files": "a paper", "method_note": METHOD}, "photos"),
        ("done", {"files": "a picture"}, "method_note"),
    ],
)
def test_what_is_missing_is_named_at_its_field_and_nothing_changes(case, lim, verb, facts, field):
    kept = {"a paper": [make_stored_file(content=pdf(), name="x.pdf")], "a picture": [make_stored_file()]}
    facts = {**facts, "files": kept[facts["files"]]} if "files" in facts else facts
    Case.objects.filter(pk=case.pk).update(trade_id="WPF")
    with pytest.raises(MoveRefused) as refused:
        say(verb, order_of(case), by=contractor(lim), at=AT, **facts)
    assert refused.value.field == field
    assert (order_of(case).state, order_of(case).version, fresh(case).attachments.count()) == ("new", 1, 0)


def test_the_done_of_the_last_order_reports_the_case_done_and_tells_home_and_office(world, case, lim):
    say("done", order_of(case), by=contractor(lim), at=AT, **after_photo())
    case = fresh(case)
    order = WorkOrder.objects.get()
    assert (case.status, case.step, case.reports_done_at) == (Status.TO_CHECK, "repair-done", AT)
    assert (order.state, order.done_at, order.method_note) == ("done", AT, METHOD)
    told = OutgoingMail.objects.filter(kind="report-done").values_list("recipient", flat=True)
    assert sorted(told) == ["amira@demo.example", "hana@demo.example"]
    assert case.events.get(move="report-done").actor_name == "Lim Wei"


def test_a_company_never_closes_and_makes_no_other_move(world, case, lim):
    from cases import workflow

    for name in ("ask-sign-off", "close-complete", "take-back"):
        with pytest.raises(MoveRefused, match="not yours"):
            workflow.move(fresh(case), name, by=contractor(lim), at=AT, seen_version=case.version)


def test_the_second_of_two_presses_on_one_version_is_told_so(case, lim):
    order = order_of(case)
    orders.accept(order, by=contractor(lim), at=AT, seen_version=1)
    with pytest.raises(StaleCase):
        orders.start(order_of(case), by=contractor(lim), at=AT, seen_version=1)
    with pytest.raises(MoveRefused, match="WO-1"):
        say("accept", order_of(case), by=contractor(lim), at=AT)


def test_an_act_on_a_case_that_was_taken_back_meanwhile_is_refused(world, case, lim):
    order = order_of(case)
    walk(fresh(case), "take-back", world=world, at=AT)
    with pytest.raises(MoveRefused, match="not with a contractor"):
        orders.accept(order, by=contractor(lim), at=AT, seen_version=1)


def test_another_company_an_ended_appointment_and_a_homeowner_are_refused(world, case, lim, otto, siva):
    strangers = [contractor(otto), contractor(siva), by_link(otto.company), world.actor("hana")]
    for by in strangers:
        with pytest.raises(MoveRefused, match="not yours"):
            say("accept", order_of(case), by=by, at=AT)
    held = world.company.appointments.get()
    appointments.end(held, on=AT.date(), reason="Contract over", by=world.actor("amira"), at=AT)
    for by in (contractor(lim), by_link(world.company)):
        with pytest.raises(MoveRefused, match="not yours"):
            say("accept", order_of(case), by=by, at=AT)


def test_whoever_holds_the_companys_link_acts_for_it_to_the_end(world, case):
    by = by_link(world.company, name="Foreman Tan")
    say("accept", order_of(case), by=by, at=AT, how="link")
    assert order_of(case).accepted_how == "link"
    say("done", order_of(case), by=by, at=AT + DAY, **after_photo())
    assert fresh(case).status == Status.TO_CHECK
    assert fresh(case).events.get(move="report-done").actor_name == "Foreman Tan"


def test_promises_keep_their_history_and_only_the_office_moves_the_date_due(case, lim, amira):
    due = order_of(case).due_at
    say("promise", order_of(case), by=contractor(lim), at=AT, promised_at=AT + 12 * DAY)
    assert (order_of(case).due_at, fresh(case).work_due_at) == (due, due)
    assert fresh(case).next_on == AT + 12 * DAY
    say("promise", order_of(case), by=amira, at=AT, promised_at=AT + 15 * DAY, words="The tiles are late")
    assert list(Promise.objects.values_list("promised_at", "was_at")) == [
        (AT + 12 * DAY, None),
        (AT + 15 * DAY, AT + 12 * DAY),
    ]
    order = order_of(case)
    assert (order.due_at, order.first_due_at, fresh(case).work_due_at) == (AT + 15 * DAY, due, AT + 15 * DAY)
    with pytest.raises(MoveRefused):
        say("promise", order_of(case), by=amira, at=AT, promised_at=AT + 15 * DAY)


def test_the_homeowner_reads_what_it_waits_for_and_until_when(case, lim):
    say("wait", order_of(case), by=contractor(lim), at=AT, reason="parts", until=date(2026, 3, 12))
    from cases.choices import Audience
    from cases.headlines import headline

    assert headline(fresh(case), Audience.HOMEOWNER) == "Waiting for parts until Thu 12 Mar"


def test_a_changed_date_of_the_case_is_the_date_of_the_order(case, amira):
    from cases import moved_dates

    new = datetime.fromisoformat("2026-03-25T10:00:00+00:00")
    moved_dates.change_date(
        case, "company", due=new, words="The part comes from abroad.", seen_version=case.version, by=amira, at=AT
    )
    assert (order_of(case).due_at, fresh(case).work_due_at) == (new, new)
    say("accept", order_of(case), by=amira, at=AT)
    assert fresh(case).work_due_at == new


def two_companies(world, case, siva, **facts):
    """Lim first, then Siva."""
    first = order_of(case)
    second = orders.send(
        case,
        company=siva.company,
        due_at=AT + 20 * DAY,
        by=world.actor("amira"),
        at=AT,
        after=first,
        scope="Tile the floor",
        **facts,
    )
    return first, second


def test_the_next_company_begins_when_the_one_before_is_done(world, case, lim, siva):
    first, second = two_companies(world, case, siva)
    assert (second.state, second.sent_at, second.reference) == ("planned", None, "WO-2")
    assert not OutgoingMail.objects.filter(recipient="siva@demo.example").exists()
    assert orders.may_begin_on(second, at=AT) is None
    say("done", order_of(case, pk=first.pk), by=contractor(lim), at=AT + DAY, **after_photo())
    second = order_of(case, pk=second.pk)
    assert (fresh(case).status, second.state, second.sent_at) == (Status.WITH_CONTRACTOR, "new", AT + DAY)
    assert fresh(case).work_company == siva.company
    assert OutgoingMail.objects.get(recipient="siva@demo.example").subject.startswith("Your turn")
    assert orders.may_begin_on(second, at=AT + DAY) == date(2026, 3, 5)


def test_the_next_company_waits_for_the_drying_and_everybody_reads_so(world, case, lim, siva):
    first, second = two_companies(world, case, siva, dry_days=7, condition="the ponding test passed")
    say("done", order_of(case, pk=first.pk), by=contractor(lim), at=AT + DAY, **after_photo())
    second = order_of(case, pk=second.pk)
    assert (second.state, second.ready_on) == ("planned", date(2026, 3, 12))
    assert orders.may_begin_on(second, at=AT + DAY) == date(2026, 3, 12)
    case = fresh(case)
    assert (case.step, case.step_note, case.work_company) == ("waiting", "drying", siva.company)
    with pytest.raises(MoveRefused):
        say("accept", second, by=contractor(siva), at=AT + 2 * DAY)


def test_only_the_last_company_reports_the_case_done(world, case, lim, siva):
    first, second = two_companies(world, case, siva)
    say("done", order_of(case, pk=first.pk), by=contractor(lim), at=AT + DAY, **after_photo())
    assert fresh(case).status == Status.WITH_CONTRACTOR
    say("done", order_of(case, pk=second.pk), by=contractor(siva), at=AT + 2 * DAY, files=[make_stored_file()])
    assert fresh(case).status == Status.TO_CHECK
    assert METHOD in fresh(case).events.get(move="report-done").evidence["method_note"]


def test_a_company_may_not_report_done_what_another_still_owes(world, case, lim, siva):
    from cases import workflow

    orders.send(case, company=siva.company, due_at=AT + 20 * DAY, by=world.actor("amira"), at=AT)
    from tests.factories.cases import add_after_photo

    add_after_photo(case, world=world, at=AT)
    with pytest.raises(MoveRefused, match="Another company"):
        workflow.move(
            fresh(case), "report-done", by=contractor(lim), at=AT, seen_version=case.version, method_note=METHOD
        )


def test_an_optional_company_does_not_hold_the_repair_up(world, case, lim, siva):
    extra = orders.send(
        case, company=siva.company, due_at=AT + 20 * DAY, by=world.actor("amira"), at=AT, is_mandatory=False
    )
    say("done", order_of(case, company=world.company), by=contractor(lim), at=AT + DAY, **after_photo())
    assert fresh(case).status == Status.TO_CHECK
    assert order_of(case, pk=extra.pk).state == OrderState.NEW


def test_the_office_sends_one_share_back_and_holds_the_next_company(world, case, lim, siva, amira):
    first, second = two_companies(world, case, siva, dry_days=7)
    say("done", order_of(case, pk=first.pk), by=contractor(lim), at=AT + DAY, **after_photo())
    first = order_of(case, pk=first.pk)
    orders.back(first, words="The seal is still open.", by=amira, at=AT + 2 * DAY, seen_version=first.version)
    case = fresh(case)
    assert (case.step, case.step_note, case.work_company) == ("more-work", "The seal is still open.", world.company)
    assert order_of(case, pk=second.pk).ready_on is None
    assert OutgoingMail.objects.filter(kind="send-back", recipient="lim@demo.example").count() == 1


def test_the_office_cancels_one_share_but_never_the_only_one(world, case, siva, amira):
    order = order_of(case)
    with pytest.raises(MoveRefused, match="take the case back"):
        orders.cancel(order, words="Not needed any more.", by=amira, at=AT, seen_version=order.version)
    _first, second = two_companies(world, case, siva)
    orders.cancel(second, words="Not needed any more.", by=amira, at=AT, seen_version=second.version)
    assert order_of(case, pk=second.pk).state == "cancelled"
    assert not OutgoingMail.objects.filter(recipient="siva@demo.example").exists()


def test_only_the_office_sends_and_only_to_who_is_appointed(world, case, lim, otto):
    from tests.factories import contractors

    stranger = contractors.make_company()
    facts = {"due_at": AT + 20 * DAY, "at": AT}
    with pytest.raises(MoveRefused, match="not yours"):
        orders.send(case, company=otto.company, by=contractor(lim), **facts)
    with pytest.raises(MoveRefused) as refused:
        orders.send(case, company=stranger, by=world.actor("amira"), **facts)
    assert refused.value.field == "company"
    with pytest.raises(MoveRefused):
        orders.send(make_case(world=world), company=otto.company, by=world.actor("amira"), **facts)
