"""Which PDFs a case has for the office: what can be asked for, and what is there already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dates import local_date
from cases.models import Case, SignOff
from cases.papers import RESIDENT_RECORD, certificate, closing
from desk.papers import case_record
from documents import papers
from documents.models import Paper
from homeowners.models import Tenure
from units.papers import moment


@dataclass(frozen=True)
class Offer:
    """A PDF that can be asked for: `name` is what the button sends."""

    name: str
    key: str
    subject: str
    subject_id: int
    parameters: dict[str, Any]
    title: str | Promise
    note: str | Promise
    latest: Paper | None = None
    made: str = ""


def offers(case: Case, *, at: datetime) -> list[Offer]:
    """The office's record, one for each person of the home while they see the case, and the closing letters."""
    found = [
        Offer(
            "office",
            case_record.KEY,
            "case",
            case.pk,
            {},
            _("Record for the office"),
            _("Everything, internal notes included. Never give it to the homeowner."),
        ),
        *(_residents(case, at) if case.is_visible else ()),
        *_letters(case),
        *_certificates(case),
    ]
    return [_with_latest(case, offer) for offer in found]


def _residents(case: Case, at: datetime) -> list[Offer]:
    rows = Tenure.objects.filter(unit_id=case.unit_id).in_force(local_date(case, at)).may_confirm()
    return [
        Offer(
            f"resident-{row.pk}",
            RESIDENT_RECORD,
            "case",
            case.pk,
            {"tenure": row.pk},
            str(_("Record for %(name)s")) % {"name": row.homeowner.name},
            _("Only what the home may read: no notes, no priority, no clocks."),
        )
        for row in rows.select_related("homeowner").order_by("pk")
    ]


def _letters(case: Case) -> list[Offer]:
    return [
        Offer(
            f"letter-{letter.number}",
            closing.KEY,
            "closing-letter",
            letter.pk,
            {},
            str(_("Closing letter %(ref)s")) % {"ref": letter.reference},
            _("Withdrawn: the case was opened again.") if letter.withdrawn_at else _("As the homeowner was told."),
        )
        for letter in case.letters.order_by("-number")
    ]


def _certificates(case: Case) -> list[Offer]:
    return [
        Offer(
            f"certificate-{row.number}",
            certificate.KEY,
            certificate.KEY,
            row.pk,
            {},
            str(_("Certificate %(ref)s")) % {"ref": row.reference},
            str(_("Signed by %(name)s, with the whole list.")) % {"name": row.name},
        )
        for row in SignOff.objects.filter(lines__case=case).order_by("-number")
    ]


def _with_latest(case: Case, offer: Offer) -> Offer:
    last = papers.latest(offer.key, subject=offer.subject, subject_id=offer.subject_id, parameters=offer.parameters)
    made = moment(last.ready_at, case.development.tz) if last and last.ready_at else ""
    return Offer(**{**offer.__dict__, "latest": last, "made": made})
