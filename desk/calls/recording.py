"""Turning a call into what it is: faults gathered for one report, or words on a case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import drafts, intake, talk
from cases.choices import Channel, ClaimedRole
from cases.intake import Arrival, Fault, Reporter
from cases.models import Case, DraftItem, Report, ReportDraft
from desk.calls.forms import CallForm
from homeowners.choices import CONFIRMING_ROLES
from ledger.actors import Actor


@transaction.atomic
def keep(form: CallForm, user: User, draft: ReportDraft | None, *, at: datetime) -> ReportDraft:
    """*Save and add another*: the fault waits for the others of this call, in its draft."""
    unit = form.card.tenure.unit
    draft = draft or ReportDraft.objects.create(user=user, unit=unit, started_at=at, saved_at=at)
    item = drafts.add_item(draft, at=at)
    asked = form.cleaned_data
    drafts.save_item(
        item,
        at=at,
        location=asked["location"],
        element_tile=asked["element"],
        defect_type=asked["kind"],
        words=asked["words"],
        is_urgent=asked["is_urgent"],
    )
    for file in asked["photos"]:
        drafts.add_photo(item, file, by=user.actor(), at=at)
    return draft


def remove(draft: ReportDraft | None, item: str, user: User, *, at: datetime) -> None:
    """Takes a noted fault out of the call; one that is gone already is no matter."""
    for fault in faults_of(draft):
        if str(fault.pk) == item:
            drafts.remove_item(fault, by=user.actor(), at=at)


def faults_of(draft: ReportDraft | None) -> list[DraftItem]:
    """What was noted so far, in order."""
    if draft is None:
        return []
    items = draft.items.select_related("location", "defect_type").prefetch_related("photos__file")
    return [item for item in items if item.location_id]


@transaction.atomic
def file(form: CallForm, user: User, draft: ReportDraft | None, *, at: datetime) -> Report:
    """*Save*: one report with all faults of the call, one receipt."""
    tenure = form.card.tenure
    asked = form.cleaned_data
    faults = [
        Fault(
            location=item.location,  # type: ignore[arg-type]
            words=item.words,
            element_tile=item.element_tile,
            defect_type=item.defect_type,
            is_urgent=item.is_urgent,
            files=[photo.file for photo in item.photos.all()],
        )
        for item in faults_of(draft)
    ]
    faults.append(
        Fault(
            location=asked["location"],
            words=asked["words"],
            element_tile=asked["element"],
            defect_type=asked["kind"],
            is_urgent=asked["is_urgent"],
            files=asked["photos"],
        )
    )
    report = intake.file_report(
        tenure.unit, reporter=_reporter(form), arrival=_arrival(form, at=at), faults=faults, by=user.actor(), at=at
    )
    if draft:
        drafts.settle(draft, report, at=at)
    return report


def _reporter(form: CallForm) -> Reporter:
    tenure = form.card.tenure
    person = tenure.homeowner
    role = ClaimedRole.OWNER if tenure.role in CONFIRMING_ROLES else ClaimedRole.TENANT
    ticked = [form.card.ticks[int(index)] for index in form.cleaned_data["identity"]]
    known = person if form.is_known else None
    return Reporter(person.name, person.email, person.phone, role, known, ticked)


def _arrival(form: CallForm, *, at: datetime) -> Arrival:
    asked = form.cleaned_data
    received = asked["received"]
    channel = Channel.PHONE.value if asked["how"] in {"in", "out"} else asked["how"]
    notice = {"none": None, "given": received, "confirm": at}[asked["notice"]]
    return Arrival(channel, received, received, notice, asked["words"], asked["access"])


def send_link(report: Report, by: Actor, *, at: datetime) -> bool:
    """The link for photos of the first case that the homeowner sees; False where there is none yet."""
    case = Case.objects.for_page().filter(report_item__report=report).order_by("pk").first()
    if case is None or not case.is_visible:
        return False
    talk.send_photo_link(case, by=by, at=at)
    return True


def about(form: CallForm, case: Case, user: User, *, at: datetime) -> None:
    """Words about an open case: a call in its diary."""
    asked = form.cleaned_data
    talk.call(
        case,
        words=asked["words"],
        with_whom=form.card.tenure.homeowner.name,
        direction="out" if asked["how"] == "out" else "in",
        also_mail=asked["also_mail"],
        by=user.actor(),
        at=at,
    )


def said(report: Report) -> str:
    """What the officer reads after saving."""
    return _("%(ref)s is saved and its receipt is on the way.") % {"ref": report.reference}
