"""The owner's answer about a tenant who reported (workflow.md, issue item 7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases import intake
from cases.choices import ReportState
from cases.evidence import MoveRefused
from cases.models import Case, Report
from homeowners import register, tenures
from homeowners.models import Homeowner
from ledger import audit
from ledger.actors import Actor
from units.refusals import Refused


@transaction.atomic
def confirm_tenant(report: Report, owner: Homeowner, *, by: Actor, at: datetime) -> list[Case] | None:
    """*Yes, my tenant*: the reporter gets a tenancy from today, the report is verified and its cases open.

    None when the register does not take the person so (a phone that is none, an address of the office): the answer is
    noted and the report waits for the officer.
    """
    if report.state != ReportState.UNVERIFIED:
        raise MoveRefused(_("This was answered already. Thank you."))
    words = _("%(name)s confirmed the tenant") % {"name": owner.name}
    try:
        with transaction.atomic():
            tenant = _tenant(report, owner, by=by, at=at)
    except Refused as refusal:
        words = _("%(words)s, who could not be entered: %(why)s") % {"words": words, "why": refusal}
        _note(report, words, action="report.tenant-not-entered", by=by, at=at)
        return None
    return intake.verify(report, tenant, how=[words], by=by, at=at)


def _tenant(report: Report, owner: Homeowner, *, by: Actor, at: datetime) -> Homeowner:
    """The reporter as a person of the register, with a tenancy; the same person for a second report."""
    tenant = register.find_or_add(
        name=report.reporter_name,
        email=report.reporter_email,
        phone=report.reporter_phone,
        region=report.development.country,
        by=by,
        at=at,
    )
    tenures.confirm_tenant(report.unit, tenant=tenant, owner=owner, by=by, at=at)
    return tenant


@transaction.atomic
def deny_tenant(report: Report, owner: Homeowner, *, by: Actor, at: datetime) -> None:
    """*I do not know this person*: noted for the officer, who decides on /intake/; nothing is closed by it."""
    if report.state != ReportState.UNVERIFIED:
        raise MoveRefused(_("This was answered already. Thank you."))
    words = _("%(owner)s does not know %(name)s") % {"owner": owner.name, "name": report.reporter_name}
    _note(report, words, action="report.tenant-denied", by=by, at=at)


def _note(report: Report, words: str, *, action: str, by: Actor, at: datetime) -> None:
    """Writes the answer with its day into the report, once however often it is given."""
    day = at.astimezone(report.development.tz).date().isoformat()
    if intake.note(report, words, day=day):
        audit.record(action, by=by, at=at, about="report", about_id=report.pk, reference=report.reference, reason=words)
