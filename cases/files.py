"""Putting files on a case (product.md 17-18). The bytes are the documents room's; this is who, when, what it shows."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases import clocks, diary, notices, steps
from cases.choices import AttachmentRole, Audience, EventKind
from cases.evidence import MoveRefused
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent, Message
from documents.models import StoredFile
from ledger.actors import Actor

MOST_FILES = 200
"""On one case (quality.md 24)."""


@transaction.atomic
def attach(
    case: Case,
    files: Sequence[StoredFile],
    *,
    role: str,
    by: Actor,
    at: datetime,
    caption: str = "",
    is_visible: bool = False,
    pair_of: Attachment | None = None,
    message: Message | None = None,
) -> list[Attachment]:
    """Add files that are already stored. Staff's start hidden, a homeowner's are the homeowner's to see."""
    if case.attachments.count() + len(files) > MOST_FILES:
        raise MoveRefused(_("A case holds at most %(n)d files.") % {"n": MOST_FILES}, "photos")
    rows = [
        Attachment.objects.create(
            file=file,
            case=case,
            message=message,
            role=role if file.is_seen else AttachmentRole.DOCUMENT,
            caption=caption,
            pair_of=pair_of,
            is_visible=is_visible,
            cycle=case.cycle,
            added_at=at,
            added_by_id=by.user_id,
            added_by_name=by.name,
            added_by_role=by.role,
        )
        for file in files
    ]
    if rows:
        names = [str(row.public_id) for row in rows]
        diary.record(case, EventKind.FILE, by=by, at=at, evidence={"files": names, "role": role}, is_visible=is_visible)
    if any(row.file.kind == "image" for row in rows) and not case.has_photo:
        Case.objects.filter(pk=case.pk).update(has_photo=True)
    return rows


@transaction.atomic
def show(
    case: Case, attachments: Sequence[Attachment], *, by: Actor, at: datetime, mailing: Mailing | None = None
) -> CaseEvent:
    """Show several files to the homeowner at once: one diary row, one mail with the pictures."""
    Attachment.objects.filter(pk__in=[row.pk for row in attachments]).update(is_visible=True)
    names = [str(row.public_id) for row in attachments]
    event = diary.record(
        case, EventKind.VISIBILITY, by=by, at=at, evidence={"files": names, "visible": True}, is_visible=True
    )
    pictures = [row for row in attachments if row.file.is_seen]
    own = mailing or Mailing(by=by, at=at)
    clocks.told(case, at=at)
    steps.refresh(case, at=at)
    residents = notices.recipients(case, [Audience.HOMEOWNER], by=by, at=at)
    notices.tell(case, event, happening(attachments), residents, mailing=own, pictures=pictures)
    if mailing is None:
        own.send()
    return event


def happening(attachments: Sequence[Attachment]) -> str:
    """What the mail says is new: a video before a picture before a document."""
    files = [row.file for row in attachments]
    if any(file.is_video for file in files):
        return "video"
    return "picture" if any(file.is_picture for file in files) else "document"


def pairs(attachments: Sequence[Attachment]) -> list[tuple[Attachment, Attachment]]:
    """Before and after of the same place, from rows at hand; an after without a partner takes the first before."""
    by_id = {row.pk: row for row in attachments}
    attachments = [row for row in attachments if row.file.is_picture]
    before = [row for row in attachments if row.role == AttachmentRole.BEFORE]
    found = []
    for row in attachments:
        if row.role == AttachmentRole.AFTER:
            partner = by_id.get(row.pair_of_id or 0) or (before[0] if before else None)
            if partner:
                found.append((partner, row))
    return found
