"""What a homeowner answers, signed in or by a mail link: one place for both doors."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import files, talk, workflow
from cases.choices import AttachmentRole
from cases.models import Case
from documents.models import StoredFile
from ledger.actors import Actor


@transaction.atomic
def say(case: Case, words: str, photos: Sequence[StoredFile], *, by: Actor, at: datetime) -> None:
    """A message with its pictures."""
    rows = files.attach(case, photos, role=AttachmentRole.OTHER, is_visible=True, by=by, at=at)
    event = talk.reply(case, words=words, by=by, at=at, files=rows)
    if rows and event.message:
        for row in rows:
            row.message = event.message
            row.save(update_fields=["message"])


@transaction.atomic
def confirm(case: Case, *, seen_version: int, by: Actor, at: datetime) -> None:
    """Yes, it is fixed."""
    workflow.move(case, "confirm", by=by, at=at, seen_version=seen_version, name=by.name)


@transaction.atomic
def not_right(
    case: Case, words: str, photos: Sequence[StoredFile], *, seen_version: int, by: Actor, at: datetime
) -> None:
    """No, not yet, with pictures of what is wrong."""
    files.attach(case, photos, role=AttachmentRole.BEFORE, is_visible=True, by=by, at=at)
    workflow.move(case, "not-right", by=by, at=at, seen_version=seen_version, words=words)


@transaction.atomic
def again(case: Case, words: str, photos: Sequence[StoredFile], *, seen_version: int, by: Actor, at: datetime) -> None:
    """It came back, or I disagree."""
    files.attach(case, photos, role=AttachmentRole.BEFORE, is_visible=True, by=by, at=at)
    workflow.move(case, "reopen", by=by, at=at, seen_version=seen_version, words=words)
