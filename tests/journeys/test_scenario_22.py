"""Domain scenario 22: the owner refuses; a second visit, then the manager decides by mail; protest or another look."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.choices import Status
from cases.models import DecisionRequest
from inspections import visits
from tests.factories.cases import fresh, walk
from tests.journeys.repairs import repairs, states
from tests.mails import links_in, text_of

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
REFUSED = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
REASON = "The shade of the tiles differs from the rest of the room."
STANDARD = "Measured on the second visit: the shade lies within 1 grade of the sample, the standard allows 2."


@pytest.fixture
def refused(world, clock, sign_in, post_office):
    clock(ASKED)
    cases = repairs(world, 2, at=ASKED)
    clock(REFUSED)
    sign_in(world.hana.user).open("/portal/sign/").press("Send my reasons", refusal=REASON)
    post_office.run()
    return cases


def test_the_officer_is_asked_for_a_second_visit_within_five_working_days(refused, world, post_office, sign_in):
    assert states(refused) == [Status.TO_CHECK] * 2
    assert "second visit by Tue 17 Mar" in text_of(post_office.to(world.hana))
    assert "book a second visit by Tue 17 Mar" in text_of(post_office.to(world.amira))
    assert REASON in sign_in(world.amira).open(f"/cases/{refused[0].reference}/").words


@pytest.fixture
def decided(refused, world, clock, post_office):
    """The second visit took place; Amira asks, Mo decides."""
    case = fresh(refused[0])
    at = REFUSED + timedelta(days=2)
    clock(at)
    visits.book(
        [case], kind="check", starts_at=at + timedelta(hours=1), ends_at=at + timedelta(hours=2), who="Amira",
        by=world.actor("amira"), at=at,
    )  # fmt: skip
    at = clock(at + timedelta(hours=3))
    case = fresh(case)
    walk(case, "close-out-of-scope", world=world, at=at, reason="tolerance", words=STANDARD, rule="Guide: shades.")
    return case


def test_only_a_manager_decides_and_the_letter_quotes_what_was_measured(decided, world, sign_in, post_office):
    assert fresh(decided).status == Status.TO_CHECK
    request = DecisionRequest.objects.get(case=decided)
    sign_in(world.mo).open(f"/decisions/{request.public_id}/").press("Approve")
    post_office.run()
    letter = text_of(post_office.to(world.hana, "Not covered"))
    assert STANDARD in " ".join(letter.split())
    assert fresh(decided).status == Status.CLOSED_OUT_OF_SCOPE


@pytest.fixture
def closed(decided, world, sign_in, post_office):
    request = DecisionRequest.objects.get(case=decided)
    sign_in(world.mo).open(f"/decisions/{request.public_id}/").press("Approve")
    post_office.run()
    return fresh(decided)


def test_the_owner_may_accept_under_protest_and_it_never_counts_as_confirmed(closed, world, sign_in):
    hana = sign_in(world.hana.user).open(f"/portal/cases/{closed.reference}/")
    hana.press("Accept under protest", words="I still see it every day.")
    assert "Accepted under protest" in hana.words
    case = fresh(closed)
    assert (case.status, case.step) == (Status.CLOSED_OUT_OF_SCOPE, "closed-out-of-scope")
    assert not case.events.filter(move="confirm").exists()
    hana.open(f"/portal/cases/{closed.reference}/")
    assert "confirmed" not in hana.words.replace("never counts as confirmed", "")
    assert not hana.offers("Accept under protest")


def test_or_asks_for_another_look_by_the_link_of_the_letter(closed, world, visitor, post_office):
    letter = post_office.to(world.hana, "Not covered")
    appeal = next(link for link in links_in(letter) if "/portal/act/" in link)
    visitor.open(appeal).press("Send", words="An expert of mine measured three grades.")
    assert fresh(closed).status == Status.IN_REVIEW
