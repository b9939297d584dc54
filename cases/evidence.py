"""What a move must bring, checked in one place for pages, links, ticked rows and the sweep.

Each check answers nothing, or raises `MoveRefused` with a sentence and the field it is about.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases import moves
from cases.choices import AttachmentRole, Audience, Basis, EventKind, HoldReason, OtherReason, OutOfScopeReason
from cases.dates import local_date
from cases.models import Case
from cases.moves import Evidence, Move
from cases.signatures import missing
from cases.silence import is_silent
from contractors.appointments import is_appointed
from contractors.models import Company
from ledger.actors import Actor
from units.wording import day


class MoveRefused(Exception):
    """The move cannot be made. `sentence` says why in plain words, `field` names the input, if one is to blame."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.field = field


class StaleCase(MoveRefused):
    """Somebody else changed the case after this person's page was made."""

    def __init__(self, sentence: str | Promise = "") -> None:
        super().__init__(
            sentence or _("Somebody changed this case after you opened it. Look at what changed, then confirm again.")
        )


def check(case: Case, move: Move, evidence: Evidence, *, by: Actor, capacity: str, at: datetime) -> None:
    """Refuse unless everything that the move needs is there."""
    for need in move.needs:
        CHECKS[need](case, evidence, capacity, at)


def _text(evidence: Evidence, field: str, sentence: str, *, least: int = 3) -> None:
    if len(str(evidence.get(field) or "").strip()) < least:
        raise MoveRefused(sentence, field)


def _words(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    _text(evidence, "words", _("Write in a sentence why; the people who are told read it."), least=10)


def _reason(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if not evidence.get("reason"):
        raise MoveRefused(_("Choose a reason."), "reason")
    if evidence["reason"] not in {*OutOfScopeReason.values, *OtherReason.values}:
        raise MoveRefused(_("Choose a reason from the list."), "reason")


def _company(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    company = Company.objects.filter(pk=evidence.get("company_id") or 0).first()
    if company is None:
        raise MoveRefused(_("Choose the contractor."), "company")
    if not is_appointed(company, case.development, local_date(case, at)):
        raise MoveRefused(_("%(name)s is not appointed here today.") % {"name": company.short_name}, "company")


def _same(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    """A reopened case goes straight back to its contractor only while that is appointed, and with a date ahead."""
    if evidence.get("same_contractor") and case.work_company_id:
        _company(case, {"company_id": case.work_company_id}, capacity, at)
        _due(case, evidence, capacity, at)


def _due(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    due = evidence.get("due_at")
    if due is None:
        raise MoveRefused(_("Give the contractor a date."), "due_at")
    if datetime.fromisoformat(str(due)) <= at:
        raise MoveRefused(_("This date is over. Choose a later one."), "due_at")


def _photo(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    after = case.attachments.filter(role=AttachmentRole.AFTER, cycle=case.cycle)
    if case.reports_done_at:
        after = after.filter(added_at__gt=case.reports_done_at)
    if not after.exists():
        raise MoveRefused(_("Add at least one picture of the repaired place (after)."), "photos")


def _method(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    method(case, str(evidence.get("method_note") or ""))


def method(case: Case, note: str) -> None:
    """Wet work is reported with how it was repaired."""
    if case.trade.component_tag == "waterproofing" or (case.defect_type and case.defect_type.needs_method_note):
        wet = _("This is wet work: say how it was repaired and how long it dried.")
        _text({"method_note": note}, "method_note", wet, least=10)


def _said(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if capacity == moves.CONTRACTOR:
        return
    _text(evidence, "said_by", _("Write who told you that the repair is done."))
    _text(evidence, "proof", _("Write on what proof: a call, a mail, a visit."))


def _checked(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    _text(evidence, "checked_by", _("Write who checked the repair."))


def _basis(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if evidence.get("basis") not in Basis.values:
        raise MoveRefused(_("Choose on what basis."), "basis")


def _name(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    _text(evidence, "name", _("Write the name of the person who confirms."))


def _proof(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if capacity != moves.OWNER:
        _text(evidence, "proof", _("You confirm for the homeowner: write on what proof."))


def _wrong(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    _text(evidence, "words", _("Tell us what is not right yet; a few words are enough."))


def _rule(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if evidence.get("reason") not in OutOfScopeReason.values:
        raise MoveRefused(_("Choose a reason from the list."), "reason")
    if not evidence.get("guidance_id"):
        _text(evidence, "rule", _("Quote the rule or choose a guidance article: the homeowner may ask again."))


def _other(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    reason = evidence.get("reason")
    if reason not in OtherReason.values:
        raise MoveRefused(_("Choose a reason from the list."), "reason")
    if reason == OtherReason.DUPLICATE:
        _duplicate(case, evidence.get("duplicate_of_id") or 0)
    if reason == OtherReason.PASSED_ON:
        _text(evidence, "passed_to", _("Write to whom it was passed."))
        if not evidence.get("follow_up_on"):
            raise MoveRefused(_("Give a date to follow it up."), "follow_up_on")
    if reason == OtherReason.NO_ACCESS:
        _two_no_access_notices(case, at)
    if reason in {OtherReason.WITHDRAWN, OtherReason.SETTLED}:
        _text(evidence, "words", _("Write in a sentence why; the homeowner reads it."), least=10)


def _duplicate(case: Case, kept_id: int) -> None:
    kept = Case.objects.filter(pk=kept_id, development_id=case.development_id).exclude(pk=case.pk).first()
    if kept is None:
        raise MoveRefused(_("Name the case that stays; it is one of the same development."), "duplicate_of")
    if kept.unit_id != case.unit_id:
        sentence = _("%(ref)s is at another home: its people would read nothing of this one.") % {"ref": kept.reference}
        raise MoveRefused(sentence, "duplicate_of")
    if kept.duplicate_of_id:
        sentence = _("%(ref)s was itself joined with another case; name that one.") % {"ref": kept.reference}
        raise MoveRefused(sentence, "duplicate_of")
    if kept.is_closed:
        sentence = _("%(ref)s is closed. Open it again first, or name an open case.") % {"ref": kept.reference}
        raise MoveRefused(sentence, "duplicate_of")
    if case.is_visible and not kept.is_visible:
        sentence = _("%(ref)s is hidden from the homeowner. Make it visible first.") % {"ref": kept.reference}
        raise MoveRefused(sentence, "duplicate_of")


NOBODY_HOME = ("nobody-home-1", "nobody-home-2")
"""What the diary calls a visit that met a closed door, the first and each further time (rows of a room above)."""

DAYS_AFTER_FINAL = timedelta(days=14)
"""So long the homeowner may still arrange a visit after the final notice (domain 6.5)."""


def _two_no_access_notices(case: Case, at: datetime) -> None:
    held = Q(kind=EventKind.HOLD, reason=HoldReason.NO_ACCESS)
    said = case.events.filter(held | Q(kind=EventKind.VISIT, reason__in=NOBODY_HOME))
    if said.filter(notices__audience=Audience.HOMEOWNER).distinct().count() < 2:
        raise MoveRefused(_("The homeowner must have been told twice that nobody was at home."), "reason")
    final = case.events.filter(kind=EventKind.VISIT, reason=NOBODY_HOME[1]).order_by("-at").first()
    if final and at < final.at + DAYS_AFTER_FINAL:
        until = (final.at + DAYS_AFTER_FINAL).astimezone(case.development.tz).date()
        sentence = _("The homeowner may arrange a visit until %(day)s after the final notice.")
        raise MoveRefused(sentence % {"day": day(until)}, "reason")


def _silence(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if not is_silent(case, at):
        raise MoveRefused(
            _("Silence does not close this yet: two notices that left, the time to answer, an after-photo, our check.")
        )


def _signed(case: Case, evidence: Evidence, capacity: str, at: datetime) -> None:
    if capacity == moves.OWNER and (waiting := missing(case, at=at)):
        names = ", ".join(person.name for person in waiting)
        raise MoveRefused(_("Every owner signs here. Still missing: %(names)s.") % {"names": names})


CHECKS: dict[str, Callable[[Case, Evidence, str, datetime], None]] = {
    moves.WORDS: _words,
    moves.REASON: _reason,
    moves.COMPANY: _company,
    moves.DUE: _due,
    moves.PHOTO: _photo,
    moves.METHOD: _method,
    moves.SAID: _said,
    moves.CHECKED: _checked,
    moves.BASIS: _basis,
    moves.NAME: _name,
    moves.PROOF: _proof,
    moves.WRONG: _wrong,
    moves.RULE: _rule,
    moves.OTHER: _other,
    moves.SILENCE: _silence,
    moves.SAME: _same,
    moves.SIGNED: _signed,
}
