"""What the moves of a case do to its orders, and that *correct* puts every one of them back."""

from datetime import timedelta

import pytest

from cases import workflow
from cases.choices import Status
from outbox.models import OutgoingMail
from tests.factories.cases import REPORTED_AT, add_after_photo, fresh, make_case, walk
from tests.factories.works import contractor, order_of, say
from works import orders
from works.following import KEPT
from works.models import WorkOrder

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(hours=12)
DAY = timedelta(days=1)

# from, move, facts, states of the orders before, and after
MOVES = [
    ("new", "accept-and-send", {}, [], ["new"]),
    ("with-contractor", "report-done", {}, ["new"], ["done"]),
    ("with-contractor", "ask-sign-off", {}, ["new"], ["done"]),
    ("with-contractor", "take-back", {}, ["new"], ["cancelled"]),
    ("with-contractor", "close-complete", {}, ["new"], ["cancelled"]),
    ("with-contractor", "close-other", {}, ["new"], ["cancelled"]),
    ("to-check", "send-back", {}, ["done"], ["back"]),
    ("to-check", "close-complete", {}, ["done"], ["closed"]),
    ("awaiting-homeowner", "confirm", {}, ["done"], ["closed"]),
    ("closed-complete", "reopen", {}, ["closed"], ["closed"]),
    ("closed-complete", "reopen", {"same_contractor": True, "due_at": AT + 9 * DAY}, ["closed"], ["closed", "back"]),
]


def states():
    return list(WorkOrder.objects.order_by("pk").values_list("state", flat=True))


def rows():
    return list(WorkOrder.objects.order_by("pk").values("id", *KEPT))


@pytest.mark.parametrize(("status", "move", "facts", "before", "after"), MOVES)
def test_a_move_takes_its_orders_along_and_correct_puts_them_back(world, amira, status, move, facts, before, after):
    case = make_case(world=world, status=Status(status))
    assert states() == before
    kept = rows()
    columns = {name: value for name, value in vars(fresh(case)).items() if name.startswith("work_")}
    walk(fresh(case), move, world=world, at=AT, **facts)
    assert states() == after
    wrong = "This was the wrong case after all."
    workflow.correct(fresh(case), by=amira, at=AT + DAY / 24, seen_version=fresh(case).version, words=wrong)
    assert rows()[: len(kept)] == kept
    assert set(states()[len(kept) :]) <= {"cancelled"}
    assert {name: value for name, value in vars(fresh(case)).items() if name.startswith("work_")} == columns


def test_a_case_sent_again_after_a_correction_has_one_live_order(world, amira):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    walk(fresh(case), "take-back", world=world, at=AT)
    walk(fresh(case), "accept-and-send", world=world, at=AT + DAY / 24)
    for hours in (2, 3):
        words = "Two mistakes, one after the other."
        at = AT + hours * DAY / 24
        workflow.correct(fresh(case), by=amira, at=at, seen_version=fresh(case).version, words=words)
    assert states() == ["new", "cancelled"]
    assert (fresh(case).status, order_of(case).reference) == (Status.WITH_CONTRACTOR, "WO-1")


def test_the_company_that_reported_done_has_its_order_again_when_the_office_corrects_it(case, lim, amira):
    from tests.factories.documents import make_stored_file

    say("start", order_of(case), by=contractor(lim), at=AT)
    kept = rows()
    method = "New seal, dried for 48 hours."
    say("done", order_of(case), by=contractor(lim), at=AT, files=[make_stored_file()], method_note=method)
    words = "The picture shows another home."
    workflow.correct(fresh(case), by=amira, at=AT + DAY / 24, seen_version=fresh(case).version, words=words)
    assert [{**row, "method_note": ""} for row in rows()] == kept
    assert fresh(case).step == "under-way"


def test_a_case_sent_back_goes_to_the_company_that_did_it_last(world, case, lim, siva, amira):
    second = orders.send(
        case, company=siva.company, due_at=AT + 20 * DAY, by=amira, at=AT, after=order_of(case), scope="Tile"
    )
    add_after_photo(case, world=world, at=AT)
    say("done", order_of(case, company=world.company), by=amira, at=AT + DAY, method_note="New seal, dried two days.")
    say("done", order_of(case, pk=second.pk), by=amira, at=AT + 2 * DAY)
    sent = OutgoingMail.objects.count()
    walk(fresh(case), "send-back", world=world, at=AT + 3 * DAY)
    assert states() == ["done", "back"]
    assert fresh(case).work_company == siva.company
    told = OutgoingMail.objects.order_by("pk")[sent:].values_list("recipient", flat=True)
    assert sorted(told) == ["hana@demo.example", "siva@demo.example"]


def test_a_closing_tells_every_company_that_has_a_part_and_none_whose_turn_never_came(world, case, siva, otto, amira):
    first = order_of(case)
    for contact, after in ((siva, None), (otto, first)):
        orders.send(case, company=contact.company, due_at=AT + 20 * DAY, by=amira, at=AT, after=after)
    sent = OutgoingMail.objects.count()
    walk(fresh(case), "take-back", world=world, at=AT + DAY)
    told = OutgoingMail.objects.order_by("pk")[sent:].values_list("recipient", flat=True)
    assert sorted(told) == ["hana@demo.example", "lim@demo.example", "siva@demo.example"]
    assert set(states()) == {"cancelled"}


def test_a_budget_code_goes_from_the_move_to_the_order(world, otto):
    case = make_case(world=world)
    walk(case, "accept-and-send", world=world, at=AT, company_id=otto.company.pk, budget_code="AC-2041", scope="Seal")
    order = order_of(case)
    assert (order.budget_code, order.scope, order.company) == ("AC-2041", "Seal", otto.company)
