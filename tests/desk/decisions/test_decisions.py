"""What waits for a manager: who sees it, who answers, what the homeowner reads then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import facts, moved_dates, workflow
from cases.choices import DecisionState, Status
from cases.models import CaseEvent, DecisionRequest
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import text_of
from tests.factories.accounts import ada, make_user
from tests.factories.cases import evidence_for, fresh, make_case
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db

LIST_QUERIES = 7  # the last: defect lists that wait for a release
WHY = "It is plainly worn by use; see the pictures."


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def officer(world, client_for):
    return client_for(world.amira)


@pytest.fixture
def asked(world, at):
    """`asked()`: Amira's request to close a case as not covered."""

    def ask(by="amira"):
        case = make_case(world=world, at=at - timedelta(days=2))
        given = evidence_for("close-out-of-scope", world=world, at=at)
        workflow.move(
            case, "close-out-of-scope", by=world.actor(by), at=at, seen_version=case.version, why=WHY, **given
        )
        return DecisionRequest.objects.get(case=case)

    return ask


def answer(client, request, how, **data):
    address = f"/decisions/{request.public_id}/"
    version = fresh(request.case).version
    return client.post(address, {"seen_version": version, "answer": how, "idempotency_key": "k", **data})


def test_the_manager_sees_what_waits_also_under_the_old_name(manager, asked):
    request = asked()

    for address in ("/decisions/", "/escalations/"):
        text = text_of(manager.get(address))
        assert "Waiting for you" in text
        assert request.case.reference in text
        assert WHY in text


def test_approving_carries_it_out_with_the_words_that_were_shown(manager, asked):
    request = asked()
    shown = manager.get(f"/decisions/{request.public_id}/")
    mail = shown.context_data["mails"][0]
    assert "Approve: close as not covered" in text_of(shown)
    assert fresh(request.case).status == Status.NEW
    assert not OutgoingMail.objects.filter(kind="close-out-of-scope").exists()

    response = answer(manager, request, "approve")

    assert response.status_code == 302
    assert fresh(request.case).status == Status.CLOSED_OUT_OF_SCOPE
    sent = OutgoingMail.objects.get(kind="close-out-of-scope")
    assert (sent.subject, sent.recipient_name) == (mail["subject"], mail["name"])
    assert request.words in mail["paragraphs"]
    assert WHY not in sent.body_text


@pytest.mark.parametrize(("how", "state"), [("return", DecisionState.RETURNED), ("decide", DecisionState.DECIDED)])
def test_other_answers_need_words_and_move_nothing(manager, officer, asked, how, state):
    request = asked()

    refused = answer(manager, request, how)
    done = answer(manager, request, how, remarks="Inspect it first, please.")

    assert refused.status_code == 422
    assert "remarks" in refused.context_data["form"].errors
    assert done.status_code == 302
    request.refresh_from_db()
    assert (request.state, fresh(request.case).status) == (state, Status.NEW)
    assert "Inspect it first, please." in text_of(officer.get(f"/decisions/{request.public_id}/"))
    assert "Inspect it first, please." in text_of(officer.get("/decisions/"))


def test_nobody_decides_their_own_request(manager, asked):
    request = asked(by="mo")

    assert "Approve" not in text_of(manager.get(f"/decisions/{request.public_id}/"))
    assert "You asked; another manager decides" in text_of(manager.get("/decisions/"))
    assert answer(manager, request, "approve").status_code == 422
    request.refresh_from_db()
    assert request.state == DecisionState.WAITING


def test_officers_read_their_own_requests_and_decide_nothing(officer, client_for, asked):
    request = asked()
    colleague = client_for(make_user(name="Ben Ooi"))

    assert "Approve" not in text_of(officer.get(f"/decisions/{request.public_id}/"))
    assert answer(officer, request, "approve").status_code == 403
    assert colleague.get(f"/decisions/{request.public_id}/").status_code == 404
    assert request.case.reference not in text_of(colleague.get("/decisions/"))
    assert fresh(request.case).status == Status.NEW


def test_the_page_is_the_offices(world, client_for, asked):
    request = asked()
    for stranger in (world.hana.user, world.company.contacts.get().user):
        for address in ("/decisions/", f"/decisions/{request.public_id}/"):
            assert client_for(stranger).get(address).status_code == 403
    reader = client_for(ada())
    assert reader.get("/decisions/").status_code == 200
    assert answer(reader, request, "approve").status_code == 403
    limited = make_user(name="Ben Ooi")
    limit_officer(limited, make_development(code="TJM"))
    assert client_for(limited).get(f"/decisions/{request.public_id}/").status_code == 404


def test_a_double_press_answers_once(manager, asked):
    request = asked()

    answers = [answer(manager, request, "approve") for _ in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert CaseEvent.objects.filter(move="close-out-of-scope").count() == 1


def test_a_second_answer_is_told_so(manager, client_for, asked):
    request = asked()
    other = client_for(make_user(name="Mia Lee", role="manager"))
    answer(other, request, "return", remarks="Inspect it first.")

    response = answer(manager, request, "approve", idempotency_key="other")

    assert response.status_code == 422
    assert "Somebody has answered this already." in text_of(response)
    assert fresh(request.case).status == Status.NEW


def test_a_case_that_changed_meanwhile_is_looked_at_again(manager, world, asked, at):
    request = asked()
    shown = manager.get(f"/decisions/{request.public_id}/").context_data
    case = fresh(request.case)
    facts.edit(case, seen_version=case.version, by=world.actor("amira"), at=at, fault="leak at the light")
    data = {"seen_version": shown["case"].version, "seen_event": shown["seen_event"], "remarks": "Fine with me."}

    response = answer(manager, request, "approve", **data)

    assert response.status_code == 409
    assert "leak at the light" in text_of(response)
    assert "Fine with me." in response.content.decode()
    request.refresh_from_db()
    assert request.state == DecisionState.WAITING
    assert answer(manager, request, "approve").status_code == 302


def test_a_received_date_shows_old_and_new(manager, world, at):
    case = make_case(world=world, at=at - timedelta(days=2))
    earlier = case.received_at - timedelta(days=4)
    moved_dates.ask_received_date(
        case, received_at=earlier, why="It came by letter.", seen_version=1, by=world.actor("amira"), at=at
    )
    request = DecisionRequest.objects.get()

    assert "→" in text_of(manager.get(f"/decisions/{request.public_id}/"))
    assert answer(manager, request, "approve").status_code == 302
    assert fresh(case).received_at == earlier


def test_an_escalation_is_answered(manager, world, at):
    case = make_case(world=world, at=at - timedelta(days=2))
    facts.escalate(case, why="The owner asks for the manager.", by=world.actor("amira"), at=at)

    assert answer(manager, DecisionRequest.objects.get(), "approve", remarks="I call her.").status_code == 302


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_is_flat(manager, world, queries, rows, at):
    for _ in range(rows):
        case = make_case(world=world, at=at - timedelta(days=2))
        facts.escalate(case, why="The owner asks for the manager.", by=world.actor("amira"), at=at)

    with queries(LIST_QUERIES):
        assert manager.get("/decisions/").status_code == 200
