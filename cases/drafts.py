"""A report while it is written: saved on the server with every pause in typing, sent once (behaviours R1)."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.phones import quietly
from cases import intake
from cases.choices import AccessTime, Channel, ClaimedRole
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
MOST_ITEMS_BY_LINK = 30
MOST_PHOTOS_OF_AN_ITEM = 12
MOST_VIDEOS_OF_AN_ITEM = 3
SHORTEST_WORDS = 10
MOST_WORDS = 20_000
"""Characters of one text that a draft keeps, more than a report takes: a text too long is refused, not lost."""
REPORTER_FIELDS = ("reporter_name", "reporter_email", "reporter_phone", "claimed_role", "access_wishes", "access_times")
ITEM_FIELDS = ("location", "element_tile", "defect_type", "words", "answers", "is_urgent")


def of_user(user: User, unit: Unit | None = None) -> ReportDraft | None:
    """The newest unsent draft of this person that says anything, of one home or of any; `begun` counts its defects.

    Whoever shows it asks first whether the person still holds `draft.unit`.
    """
    said = Q(items__defect_type__isnull=False) | ~Q(items__words="") | Q(has_photo=True)
    photos = DraftPhoto.objects.filter(item=OuterRef("items"))
    drafts = ReportDraft.objects.filter(user=user, report__isnull=True, **({"unit": unit} if unit else {}))
    begun = drafts.alias(has_photo=Exists(photos)).annotate(begun=Count("items", filter=said, distinct=True))
    return begun.filter(begun__gt=0).select_related("unit__development").first()


def open_of(user: User, unit: Unit) -> ReportDraft | None:
    """The unsent draft that this person's next defect in this home joins; perhaps an empty one."""
    return ReportDraft.objects.filter(user=user, unit=unit, report__isnull=True).first()


def by_key(key: str, unit: Unit) -> ReportDraft | None:
    """The draft of a browser that reports by the unit's link, also once it is sent: then it only leads to a number."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    found = ReportDraft.objects.filter(key=wanted, unit=unit, user__isnull=True)
    return found.select_related("unit__development", "report").first()


@transaction.atomic
def start(unit: Unit, *, user: User | None, at: datetime, address: str = "") -> ReportDraft:
    """A fresh draft with its first, empty fault. Without a user: `link_drafts.start`, which counts."""
    draft = ReportDraft.objects.create(unit=unit, user=user, address=address, started_at=at, saved_at=at)
    DraftItem.objects.create(draft=draft, position=1)
    return draft


def save_reporter(draft: ReportDraft, *, at: datetime, **facts: Any) -> None:
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
    last = draft.items.order_by("-position").first()
    if last and not is_begun(last):
        return last
    most = MOST_ITEMS if draft.user_id else MOST_ITEMS_BY_LINK
    if draft.items.count() >= most:
        raise MoveRefused(_("A report holds at most %(n)d defects. Send it and start another.") % {"n": most})
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


def add_photo(item: DraftItem, file: StoredFile, *, by: Actor, at: datetime) -> DraftPhoto:
    """A stored picture or video joins the fault; the same again gives the first one (a sending that was repeated).

    MoveRefused when the fault is full. Then, and for a repeat, the file is forgotten.
    """
    photos = list(item.photos.select_related("file"))
    same = next((photo for photo in photos if photo.file.sha256 == file.sha256), None)
    if same and same.file_id == file.pk:
        return same
    full = fullness([photo.file for photo in photos], is_video=file.is_video)
    if same or full:
        uploads.discard(file, by=by, at=at)
    if same:
        return same
    if full:
        raise MoveRefused(full, "photos")
    ReportDraft.objects.filter(pk=item.draft_id).update(saved_at=at)
    return DraftPhoto.objects.create(item=item, file=file, added_at=at)


def fullness(files: Sequence[StoredFile], *, is_video: bool) -> str:
    """Why one more picture or video is too many for a fault with these files; empty when it is not."""
    if len(files) >= MOST_PHOTOS_OF_AN_ITEM:
        return _("At most %(n)d pictures for one defect.") % {"n": MOST_PHOTOS_OF_AN_ITEM}
    if is_video and sum(file.is_video for file in files) >= MOST_VIDEOS_OF_AN_ITEM:
        return _("At most %(n)d videos for one defect.") % {"n": MOST_VIDEOS_OF_AN_ITEM}
    return ""


@transaction.atomic
def remove_photo(photo: DraftPhoto, *, by: Actor, at: datetime) -> None:
    """Take a picture out again."""
    file = photo.file
    photo.delete()
    uploads.discard(file, by=by, at=at)


def is_begun(item: DraftItem) -> bool:
    """Something is said of the fault: a kind, words or a picture. A room or a part alone says nothing yet."""
    return bool(item.defect_type_id or item.words.strip() or item.photos.exists())


def missing(item: DraftItem) -> dict[str, str]:
    """What a fault still lacks, by field; a photo is never compulsory."""
    lacks = {}
    if item.location_id is None:
        lacks["location"] = _("Choose the room.")
    if item.defect_type_id is None and len(item.words.strip()) < SHORTEST_WORDS:
        lacks["words"] = missing_words()
    return lacks


def missing_words() -> str:
    """Neither kind nor words."""
    return _("Say in a few words what is wrong.")


def missing_address() -> str:
    """A visitor whom nobody could answer."""
    return _("Give an e-mail address or a phone number, so that we can answer.")


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
            access_wishes=access_words(draft),
        ),
        faults=[_fault(item) for item in items],
        by=by,
        at=at,
    )
    settle(draft, report, at=at)
    return report


def settle(draft: ReportDraft, report: Report, *, at: datetime) -> None:
    """The draft has become this report, which has its pictures now. MoveRefused when it had become one before."""
    if not ReportDraft.objects.filter(pk=draft.pk, report__isnull=True).update(report=report, saved_at=at):
        raise MoveRefused(_("This report was sent already."))
    DraftPhoto.objects.filter(item__draft=draft).delete()


@transaction.atomic
def throw_away(draft: ReportDraft, *, by: Actor, at: datetime) -> None:
    """Forget an unsent draft with its pictures; of one that was sent only what it was typed in."""
    if draft.report_id:  # the pictures are the report's
        DraftPhoto.objects.filter(item__draft=draft).delete()
    for item in draft.items.prefetch_related("photos__file"):
        remove_item(item, by=by, at=at)
    draft.delete()


def access_words(draft: ReportDraft) -> str:
    """When and how we may come, in one text: the times that were ticked, then the reporter's own words."""
    times = [str(AccessTime(time).label) for time in draft.access_times if time in AccessTime.values]
    return "\n".join(filter(None, [", ".join(times), draft.access_wishes.strip()]))


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
        phone = quietly(draft.reporter_phone, draft.unit.development.country) or person.phone
        return Reporter(person.name, person.email, phone, role, person, [_("Signed in to the portal")])
    if len(draft.reporter_name.strip()) < 2:
        raise MoveRefused(_("Tell us your name."), "reporter_name")
    if not draft.reporter_email and not draft.reporter_phone:
        raise MoveRefused(missing_address(), "reporter_email")
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
        phone=quietly(draft.reporter_phone, draft.unit.development.country),
        claimed_role=draft.claimed_role,
    )
