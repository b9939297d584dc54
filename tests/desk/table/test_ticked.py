"""Ticked rows are accepted and sent together: one mail a person; what cannot go stays with its reason."""

from datetime import timedelta

import pytest
from zeal import zeal_ignore

from cases import workflow
from cases.choices import Status
from cases.models import Case, DecisionRequest
from outbox.models import OutgoingMail
from tests.factories.cases import fresh
from tests.factories.contractors import make_company
from tests.factories.units import limit_officer, make_development

pytestmark = pytest.mark.django_db
ADDRESS = "/cases/ticked/"


def sent(cases, *, key="one", **facts):
    """What the panel sends for these rows as it is prefilled."""
    data = {"case": [case.reference for case in cases], "idempotency_key": key}
    for case in cases:
        due = (case.received_at + timedelta(days=20)).date().isoformat()
        known = {"seen_version": case.version, "company": facts.get("company", ""), "due_at": due, "why": ""}
        data |= {f"{case.reference}-{name}": value for name, value in known.items()}
    return data | {name: value for name, value in facts.items() if name != "company"}


@pytest.fixture
def three(cases):
    return cases(3)


def test_the_panel_shows_each_row_and_the_mails_that_will_go(desk, three, world):
    before = OutgoingMail.objects.count()

    with zeal_ignore():  # every row is really moved and undone, each on its own
        response = desk.get(ADDRESS, {"case": [case.reference for case in three]})

    assert response.status_code == 200
    assert [row["line"].case.reference for row in response.context["lines"]] == [case.reference for case in three]
    assert [mail["role"] for mail in response.context["mails"]] == ["Homeowner", "Contractor"]
    assert "3 items" in response.context["mails"][0]["subject"]
    assert "2 e-mails go out when you confirm" in response.content.decode()
    assert OutgoingMail.objects.count() == before
    assert {fresh(case).status for case in three} == {Status.NEW}


def test_confirming_moves_all_and_sends_one_mail_a_person(desk, three, world):
    before = OutgoingMail.objects.count()

    response = desk.post(ADDRESS, sent(three, company=world.company.pk))

    assert response.url == "/cases/"
    assert {fresh(case).status for case in three} == {Status.WITH_CONTRACTOR}
    new = OutgoingMail.objects.order_by("pk")[before:]
    assert len({mail.recipient for mail in new}) == len(new) == 2
    assert "hana@demo.example" in {mail.recipient for mail in new}


def test_a_second_press_of_the_same_button_does_nothing(desk, three, world):
    desk.post(ADDRESS, sent(three, company=world.company.pk))
    mails = OutgoingMail.objects.count()

    response = desk.post(ADDRESS, sent(three, company=world.company.pk))

    assert response.status_code == 302
    assert OutgoingMail.objects.count() == mails


def test_a_row_that_somebody_changed_stays_and_the_others_go(desk, three, world, now):
    data = sent(three, company=world.company.pk)
    stale = three[1]
    workflow.move(stale, "start-review", by=world.mo.actor(), at=now, seen_version=stale.version)

    response = desk.post(ADDRESS, data)

    assert response.status_code == 422
    assert [row["line"].case.reference for row in response.context["lines"]] == [stale.reference]
    assert "Somebody changed this case" in response.content.decode()
    assert fresh(stale).status == Status.IN_REVIEW
    assert {fresh(case).status for case in (three[0], three[2])} == {Status.WITH_CONTRACTOR}


def test_a_wrong_date_keeps_its_row_with_what_was_typed(desk, three, world):
    bad = three[0]
    data = sent(three, company=world.company.pk) | {f"{bad.reference}-due_at": "soon"}

    response = desk.post(ADDRESS, data)

    assert response.status_code == 422
    assert fresh(bad).status == Status.NEW
    assert 'value="soon"' in response.content.decode()
    assert fresh(three[1]).status == Status.WITH_CONTRACTOR


def test_a_company_that_is_not_appointed_is_refused(desk, three, world):
    stranger = make_company(name="Stranger Ltd")

    response = desk.post(ADDRESS, sent(three, company=stranger.pk))

    assert response.status_code == 422
    assert {fresh(case).status for case in three} == {Status.NEW}


def test_uncertain_cover_goes_to_the_manager_with_a_reason(desk, three, world):
    unsure = three[0]
    Case.objects.filter(pk=unsure.pk).update(cover_status="unclear")
    unsure = fresh(unsure)
    first = desk.post(ADDRESS, sent([unsure], company=world.company.pk))
    reason = {f"{unsure.reference}-why": "The pipe was hidden behind the wall."}

    second = desk.post(ADDRESS, sent([unsure], key="two", company=world.company.pk) | reason)

    assert first.status_code == 422
    assert "write in a sentence why" in first.content.decode()
    assert second.status_code == 302
    assert DecisionRequest.objects.get().case == unsure
    assert fresh(unsure).status == Status.NEW


def test_a_closed_row_is_explained_and_nothing_can_be_filled_in(desk, cases, world, now):
    case = cases()[0]
    workflow.move(
        case, "close-other", by=world.amira.actor(), at=now, seen_version=case.version, reason="withdrawn",
        words="Hana does not need it any more.",
    )  # fmt: skip

    page = desk.get(ADDRESS, {"case": case.reference}).content.decode()

    assert "This is not possible while the case is" in page
    assert "-company" not in page


def test_rows_out_of_sight_are_missing_for_all(client_for, three, world):
    limit_officer(world.amira, make_development(code="TJM"))

    assert client_for(world.amira).get(ADDRESS, {"case": three[0].reference}).status_code == 404
    assert client_for(world.amira).post(ADDRESS, sent(three, company=world.company.pk)).status_code == 404
    assert {fresh(case).status for case in three} == {Status.NEW}


def test_nothing_ticked_and_too_much_ticked(desk, three):
    assert desk.get(ADDRESS).url == "/cases/"
    assert desk.get(ADDRESS, {"case": [f"KRM-{n}" for n in range(1, 60)]}).status_code == 400
    assert desk.get(ADDRESS, {"case": ["nonsense"]}).status_code == 404


def test_only_those_who_work_cases(client_for, three, world):
    assert client_for(world.hana.user).get(ADDRESS).status_code == 403
