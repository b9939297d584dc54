"""Twenty people press at the same moment, through the pages and over real connections (quality.md 5-6)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from cases.choices import Status
from cases.models import CaseEvent
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import move, text_of
from tests.factories.cases import fresh

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

MANY = 20


def press_at_once(act):
    """`act(number)` twenty times at the same moment; the answers in order."""

    def one(number):
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


@pytest.fixture
def case(a_case):
    return a_case(Status.ACCEPTED)


@pytest.fixture
def browsers(world, client_for):
    return [client_for(world.amira) for _ in range(MANY)]


def moves_of(case):
    return CaseEvent.objects.filter(case=case, move="accept-and-send").count()


def test_twenty_equal_presses_make_one_change_and_one_mail_each(browsers, case, world):
    mails = OutgoingMail.objects.count()
    at = timezone.now()

    answers = press_at_once(lambda number: move(browsers[number], case, "accept-and-send", world=world, at=at))

    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"] for answer in answers} == {f"/cases/{case.reference}/"}
    assert moves_of(case) == 1
    assert OutgoingMail.objects.count() == mails + 2, "the homeowner's and the contractor's"


def test_of_twenty_different_presses_on_one_version_one_wins_and_nobody_loses_a_word(browsers, case, world):
    at = timezone.now()

    def press(number):
        words = f"We come with ladder {number}."
        given = {"idempotency_key": f"own-{number}", "words": words}
        return words, move(browsers[number], case, "accept-and-send", world=world, at=at, **given)

    answers = press_at_once(press)

    assert Counter(answer.status_code for _words, answer in answers) == {302: 1, 409: MANY - 1}
    assert moves_of(case) == 1
    assert fresh(case).version == case.version + 1
    for words, answer in answers:
        assert answer.status_code == 302 or words in text_of(answer)
