"""The catalogue is reworded and retired, counted and kept in the audit."""

from datetime import UTC, datetime

import pytest

from catalogue import editing
from catalogue.models import Location, SlaTarget, Trade
from ledger.actors import Actor
from ledger.models import AuditEntry
from tests.factories.catalogue import make_defect_type, make_element, make_location, make_target, make_trade

pytestmark = pytest.mark.django_db
ADA = Actor("Ada Wong", "administrator", user_id=7)
AT = datetime(2026, 3, 3, 9, 14, tzinfo=UTC)


def test_a_rewording_is_counted_and_kept():
    place = make_location(label="Music room")
    place.label = "Piano room"

    editing.save_edit(place, by=ADA, at=AT)

    assert Location.objects.get().revision == 2
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about, entry.about_id, entry.reference) == (
        "catalogue-changed",
        "location",
        place.pk,
        place.code,
    )
    assert (entry.actor_name, entry.at) == ("Ada Wong", AT)
    assert entry.old == {"label": "Music room", "revision": 1}
    assert entry.new == {"label": "Piano room", "revision": 2}


def test_an_unchanged_row_is_no_revision():
    place = make_location()

    editing.save_edit(place, by=ADA, at=AT)

    assert Location.objects.get().revision == 1
    assert not AuditEntry.objects.exists()


def test_a_new_row_is_kept_in_the_audit():
    trade = Trade(code="THATCH", label="Thatching")

    editing.save_edit(trade, by=ADA, at=AT)

    assert Trade.objects.get().revision == 1
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.old, entry.new["code"]) == ("catalogue-added", None, "THATCH")


def test_a_changed_target_is_kept_in_the_audit():
    target = make_target(amount=4)
    target.amount = 6

    editing.save_edit(target, by=ADA, at=AT)

    assert SlaTarget.objects.get().amount == 6
    assert (AuditEntry.objects.get().old, AuditEntry.objects.get().new) == ({"amount": 4}, {"amount": 6})


def test_a_place_is_retired_and_offered_again():
    place = make_location()

    editing.retire(place, by=ADA, at=AT)
    assert not Location.objects.in_use().exists()

    editing.restore(place, by=ADA, at=AT)
    assert Location.objects.in_use().get().revision == 3


@pytest.mark.parametrize("needed_by", [make_defect_type, make_element])
def test_a_trade_that_is_needed_is_not_retired(needed_by):
    trade = make_trade(code="THATCH")
    needed_by(code="RIDGE", **{"default_trade" if needed_by is make_defect_type else "trade": trade})

    with pytest.raises(editing.StillNeeded, match="still the trade of RIDGE"):
        editing.retire(trade, by=ADA, at=AT)

    assert Trade.objects.in_use().exists()


def test_a_trade_whose_rows_are_all_retired_is_retired():
    trade = make_trade()
    make_defect_type(default_trade=trade, is_retired=True)

    editing.retire(trade, by=ADA, at=AT)

    assert not Trade.objects.in_use().exists()
