"""What a homeowner answers, signed in or by a mail link: one place for both doors."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import damages, files, signing, talk, workflow
from cases.choices import AttachmentRole, Channel, SignAnswer
from cases.models import Attachment, Case
from documents.models import StoredFile
from homeowners.tenures import Home
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
    """Yes, it is fixed: a signature for this one repair."""
    answer = {case: signing.Answer(SignAnswer.ACCEPTED)}
    how = signing.door_of(by)
    signing.sign([case], answer, by=by, at=at, name=by.name, how=how, seen_versions={case: seen_version})


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
    rows = files.attach(case, photos, role=AttachmentRole.BEFORE, is_visible=True, by=by, at=at)
    workflow.move(case, "reopen", by=by, at=at, seen_version=seen_version, words=words)
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).update(cycle=case.cycle)


@transaction.atomic
def damaged(case: Case, given: damages.Damage, *, home: Home, by: Actor, at: datetime) -> Case:
    """Damaged during the repair: a case of its own, reported by the person of this home."""
    return damages.report(case, given, person=home.tenure.homeowner, channel=Channel.PORTAL, by=by, at=at)
