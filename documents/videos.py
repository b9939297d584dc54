"""Makes the copy of a video that people play. Rows say what is to do, as for pictures (`documents.renditions`)."""

from datetime import datetime, timedelta

from django.db import transaction

from documents import examination, paths, shelf
from documents.choices import Size
from documents.darkroom import Unusable
from documents.models import Rendition, StoredFile
from documents.refusals import sentence
from documents.renditions import MOST_ATTEMPTS, fail, finish, postpone, reason_for, take
from documents.uploads import whole_seconds

LEASE = timedelta(seconds=examination.COPY_SECONDS + 120)
"""Longer than the task's time limit (`documents.tasks.make_playable`)."""


def due(at: datetime) -> list[int]:
    """Keys of videos to copy now: one at a time, so that mails and pictures never wait behind videos."""
    copies = Rendition.objects.filter(kind=Size.PLAY)
    if copies.filter(lease_until__gt=at).exists():
        return []
    waiting = copies.due(at).order_by("next_try_at", "file_id")
    return list(waiting.values_list("file_id", flat=True)[:1])


def make(file_id: int, *, at: datetime) -> bool:
    """Writes the copy of one video; False when there was nothing to do (another worker has it).

    Our own failures are tried again with growing pauses; a video that can't be copied fails, with a sentence.
    """
    claim = take(file_id, at, sizes=(Size.PLAY,), lease=LEASE)
    row = Rendition.objects.filter(claim=claim).select_related("file").first()
    if row is None:
        return False
    file = row.file
    if row.attempts > MOST_ATTEMPTS:  # every earlier try took its worker down
        fail(file, claim, sentence("too-much-memory", name=file.original_name))
        return True
    try:
        with shelf.current().local(file.path) as original, shelf.new_file(".mp4") as (_, target):
            facts = examination.examine(
                original, "video", copy=target, is_thorough=True, seconds=examination.COPY_SECONDS
            )
            seconds = whole_seconds(facts.pop("seconds"))
            shelf.current().put(target, paths.rendition(file, Size.PLAY))
    except Unusable as fault:
        fail(file, claim, sentence(reason_for(file, fault), name=file.original_name))
    except OSError as error:
        postpone(file, claim, attempts=row.attempts, at=at, error=error)
    else:
        with transaction.atomic():
            finish(file, claim, {Size.PLAY: facts})
            StoredFile.objects.filter(pk=file.pk).update(seconds=seconds)
    return True
