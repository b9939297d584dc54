"""From the database to the workers, over a real Redis that dies, freezes and forgets."""

import logging
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import call_command
from django.utils import timezone

from defects_portal.celery import app
from outbox import registry
from outbox.choices import MailState
from outbox.models import OutgoingMail
from outbox.relay import FIRST_PAUSE, LONGEST_OUTAGE_PAUSE, Relay
from tests.factories.outbox import make_mail

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Clock:
    """Seconds that pass when told to."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def relay(broker, clock):
    return Relay(clock=clock)


@pytest.fixture
def source(monkeypatch):
    """The only source of work: the ids in this list."""
    ids = []
    monkeypatch.setattr(registry, "work_sources", {})
    monkeypatch.setattr("outbox.relay.work_sources", registry.work_sources)
    registry.add_work_source("rows", due=lambda at: ids, task="outbox.tasks.deliver")
    return ids


def waiting(broker):
    """How many messages wait for a worker."""
    return broker.client().llen("celery")


def test_a_row_that_is_due_is_handed_out_once(relay, broker, source, clock):
    source[:] = [1, 2]

    relay.tick(AT)
    clock.seconds += 1
    relay.tick(AT)

    assert waiting(broker) == 2


def test_a_row_that_stays_due_is_handed_out_again_in_growing_pauses(relay, broker, source, clock):
    source[:] = [1]
    handed_at = []
    for _ in range(600):
        before = waiting(broker)
        relay.tick(AT)
        if waiting(broker) > before:
            handed_at.append(clock.seconds - 1000)
        clock.seconds += 1

    assert handed_at[:4] == [0, FIRST_PAUSE, FIRST_PAUSE * 3, FIRST_PAUSE * 7]
    assert FIRST_PAUSE < 60


def test_a_row_that_becomes_due_again_is_handed_out_at_once(relay, broker, source):
    for ids in ([1], [], [1]):
        source[:] = ids
        relay.tick(AT)

    assert waiting(broker) == 2


def test_a_thousand_rows_do_not_flood_the_broker(relay, broker, source):
    source[:] = range(1000)

    relay.tick(AT)

    assert waiting(broker) == 50


def test_a_broker_that_is_gone_costs_seconds_and_one_line_of_log(relay, broker, source, clock, caplog):
    source[:] = [1]
    relay.tick(AT)
    source[:] = [1, 2]
    broker.kill()
    began = time.monotonic()
    with caplog.at_level(logging.WARNING, "outbox.relay"):
        rests = [relay.tick(AT) for _ in range(6)]
    took = time.monotonic() - began
    broker.start()
    broker.flush()

    assert rests == [1, 2, 4, 8, LONGEST_OUTAGE_PAUSE, LONGEST_OUTAGE_PAUSE]
    assert took < 6 * 3
    assert len(caplog.messages) == 1
    assert relay.tick(AT) == 1
    assert waiting(broker) == 2


def test_a_frozen_broker_delays_the_relay_only_for_seconds(relay, broker, source):
    source[:] = [1]
    broker.freeze()
    began = time.monotonic()

    relay.tick(AT)
    took = time.monotonic() - began
    broker.thaw()

    assert relay.outage_pause == 1
    assert took < 6
    relay.tick(AT)
    assert waiting(broker) >= 1


def test_a_broker_that_forgot_everything_gets_it_again_within_a_minute(relay, broker, source, clock):
    source[:] = [1]
    relay.tick(AT)
    broker.flush()

    clock.seconds += 30
    relay.tick(AT)

    assert waiting(broker) == 1


def test_a_database_that_is_away_ends_nothing(relay, monkeypatch, source, caplog):
    from django.db import OperationalError

    def away(at):
        raise OperationalError("away")

    registry.add_work_source("rows", due=away, task="outbox.tasks.deliver")
    logger = logging.getLogger("outbox.relay")  # a worker of another test may have taken the root's handlers
    logger.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, logger="outbox.relay")

    try:
        assert [relay.tick(AT), relay.tick(AT)] == [1, 2]
    finally:
        logger.removeHandler(caplog.handler)
    assert len({id(record) for record in caplog.records if record.name == "outbox.relay"}) == 1


def test_writing_mail_never_waits_for_a_frozen_broker(broker):
    broker.freeze()
    began = time.monotonic()

    make_mail()

    assert time.monotonic() - began < 0.5
    broker.thaw()


def test_pictures_go_through_the_same_relay():
    app.loader.import_default_modules()

    assert {"mails", "pictures"} <= registry.work_sources.keys()
    assert all(source.task in app.tasks for source in registry.work_sources.values())


@contextmanager
def worker():
    """A Celery worker of the product, in a thread of its own."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        yield


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_the_relay_hands_out(broker, smtp_server):
    mails = [make_mail(at=timezone.now()) for _ in range(20)]
    with worker():
        Relay().tick(timezone.now())
        smtp_server.wait_for(20)

    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == len(mails)
    assert len({message["Message-ID"] for message in smtp_server.messages}) == 20


@pytest.mark.django_db(transaction=True)
def test_mail_outlives_a_broker_that_dies_and_forgets(broker, smtp_server, clock):
    for _ in range(5):
        make_mail(at=timezone.now())
    relay = Relay(clock=clock)
    relay.tick(timezone.now())
    broker.kill()
    broker.start()
    broker.flush()
    clock.seconds += 30
    with worker():
        relay.tick(timezone.now())
        smtp_server.wait_for(5)

    assert not OutgoingMail.objects.undelivered().exists()


@pytest.mark.django_db(transaction=True)
def test_the_command_does_one_round(broker):
    make_mail()

    call_command("relay", "--once")

    assert waiting(broker) == 1
