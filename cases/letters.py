"""Gives the closing notes of a case that is not covered their number, and takes them back (product.md 16)."""

from datetime import datetime, timedelta

from cases import people
from cases.choices import Status
from cases.dates import local_date
from cases.models import Case, CaseEvent, ClosingLetter
from ledger import references

COUNTER = "L"


def issue(case: Case, event: CaseEvent, *, at: datetime) -> ClosingLetter:
    """The letter of a closing that has just been written: the words that go out by mail and stand on the portal."""
    return ClosingLetter.objects.create(
        number=references.next_number(COUNTER),
        case=case,
        event=event,
        issued_at=at,
        addressees=[person.name for person in people.holders(case, at=at)],
        title=case.title[:200],
        reason=case.closure_reason,
        notes=case.closing_notes,
        rule=case.closing_rule,
        guidance_id=case.guidance_id,
        guidance_title=case.guidance.title[:200] if case.guidance else "",
        signed_by=case.officer.name if case.officer else case.development.name,
        ask_again_until=local_date(case, at + timedelta(days=case.appeal_days)),
    )


def withdraw(case: Case, event: CaseEvent, *, at: datetime) -> None:
    """The case went on: its letter stays, marked. Nothing happens when there is none in force."""
    case.letters.filter(withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_by=event)


def corrected(case: Case, wrong: CaseEvent, event: CaseEvent, *, at: datetime) -> None:
    """The last move was undone: its letter is withdrawn, or the one that it had withdrawn counts again."""
    if case.status == Status.CLOSED_OUT_OF_SCOPE:
        case.letters.filter(withdrawn_by=wrong).update(withdrawn_at=None, withdrawn_by=None)
    else:
        withdraw(case, event, at=at)
