"""The audit says who changed what, and keeps it."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import gettext_lazy

from ledger import audit
from ledger.actors import SYSTEM, Actor
from ledger.models import AuditEntry

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
AMIRA = Actor("Amira Rahman", "officer", user_id=4, channel="desk", address="192.0.2.7")

pytestmark = pytest.mark.django_db


def test_an_entry_holds_who_what_old_new_when_where_and_why():
    audit.record(
        "case-edited",
        by=AMIRA,
        at=AT,
        about="case",
        about_id=12,
        reference="KRM-2041",
        old={"due": date(2026, 3, 4)},
        new={"due": date(2026, 3, 6), "label": gettext_lazy("Case")},
        reason="Owner is away",
    )

    entry = AuditEntry.objects.get()
    assert (entry.at, entry.action, entry.reference, entry.reason) == (AT, "case-edited", "KRM-2041", "Owner is away")
    assert (entry.actor_user_id, entry.actor_name, entry.actor_role) == (4, "Amira Rahman", "officer")
    assert (entry.channel, entry.address) == ("desk", "192.0.2.7")
    assert entry.old == {"due": "2026-03-04"}
    assert entry.new == {"due": "2026-03-06", "label": "Case"}


def test_a_hostile_address_header_does_not_stop_the_change():
    entry = audit.record("seen", by=Actor("N" * 500, "visitor", address="x" * 500), at=AT, about="case", about_id=1)

    entry.refresh_from_db()
    assert len(entry.actor_name) == 150
    assert len(entry.address) == 64


def test_entries_are_found_by_row_and_by_account():
    mine = audit.record("a", by=AMIRA, at=AT, about="case", about_id=12)
    other = audit.record("b", by=SYSTEM, at=AT, about="case", about_id=13)
    audit.record("c", by=SYSTEM, at=AT, about="unit", about_id=12)

    assert list(AuditEntry.objects.about("case", 12)) == [mine]
    assert list(AuditEntry.objects.about("case", 13)) == [other]
    assert list(AuditEntry.objects.by_user(4)) == [mine]
