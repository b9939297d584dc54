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


@transaction.atomic
def confirm_tenant(report: Report, owner: Homeowner, *, by: Actor, at: datetime) -> list[Case]:
    """*Yes, my tenant*: the reporter gets a tenancy from today, the report is verified and its cases open."""
    if report.state != ReportState.UNVERIFIED:
        raise MoveRefused(_("This was answered already. Thank you."))
    tenant = register.add_person(
        name=report.reporter_name,
        email=report.reporter_email,
        phone=report.reporter_phone,
        region=report.development.country,
        by=by,
        at=at,
    )
    tenures.confirm_tenant(report.unit, tenant=tenant, owner=owner, by=by, at=at)
    return intake.verify(report, tenant, how=[_("%(name)s confirmed the tenant") % {"name": owner.name}], by=by, at=at)


@transaction.atomic
def deny_tenant(report: Report, owner: Homeowner, *, by: Actor, at: datetime) -> None:
    """*I do not know this person*: noted for the officer, who decides on /intake/; nothing is closed by it."""
    if report.state != ReportState.UNVERIFIED:
        raise MoveRefused(_("This was answered already. Thank you."))
    words = _("%(owner)s does not know %(name)s (%(at)s).") % {
        "owner": owner.name,
        "name": report.reporter_name,
        "at": at.astimezone(report.development.tz).date().isoformat(),
    }
    Report.objects.filter(pk=report.pk, state=ReportState.UNVERIFIED).update(verified_how=[*report.verified_how, words])
    audit.record(
        "report.tenant-denied",
        by=by,
        at=at,
        about="report",
        about_id=report.pk,
        reference=report.reference,
        reason=words,
    )
