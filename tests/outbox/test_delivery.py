"""Sending through a real SMTP server that fails in every way it can."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from outbox import delivery, duties
from outbox.choices import MailState
from outbox.models import OutgoingMail
from tests.factories.outbox import make_abandoned_mail, make_failed_mail, make_mail

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class CountedBackend(EmailBackend):
    """Django's own SMTP backend, counting connections."""

    opened = 0

    def open(self):
        is_new = super().open()
        type(self).opened += bool(is_new)
        return is_new


@pytest.fixture
def connections(smtp_server, settings):
    """How many connections were made: call it."""
    settings.EMAIL_BACKEND = f"{__name__}.CountedBackend"
    CountedBackend.opened = 0
    return lambda: CountedBackend.opened


def deliver(mail, at=AT):
    """One try; the mail as it is afterwards."""
    delivery.deliver(mail.pk, at)
    mail.refresh_from_db()
    return mail


def test_a_mail_is_sent_and_says_so(smtp_server):
    mail = make_mail(recipient="hana@demo.example", at=AT)

    assert delivery.deliver(mail.pk, AT + timedelta(seconds=1))

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.failure) == (MailState.SENT, 1, "")
    assert AT + timedelta(seconds=1) <= mail.sent_at < AT + timedelta(seconds=5)
    assert (mail.claim, mail.lease_until) == (None, None)
    (message,) = smtp_server.messages
    assert message.envelope_to == ["hana@demo.example"]


def test_a_sent_mail_is_never_sent_again(smtp_server):
    mail = deliver(make_mail(at=AT))

    assert not delivery.deliver(mail.pk, AT + timedelta(days=2))
    assert delivery.drain(AT + timedelta(days=2)) == 0
    assert len(smtp_server.messages) == 1


def test_a_mail_is_not_sent_before_its_time(smtp_server):
    mail = make_mail(at=AT)

    assert not delivery.deliver(mail.pk, AT - timedelta(seconds=1))
    assert smtp_server.messages == []


def test_a_refusal_for_good_is_told_at_once_and_never_tried_again(smtp_server):
    smtp_server.fail("refuse", times=None)

    mail = deliver(make_mail(at=AT))

    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert mail.failed_at is not None
    assert mail.wording == "not delivered: the mail server answered 550 5.1.1 No such mailbox"
    assert not OutgoingMail.objects.due(AT + timedelta(days=30)).exists()


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("later", "the mail server answered 451 4.3.0 Try again later"),
        ("reset", "the connection to the mail server failed"),
        ("store-then-reset", "the connection to the mail server failed"),
        ("hang", "the mail server did not answer in time"),
    ],
)
def test_a_passing_failure_is_tried_again_a_minute_later(smtp_server, settings, how, sentence):
    settings.EMAIL_TIMEOUT = 0.5
    smtp_server.fail(how, times=1)

    mail = deliver(make_mail(at=AT))

    assert (mail.state, mail.attempts, mail.failure) == (MailState.QUEUED, 1, sentence)
    assert AT + timedelta(minutes=1) <= mail.next_try_at < AT + timedelta(minutes=1, seconds=5)
    assert deliver(mail, mail.next_try_at).state == MailState.SENT


def test_a_server_that_is_away_is_a_passing_failure(smtp_server, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]

        mail = deliver(make_mail(at=AT))

    assert (mail.state, mail.failure) == (MailState.QUEUED, "the connection to the mail server failed")


def test_passing_failures_end_visibly_after_many_tries_over_many_hours(smtp_server):
    smtp_server.fail("later", times=None)
    mail = make_mail(at=AT)
    tries = []
    while mail.state == MailState.QUEUED and len(tries) < 50:
        tries.append(mail.next_try_at)
        deliver(mail, mail.next_try_at)

    pauses = [(after - before) // timedelta(minutes=1) for before, after in pairwise(tries)]
    assert mail.state == MailState.FAILED
    assert len(tries) >= 6
    assert tries[-1] - tries[0] >= timedelta(hours=4)
    assert pauses == sorted(pauses)
    assert mail.wording == "not delivered: the mail server answered 451 4.3.0 Try again later"


def test_a_copy_outside_our_hands_is_known_by_its_message_id(smtp_server):
    smtp_server.fail("store-then-reset", times=1)
    mail = deliver(make_mail(at=AT))

    deliver(mail, mail.next_try_at)

    first, second = smtp_server.messages
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id
    assert first["Date"] == second["Date"]


@pytest.mark.parametrize("address", ["hana", "hana@", "hana@demo.example\nbcc: otto@demo.example", "a b@demo.example"])
def test_an_address_that_is_none_is_not_delivered(smtp_server, address):
    mail = deliver(make_mail(recipient=address, at=AT))

    assert mail.state == MailState.FAILED
    assert "is not an e-mail address" in mail.failure
    assert smtp_server.attempts == 0


def test_one_bad_mail_stops_none_behind_it(smtp_server, monkeypatch, link_minter):
    bad = make_mail(at=AT, links={"go": {"purpose": "nobody-knows-this"}})
    refused = make_mail(recipient="nobody", at=AT)
    good = make_mail(at=AT)

    assert delivery.drain(AT) == 1

    for mail in (bad, refused, good):
        mail.refresh_from_db()
    assert (bad.state, bad.failure) == (MailState.QUEUED, "it could not be made ready for sending")
    assert refused.state == MailState.FAILED
    assert good.state == MailState.SENT


def test_many_mails_share_one_connection(connections, smtp_server):
    for _ in range(120):
        make_mail(at=AT)

    assert delivery.drain(AT) == 120

    assert len(smtp_server.messages) == 120
    assert connections() == 1


def test_a_broken_connection_costs_one_mail_its_try_and_the_next_a_new_connection(connections, smtp_server):
    smtp_server.fail("reset", times=1)
    for _ in range(5):
        make_mail(at=AT)

    assert delivery.drain(AT) == 4

    assert connections() == 2
    assert OutgoingMail.objects.undelivered().get().attempts == 1


def test_a_round_ends_in_time_and_gives_the_rest_back(smtp_server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    smtp_server.fail("hang", times=None)
    mails = [make_mail(at=AT) for _ in range(4)]
    began = time.monotonic()

    assert delivery.drain(AT, seconds=0.2) == 0

    assert time.monotonic() - began < 2
    assert [mail.attempts for mail in OutgoingMail.objects.order_by("pk")] == [1, 0, 0, 0]
    assert OutgoingMail.objects.filter(state=MailState.QUEUED, claims=0).count() == len(mails) - 1
    assert OutgoingMail.objects.due(AT).count() == len(mails) - 1


def test_the_mail_of_the_hint_goes_first(smtp_server):
    make_mail(recipient="first@demo.example", at=AT - timedelta(hours=1))
    hinted = make_mail(recipient="hinted@demo.example", at=AT)

    delivery.drain(AT, first=hinted.pk)

    assert [message.envelope_to[0] for message in smtp_server.messages] == ["hinted@demo.example", "first@demo.example"]


def test_a_claim_holds_until_its_lease_ends(smtp_server):
    mail = make_abandoned_mail(at=AT, lease=timedelta(minutes=5))

    assert deliver(mail, AT + timedelta(minutes=5, seconds=-1)).state == MailState.SENDING
    assert deliver(mail, AT + timedelta(minutes=5)).state == MailState.SENT
    assert len(smtp_server.messages) == 1


def test_a_lease_is_longer_than_a_try_and_shorter_than_ten_minutes(settings):
    from defects_portal.settings import CELERY_TASK_TIME_LIMIT, EMAIL_TIMEOUT

    assert timedelta(seconds=max(10 * EMAIL_TIMEOUT + 20, CELERY_TASK_TIME_LIMIT)) < delivery.LEASE
    assert timedelta(minutes=10) > delivery.LEASE


def test_the_sweep_brings_back_what_a_dead_worker_held(smtp_server):
    mail = make_abandoned_mail(at=AT, lease=timedelta(minutes=5))

    assert duties.sweep(at=AT + timedelta(minutes=6)) == 1

    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_a_mail_that_kills_its_workers_is_given_up(smtp_server):
    mail = make_abandoned_mail(at=AT)
    OutgoingMail.objects.filter(pk=mail.pk).update(claims=delivery.MOST_CLAIMS)

    assert deliver(mail, AT + timedelta(hours=1)).state == MailState.FAILED
    assert smtp_server.messages == []


def test_a_worker_that_lost_its_lease_does_not_overwrite_the_outcome(smtp_server):
    mail = make_mail(at=AT)
    (late,) = delivery._claim([mail.pk], AT)
    deliver(mail, AT + timedelta(minutes=10))

    sent_at = mail.sent_at
    delivery._note_failure(late, TimeoutError(), AT + timedelta(minutes=11))
    delivery._note_sent(late, AT + timedelta(minutes=12))

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.sent_at) == (MailState.SENT, 1, sent_at)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(smtp_server):
    mails = [make_mail(at=AT) for _ in range(30)]
    start = Barrier(4)

    def work(_):
        start.wait()
        try:
            return delivery.drain(AT) + sum(delivery.deliver(mail.pk, AT) for mail in mails)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sum(counts) == 30
    assert len({message["Message-ID"] for message in smtp_server.messages}) == len(smtp_server.messages) == 30


def test_the_relay_gets_no_hint_while_enough_workers_send():
    mails = [make_mail(at=AT) for _ in range(5)]
    assert delivery.hints(AT) == [mails[0].pk, mails[1].pk]

    delivery._claim([mails[0].pk], AT)
    assert delivery.hints(AT) == [mails[1].pk]
    delivery._claim([mails[1].pk], AT)
    assert delivery.hints(AT) == []

    assert len(delivery.hints(AT + timedelta(minutes=1))) == 2


def test_a_mail_that_was_given_up_is_not_due():
    make_failed_mail(at=AT)

    assert delivery.hints(AT + timedelta(days=9)) == []
