"""A report while it is written: saved on the server with every pause in typing, sent once (behaviours R1)."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cases import intake
from cases.choices import Channel, ClaimedRole
from cases.evidence import MoveRefused
from cases.intake import Arrival, Fault, Reporter
from cases.models import DraftItem, DraftPhoto, Report, ReportDraft
from documents import uploads
from documents.models import StoredFile
from homeowners.choices import CONFIRMING_ROLES
from homeowners.matching import match
from homeowners.tenures import Home
from ledger.actors import Actor
from units.models import Unit

MOST_ITEMS = 400
MOST_PHOTOS_OF_AN_ITEM = 12
SHORTEST_WORDS = 10
REPORTER_FIELDS = ("reporter_name", "reporter_email", "reporter_phone", "claimed_role", "access_wishes")
ITEM_FIELDS = ("location", "element_tile", "defect_type", "words", "answers", "is_urgent")


def of_user(user: User, unit: Unit) -> ReportDraft | None:
    """The unsent draft of this person for this home, newest first."""
    return ReportDraft.objects.filter(user=user, unit=unit, report__isnull=True).first()


def by_key(key: str, unit: Unit) -> ReportDraft | None:
    """The unsent draft of a browser that reports by the unit's link."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    return ReportDraft.objects.filter(key=wanted, unit=unit, user__isnull=True, report__isnull=True).first()


@transaction.atomic
def start(unit: Unit, *, user: User | None, at: datetime) -> ReportDraft:
    """A fresh draft with its first, empty fault."""
    draft = ReportDraft.objects.create(unit=unit, user=user, started_at=at, saved_at=at)
    DraftItem.objects.create(draft=draft, position=1)
    return draft


def save_reporter(draft: ReportDraft, *, at: datetime, **facts: str) -> None:
    """Keep what was typed about the reporter, right or not yet right."""
    kept = {name: value for name, value in facts.items() if name in REPORTER_FIELDS}
    ReportDraft.objects.filter(pk=draft.pk, report__isnull=True).update(saved_at=at, **kept)
    draft.refresh_from_db()


def save_item(item: DraftItem, *, at: datetime, **facts: Any) -> None:
    """Keep what was chosen and typed of one fault, complete or not."""
    kept = {name: value for name, value in facts.items() if name in ITEM_FIELDS}
    DraftItem.objects.filter(pk=item.pk, draft__report__isnull=True).update(**kept)
    ReportDraft.objects.filter(pk=item.draft_id).update(saved_at=at)
    item.refresh_from_db()


@transaction.atomic
def add_item(draft: ReportDraft, *, at: datetime) -> DraftItem:
    """One more fault in the same sitting; an empty one at the end is used first."""
    items = draft.items.order_by("-position")
    last = items.first()
    if last and not is_begun(last):
        return last
    if items.count() >= MOST_ITEMS:
        raise MoveRefused(_("A report holds at most %(n)d defects. Send it and start another.") % {"n": MOST_ITEMS})
    top = draft.items.aggregate(top=Max("position"))["top"] or 0
    ReportDraft.objects.filter(pk=draft.pk).update(saved_at=at)
    return DraftItem.objects.create(draft=draft, position=top + 1)


@transaction.atomic
def remove_item(item: DraftItem, *, by: Actor, at: datetime) -> None:
    """Take a fault out of the draft with its pictures."""
    files = [photo.file for photo in item.photos.select_related("file")]
    item.delete()
    for file in files:
        uploads.discard(file, by=by, at=at)


def add_photo(item: DraftItem, file: StoredFile, *, at: datetime) -> DraftPhoto:
    """A stored picture joins the fault."""
    if item.photos.count() >= MOST_PHOTOS_OF_AN_ITEM:
        raise MoveRefused(_("At most %(n)d pictures for one defect.") % {"n": MOST_PHOTOS_OF_AN_ITEM}, "photos")
    return DraftPhoto.objects.create(item=item, file=file, added_at=at)


@transaction.atomic
def remove_photo(photo: DraftPhoto, *, by: Actor, at: datetime) -> None:
    """Take a picture out again."""
    file = photo.file
    photo.delete()
    uploads.discard(file, by=by, at=at)


def is_begun(item: DraftItem) -> bool:
    """Anything was chosen, typed or photographed."""
    return bool(item.location_id or item.words.strip() or item.photos.exists())


def missing(item: DraftItem) -> dict[str, str]:
    """What a fault still lacks, by field; a photo is never compulsory."""
    lacks = {}
    if item.location_id is None:
        lacks["location"] = _("Choose the room.")
    if item.defect_type_id is None and len(item.words.strip()) < SHORTEST_WORDS:
        lacks["words"] = _("Say in a few words what is wrong.")
    return lacks


@transaction.atomic
def send(draft: ReportDraft, *, home: Home | None, by: Actor, at: datetime) -> Report:
    """Turn the draft into a report, once: sending it again gives the same report.

    `home` is the signed-in person's tenure; without it the reporter is compared with the register, where the link
    itself says nothing about the person. MoveRefused names the first fault that lacks something.
    """
    won = ReportDraft.objects.select_related("report").get(pk=draft.pk)
    if won.report:
        return won.report
    items = [item for item in draft.items.prefetch_related("photos__file") if is_begun(item)]
    if not items:
        raise MoveRefused(_("Describe at least one defect."), "words")
    for item in items:
        for field, sentence in missing(item).items():
            raise MoveRefused(sentence, f"item-{item.position}-{field}")
    report = intake.file_report(
        draft.unit,
        reporter=_reporter(draft, home, at=at),
        arrival=Arrival(
            channel=Channel.PORTAL if home else Channel.LINK,
            reported_at=at,
            received_at=at,
            notice_received_at=at,
            access_wishes=draft.access_wishes,
        ),
        faults=[_fault(item) for item in items],
        by=by,
        at=at,
    )
    if not ReportDraft.objects.filter(pk=draft.pk, report__isnull=True).update(report=report, saved_at=at):
        raise MoveRefused(_("This report was sent already."))
    DraftPhoto.objects.filter(item__draft=draft).delete()
    return report


def _fault(item: DraftItem) -> Fault:
    return Fault(
        location=item.location,  # type: ignore[arg-type]
        words=item.words.strip(),
        element_tile=item.element_tile,
        defect_type=item.defect_type,
        answers=item.answers,
        is_urgent=item.is_urgent,
        files=[photo.file for photo in item.photos.all()],
    )


def _reporter(draft: ReportDraft, home: Home | None, *, at: datetime) -> Reporter:
    if home:
        person = home.tenure.homeowner
        role = ClaimedRole.OWNER if home.role in CONFIRMING_ROLES else ClaimedRole.TENANT
        return Reporter(person.name, person.email, person.phone, role, person, [_("Signed in to the portal")])
    if len(draft.reporter_name.strip()) < 2:
        raise MoveRefused(_("Tell us your name."), "reporter_name")
    if not draft.reporter_email and not draft.reporter_phone:
        raise MoveRefused(_("Give an e-mail address or a phone number, so that we can answer."), "reporter_email")
    found = match(
        unit=draft.unit,
        name=draft.reporter_name,
        phone=draft.reporter_phone,
        email=draft.reporter_email,
        on=at.astimezone(draft.unit.development.tz).date(),
        unit_counts=False,
    )
    return intake.reporter_from(
        found,
        name=draft.reporter_name.strip(),
        email=draft.reporter_email.strip().lower(),
        phone=draft.reporter_phone,
        claimed_role=draft.claimed_role,
    )
