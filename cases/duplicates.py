"""Joining two reports of one fault, and taking them apart again (workflow.md: Duplicate; domain scenario 11)."""

from datetime import datetime, timedelta
from typing import Any

from cases import clocks, people
from cases.choices import OPEN_STATES, PartyRole
from cases.models import Case, CaseParty
from ledger.actors import Actor

WINDOW = timedelta(days=60)


def join(case: Case, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The surviving case gains the reporters and takes the earlier received date; answers what `part` needs.

    The pictures stay with the duplicate, where they were reported; the surviving case's page shows them with its own.
    """
    kept = case.duplicate_of
    if kept is None:
        raise ValueError("The case names no case that stays.")
    gained = [
        party.pk
        for party in (
            people.join(kept, party.homeowner, PartyRole.CO_REPORTER, at=at)
            for party in case.parties.filter(until__isnull=True).select_related("homeowner")
        )
        if party
    ]
    undo = {"case": kept.pk, "parties": gained, "received_at": kept.received_at.isoformat()}
    undo["written_at"] = kept.written_at.isoformat() if kept.written_at else None
    earlier = min(kept.received_at, case.received_at)
    written = min((moment for moment in (kept.written_at, case.written_at) if moment), default=None)
    Case.objects.filter(pk=kept.pk).update(received_at=earlier, written_at=written)
    if earlier < kept.received_at and kept.status in OPEN_STATES:
        kept.received_at, kept.written_at = earlier, written
        undo["clocks"] = clocks.snapshot(kept)
        clocks.move_start(kept, at=at)
    return undo


def part(undo: dict[str, Any], *, at: datetime) -> None:
    """Put the surviving case back to what it was before `join`."""
    CaseParty.objects.filter(pk__in=undo["parties"]).update(until=at)
    written = undo["written_at"]
    Case.objects.filter(pk=undo["case"]).update(
        received_at=datetime.fromisoformat(undo["received_at"]),
        written_at=datetime.fromisoformat(written) if written else None,
    )
    if "clocks" in undo:
        clocks.restore(Case.objects.get(pk=undo["case"]), undo["clocks"])


def likely(case: Case, *, limit: int = 5) -> list[Case]:
    """Cases that may tell of the same fault: same home and place, reported within 60 days, newest first.

    A hint for a person (domain 6.1), never joined by itself.
    """
    near = Case.objects.filter(unit_id=case.unit_id, location_id=case.location_id).exclude(pk=case.pk)
    within = near.filter(received_at__gte=case.received_at - WINDOW, received_at__lte=case.received_at + WINDOW)
    same_trade = within.filter(trade_id=case.trade_id) if case.trade_id else within
    return list(same_trade.exclude(duplicate_of=case).for_page().order_by("-received_at")[:limit])
