"""Handovers are recorded, corrected and withdrawn by further rows, each in the audit."""

from datetime import date

import pytest

from ledger.actors import Actor
from ledger.models import AuditEntry
from tests.factories import units as make
from units import handover
from units.models import HandoverEvent

pytestmark = pytest.mark.django_db

AMIRA = Actor("Amira Rahman", "officer", user_id=7)
AT = make.SET_UP_AT


def record(place, **said):
    return handover.record(place, **{"kind": "vp-taken", "on": date(2024, 3, 15), "by": AMIRA, "at": AT, **said})


def test_recording_keeps_who_and_when():
    unit = make.make_unit()
    event = record(unit, note="Form 12")

    assert (event.unit, event.development, event.recorded_by_name, event.recorded_by_id) == (
        unit,
        None,
        "Amira Rahman",
        7,
    )
    entry = AuditEntry.objects.get(action="handover.recorded")
    assert (entry.about, entry.about_id, entry.reference, entry.actor_name) == (
        "unit",
        unit.pk,
        "A-12-3",
        "Amira Rahman",
    )
    assert entry.new["on"] == "2024-03-15"


def test_a_development_has_events_of_its_own():
    development = make.make_development(code="KRM")
    event = record(development, kind="ccc")

    assert (event.unit, event.place) == (None, development)
    assert AuditEntry.objects.get(action="handover.recorded").reference == "KRM"


def test_correcting_adds_a_row_and_keeps_the_old_one():
    event = record(make.make_unit(), note="Form 12")
    newer = handover.correct(event, on=date(2024, 3, 16), reason="Misread", by=AMIRA, at=AT)

    assert list(HandoverEvent.objects.in_force()) == [newer]
    assert HandoverEvent.objects.count() == 2
    assert (newer.corrects, newer.kind, newer.note, newer.unit) == (event, event.kind, "Form 12", event.unit)
    entry = AuditEntry.objects.get(action="handover.corrected")
    assert (entry.old["on"], entry.new["on"], entry.reason) == ("2024-03-15", "2024-03-16", "Misread")


def test_a_correction_can_be_corrected():
    event = record(make.make_unit())
    second = handover.correct(event, on=date(2024, 3, 16), reason="Misread", by=AMIRA, at=AT)
    third = handover.correct(second, on=date(2024, 3, 17), reason="Misread again", by=AMIRA, at=AT)

    assert list(HandoverEvent.objects.in_force()) == [third]


def test_withdrawing_takes_away():
    event = record(make.make_unit())
    handover.withdraw(event, reason="Other home", by=AMIRA, at=AT)

    assert not HandoverEvent.objects.in_force()
    assert AuditEntry.objects.filter(action="handover.withdrawn").count() == 1


def test_the_second_correction_of_one_row_is_told_so():
    event = record(make.make_unit())
    handover.correct(event, on=date(2024, 3, 16), reason="Misread", by=AMIRA, at=AT)

    with pytest.raises(handover.CorrectionRefused, match="corrected already"):
        handover.correct(event, on=date(2024, 3, 17), reason="Misread", by=AMIRA, at=AT)
    assert AuditEntry.objects.filter(action="handover.corrected").count() == 1


def test_a_correction_without_reason_is_refused():
    event = record(make.make_unit())

    with pytest.raises(handover.CorrectionRefused, match="Say why"):
        handover.correct(event, on=date(2024, 3, 16), reason="  ", by=AMIRA, at=AT)


def test_a_withdrawal_is_not_corrected():
    event = record(make.make_unit())
    gone = handover.withdraw(event, reason="Other home", by=AMIRA, at=AT)

    with pytest.raises(handover.CorrectionRefused, match="record the event again"):
        handover.correct(gone, on=date(2024, 3, 16), reason="Back", by=AMIRA, at=AT)
