"""Joining two reports of one fault, and taking them apart again (workflow.md: Duplicate; domain scenario 11)."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases import clocks, people, verdicts
from cases.choices import PartyRole
from cases.models import Case, CaseParty
from cases.search.marks import touch
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
    undo: dict[str, Any] = {"case": kept.pk, "parties": gained, "received_at": kept.received_at.isoformat()}
    undo["written_at"] = kept.written_at.isoformat() if kept.written_at else None
    received = min(kept.received_at, case.received_at)
    written = min((moment for moment in (kept.written_at, case.written_at) if moment), default=None)
    if (received, written) != (kept.received_at, kept.written_at):
        undo |= _predate(kept, received, written, by=by, at=at)
    return undo


def _predate(
    kept: Case, received: datetime, written: datetime | None, *, by: Actor, at: datetime
) -> dict[str, list[dict[str, object]]]:
    """The surviving case counts from the earlier dates: cover is asked again, its running clocks move."""
    had_notice = kept.written_at is not None
    kept.received_at, kept.written_at = received, written
    Case.objects.filter(pk=kept.pk).update(received_at=received, written_at=written)
    verdict = verdicts.record(kept, why=_("joined with another report"), by=by, at=at)
    before = clocks.snapshot(kept)
    clocks.move_start(kept, at=at)
    due = verdicts.statutory_due(kept, verdict, notice_at=written)
    if due and written and not had_notice:
        clocks.set_statutory(kept, notice_at=written, due=due)
    return {"clocks": before, "clocks_after": clocks.snapshot(kept)}


def part(undo: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Put the surviving case back to what it was before `join`."""
    CaseParty.objects.filter(pk__in=undo["parties"]).update(until=at)
    kept = Case.objects.get(pk=undo["case"])
    touch([kept.pk])
    received, written = (undo[name] and datetime.fromisoformat(undo[name]) for name in ("received_at", "written_at"))
    if (received, written) != (kept.received_at, kept.written_at):
        kept.received_at, kept.written_at = received, written
        Case.objects.filter(pk=kept.pk).update(received_at=received, written_at=written)
        verdicts.record(kept, why=_("taken apart again"), by=by, at=at)
    if "clocks" in undo:
        clocks.restore(kept, undo["clocks"], undo["clocks_after"])


def likely(case: Case, *, limit: int = 5) -> list[Case]:
    """Cases that may tell of the same fault: same home and place, reported within 60 days, newest first.

    A hint for a person (domain 6.1), never joined by itself.
    """
    near = Case.objects.filter(unit_id=case.unit_id, location_id=case.location_id).exclude(pk=case.pk)
    within = near.filter(received_at__gte=case.received_at - WINDOW, received_at__lte=case.received_at + WINDOW)
    same_trade = within.filter(trade_id=case.trade_id) if case.trade_id else within
    return list(same_trade.exclude(duplicate_of=case).for_page().order_by("-received_at")[:limit])
