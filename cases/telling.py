"""Who hears of a move and of its correction, and in whose words (workflow.md sections 2 and 4)."""

from datetime import datetime
from functools import partial
from typing import Any

from cases import bookings, clocks, diary, followers, notices, orders, people, steps
from cases.choices import AttachmentRole, Audience, EventKind, OtherReason, OutOfScopeReason, SignAnswer, Status
from cases.dates import local_date
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent
from cases.moves import TABLE, Evidence, Move
from cases.people import Recipient
from cases.signatures import REFUSED
from cases.words import in_a_sentence
from contractors.appointments import is_appointed
from contractors.models import Company

OWN_SENTENCE = {OtherReason.DUPLICATE, OtherReason.PASSED_ON, OtherReason.NO_ACCESS}
"""Reasons of *close other* that have a sentence of their own."""


BY_REASON = {("confirm", SignAnswer.PROTEST): "confirm-protest", ("not-right", REFUSED): "refused"}
"""Moves that read otherwise for one of their reasons."""

OF_A_REPAIR = {"report-done", "ask-sign-off", "send-back", "confirm", "not-right", "close-complete", "close-no-reply"}
"""Moves whose mails show what was repaired beside what was reported."""


def of_move(case: Case, row: Move, event: CaseEvent, given: Evidence, *, mailing: Mailing) -> None:
    """Add to the mailing everybody whom the move table names; for a duplicate the people of the case that stays too."""
    facts: dict[str, Any] = {
        "words": _words(row, given),
        "pictures": _pictures(case, row),
        "reason": _reason_label(given),
        "name": given.get("name") or mailing.by.name,
        "visit_off": bookings.sentence(case, event.evidence.get("visits", [])),
        "parts": partial(bookings.parts, case, event.evidence.get("visits", []), at=mailing.at),
        "letter": event.letter.reference if case.status == Status.CLOSED_OUT_OF_SCOPE else "",
        "article": case.guidance if given.get("guidance_id") else None,
    }
    for audience in row.tells:
        told = _audience(case, audience, event, mailing=mailing)
        notices.tell(case, event, _key(row, given, case, audience), told, mailing=mailing, **facts)
    if "joined" in event.evidence and case.duplicate_of:
        _of_joining(case, case.duplicate_of, mailing=mailing)


def of_correction(case: Case, wrong: CaseEvent, event: CaseEvent, words: str, *, mailing: Mailing) -> None:
    """Whoever the wrong move told hears that it was wrong."""
    heard = set(wrong.notices.values_list("audience", flat=True))
    audiences = [
        audience for audience in (Audience.HOMEOWNER, Audience.STAFF, Audience.CONTRACTOR) if audience in heard
    ]
    told = [person for audience in audiences for person in _audience(case, audience, wrong, mailing=mailing)]
    visit_off = bookings.sentence(case, event.evidence.get("visits", []))
    parts = partial(bookings.parts, case, event.evidence.get("visits", []), at=mailing.at)
    notices.tell(case, event, "correct", told, mailing=mailing, words=words, visit_off=visit_off, parts=parts)


def _audience(case: Case, audience: Audience, event: CaseEvent, *, mailing: Mailing) -> list[Recipient]:
    if audience == Audience.CONTRACTOR:
        return _contractor(case, event, at=mailing.at)
    return notices.recipients(case, [audience], by=mailing.by, at=mailing.at)


def _contractor(case: Case, event: CaseEvent, *, at: datetime) -> list[Recipient]:
    """The companies whose part this move changed; else the one that has the case by it, or had it before.

    Work goes to no company whose appointment has ended; that it has nothing to do any more it still hears.
    """
    known = event.after["work_company_id"] or event.before["columns"]["work_company_id"]
    touched = followers.companies(event.evidence.get("works", [])) or {known}
    companies = list(Company.objects.filter(pk__in=touched).order_by("pk"))
    if case.status == Status.WITH_CONTRACTOR:
        today = local_date(case, at)
        companies = [company for company in companies if is_appointed(company, case.development, today)]
    return [person for company in companies for person in people.contacts_of(company)]


def _of_joining(case: Case, kept: Case, *, mailing: Mailing) -> None:
    """The people of the surviving case hear of it too, each person once."""
    by, at = mailing.by, mailing.at
    told = {person.recipient.homeowner_id for person in mailing.told}
    event = diary.record(kept, EventKind.JOINED, by=by, at=at, evidence={"case": case.reference}, is_visible=True)
    clocks.told(kept, at=at)
    residents = notices.recipients(kept, [Audience.HOMEOWNER], by=by, at=at)
    others = [person for person in residents if person.homeowner_id not in told]
    notices.tell(kept, event, "joined", others, mailing=mailing)
    steps.refresh(kept, at=at)


def worded() -> set[tuple[str, Audience]]:
    """Every happening and audience that a move or its correction may tell of: each has its row of sentences."""
    moved = {(key, audience) for row in TABLE for key in _keys(row) for audience in row.tells}
    others = {("joined", Audience.HOMEOWNER), (orders.AGAIN, Audience.CONTRACTOR)}
    return moved | {("correct", audience) for audience in Audience} | others


def _keys(row: Move) -> set[str]:
    own = OWN_SENTENCE if row.name == "close-other" else ()
    by_reason = (key for (name, _reason), key in BY_REASON.items() if name == row.name)
    return {row.name, *(f"close-{reason}" for reason in own), *by_reason}


def _key(row: Move, given: Evidence, case: Case, audience: Audience) -> str:
    if key := BY_REASON.get((row.name, str(given.get("reason") or ""))):
        return key
    if row.name == "reopen" and audience == Audience.CONTRACTOR and case.status == Status.WITH_CONTRACTOR:
        return orders.AGAIN
    own = f"close-{given.get('reason')}"
    return own if own in _keys(row) else row.name


def _words(row: Move, given: Evidence) -> str:
    rule = str(given.get("rule") or "")
    return "\n\n".join(part for part in (given["words"], rule) if part)


def _reason_label(given: Evidence) -> str:
    reason = given.get("reason")
    for choices in (OutOfScopeReason, OtherReason):
        if reason in choices.values:
            return in_a_sentence(str(choices(reason).label))
    return ""


def _pictures(case: Case, row: Move) -> list[Attachment]:
    """Every mail shows the defect: a repair before and after, all else as it was reported."""
    shown = case.attachments.pictures().filter(is_visible=True).select_related("file")
    if row.name in OF_A_REPAIR:
        return list(shown.filter(role__in=[AttachmentRole.BEFORE, AttachmentRole.AFTER], cycle=case.cycle))
    return list(shown.filter(role=AttachmentRole.BEFORE))
