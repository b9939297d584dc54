"""`manage.py sweep`: everything that is due, one room's failure stopping no other."""

import logging
import sys
import threading
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from defects_portal import sweep
from defects_portal.models import LEASE, Duty
from defects_portal.tasks import sweep as sweep_task

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)


@pytest.fixture
def rooms(monkeypatch):
    """`rooms(name=function)`: these rooms and no others have duties."""

    def install(**functions):
        for name, function in functions.items():
            module = ModuleType(f"{name}.duties")
            module.sweep = function
            monkeypatch.setitem(sys.modules, f"{name}.duties", module)
        monkeypatch.setattr(sweep, "duties", lambda: [(name, f"{name}.duties") for name in functions])

    return install


@pytest.mark.django_db
def test_every_room_is_swept_at_the_given_time(rooms):
    seen = []
    rooms(outbox=lambda at: seen.append(("outbox", at)), cases=lambda at: seen.append(("cases", at)))

    assert sweep.sweep(at=AT) == []
    assert seen == [("outbox", AT), ("cases", AT)]


@pytest.mark.django_db
def test_a_room_that_fails_stops_no_other_and_is_logged(rooms, caplog):
    seen = []
    rooms(outbox=lambda at: 1 / 0, cases=lambda at: seen.append("cases"))

    with caplog.at_level(logging.ERROR):
        assert sweep.sweep(at=AT) == ["outbox"]

    assert seen == ["cases"]
    assert "outbox" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert Duty.objects.get(name="outbox").failure == "ZeroDivisionError"


@pytest.mark.django_db
def test_a_room_that_failed_is_tried_again_at_once(rooms):
    rooms(outbox=lambda at: 1 / 0)
    sweep.sweep(at=AT)
    rooms(outbox=lambda at: None)

    assert sweep.sweep(at=AT) == []
    assert Duty.objects.get(name="outbox").failure == ""


@pytest.mark.django_db
def test_the_command_fails_when_a_room_failed(rooms, capsys):
    rooms(outbox=lambda at: 1 / 0)

    with pytest.raises(SystemExit) as end:
        call_command("sweep")

    assert end.value.code == 1
    assert "outbox" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_room_that_another_process_sweeps_is_left_to_it(rooms):
    seen = []
    rooms(outbox=lambda at: seen.append(at))
    Duty.objects.claim("outbox", AT)

    assert sweep.sweep(at=AT) == []
    assert seen == []


@pytest.mark.django_db
def test_a_dead_sweeper_loses_the_room_after_its_lease(rooms):
    seen = []
    rooms(outbox=lambda at: seen.append(at))
    dead = Duty.objects.claim("outbox", AT)

    sweep.sweep(at=AT + LEASE)

    assert seen == [AT + LEASE]
    Duty.objects.release(dead, AT + 2 * LEASE, "late")  # it was only slow: its release takes nothing from others
    assert Duty.objects.get(name="outbox").failure == ""


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_do_a_duty_once(rooms):
    seen, begun, may_end = [], threading.Event(), threading.Event()

    def slow_duty(at):
        seen.append(at)
        begun.set()
        may_end.wait(20)

    def first_sweep():
        sweep.sweep(at=AT)
        connection.close()

    rooms(outbox=slow_duty)
    first = threading.Thread(target=first_sweep)
    first.start()
    begun.wait(20)
    sweep.sweep(at=AT)
    may_end.set()
    first.join(20)

    assert seen == [AT]


@pytest.mark.django_db
def test_a_duty_is_never_held_without_a_limit(db):
    Duty.objects.claim("outbox", AT)

    with pytest.raises(IntegrityError, match="held_with_limit"):
        Duty.objects.update(held_until=None)


@pytest.mark.django_db
def test_the_worker_sweeps_when_beat_asks(rooms):
    seen = []
    rooms(outbox=lambda at: seen.append(at))

    sweep_task()

    assert datetime.now(UTC) - seen[0] < timedelta(minutes=1)


def test_beat_asks_for_the_sweep_every_minute(settings):
    asked = settings.CELERY_BEAT_SCHEDULE["sweep"]

    assert asked["task"] == sweep_task.name
    assert asked["schedule"] <= 60
    assert asked["options"]["expires"] <= 60  # a worker that was away finds one request, not a day's


@pytest.mark.django_db
def test_the_rooms_with_duties_are_swept_from_the_ledger_up():
    names = [room for room, _ in sweep.duties()]

    assert names[:2] == ["ledger", "documents"]
