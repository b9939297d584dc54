"""Makes the pictures of a photo or video. Rows say what is to do; whoever calls `make` first does it."""

import contextlib
import uuid
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from documents import examination, paths, shelf
from documents.choices import EDGE, PRINTED, FileState, RenditionState, Size
from documents.darkroom import Unusable
from documents.models import Rendition, StoredFile
from documents.refusals import sentence
from ledger import audit
from ledger.actors import Actor

LEASE = timedelta(minutes=3)
"""Longer than the worker's hard time limit: whoever still holds a lease is still alive."""
BACKOFF = [timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]
"""Pauses after failures that are ours (a full disk, a killed child); after the last one it has failed."""
MOST_ATTEMPTS = len(BACKOFF) + 1


def due(at: datetime, *, limit: int = 100) -> list[int]:
    """Keys of files with sizes to make now, oldest first: what the relay hands to `tasks.make_renditions`."""
    waiting = Rendition.objects.due(at).printed().order_by("next_try_at", "file_id").values_list("file_id", flat=True)
    return list(dict.fromkeys(waiting[: limit * len(PRINTED)]))[:limit]


def make(file_id: int, *, at: datetime) -> bool:
    """Makes every due picture of one file in one decode; False when there was nothing to do (another worker has it).

    Our own failures are tried again with growing pauses; a picture that can't be opened fails at once, with a sentence.
    """
    claim = take(file_id, at)
    sizes = {Size(row.kind): row for row in Rendition.objects.filter(claim=claim).select_related("file")}
    if not sizes:
        return False
    file, attempts = next(iter(sizes.values())).file, max(row.attempts for row in sizes.values())
    if attempts > MOST_ATTEMPTS:  # every earlier try took its worker down
        fail(file, claim, sentence("too-much-memory", name=file.original_name))
        return True
    try:
        with shelf.current().local(file.path) as original, temporary(sizes) as targets:
            made = develop(file, original, targets)
            for size, target in targets.items():
                shelf.current().put(target, paths.rendition(file, size))
    except Unusable as fault:
        fail(file, claim, sentence(reason_for(file, fault), name=file.original_name))
    except OSError as error:
        postpone(file, claim, attempts=attempts, at=at, error=error)
    else:
        finish(file, claim, made)
    return True


def take(file_id: int, at: datetime, *, sizes: Collection[Size] = PRINTED, lease: timedelta = LEASE) -> uuid.UUID:
    """Claims the due ones of these sizes: the one statement that decides between two workers."""
    claim = uuid.uuid4()
    Rendition.objects.due(at).filter(file_id=file_id, kind__in=sizes).update(
        claim=claim, lease_until=at + lease, attempts=F("attempts") + 1
    )
    return claim


def reason_for(file: StoredFile, fault: Unusable) -> str:
    """The key of the sentence: nobody sends a simpler copy of a video."""
    return "video-too-slow" if file.is_video and fault.reason == "too-slow" else fault.reason


@contextlib.contextmanager
def temporary(sizes: dict[Size, Rendition]) -> Iterator[dict[Size, Path]]:
    """A file in the incoming folder per size."""
    with contextlib.ExitStack() as stack:
        yield {size: stack.enter_context(shelf.new_file(".jpg"))[1] for size in sizes}


def develop(file: StoredFile, original: Path, targets: dict[Size, Path]) -> dict[str, dict[str, Any]]:
    """Has the darkroom decode the original once and write all targets."""
    outputs = {size.value: {"path": str(target), "edge": EDGE[size]} for size, target in targets.items()}
    findings = examination.examine(
        original,
        "video" if file.is_video else "picture",
        outputs=outputs,
        is_thorough=True,
        seconds=examination.PATIENT_SECONDS,
    )
    return findings["outputs"]


def finish(file: StoredFile, claim: uuid.UUID, made: dict[str, dict[str, Any]]) -> None:
    """Marks what was made, unless the lease was lost meanwhile."""
    with transaction.atomic():
        for size, facts in made.items():
            path = paths.rendition(file, Size(size))
            row = Rendition.objects.filter(claim=claim, kind=size)
            row.update(state=RenditionState.READY, claim=None, lease_until=None, path=path, **facts)
        settle(file)


def settle(file: StoredFile) -> None:
    """The file is ready when its last size is."""
    if not file.renditions.exclude(state=RenditionState.READY).exists():
        StoredFile.objects.filter(pk=file.pk).update(state=FileState.READY, failure="")


def fail(file: StoredFile, claim: uuid.UUID, failure: str) -> None:
    """No more tries: the picture shows as failed, with the sentence."""
    with transaction.atomic():
        lost = Rendition.objects.filter(claim=claim).update(state=RenditionState.FAILED, claim=None, lease_until=None)
        if lost:
            StoredFile.objects.filter(pk=file.pk).update(state=FileState.FAILED, failure=failure[:300])


def postpone(file: StoredFile, claim: uuid.UUID, *, attempts: int, at: datetime, error: OSError) -> None:
    """Gives the sizes back for later, or up after the last pause."""
    if attempts >= MOST_ATTEMPTS:
        fail(file, claim, f"{file.original_name}: {error.strerror or error}")
        return
    Rendition.objects.filter(claim=claim).update(claim=None, lease_until=None, next_try_at=at + BACKOFF[attempts - 1])


@transaction.atomic
def retry(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """A person presses "try again" on a picture or video that failed."""
    file.renditions.filter(state=RenditionState.FAILED).update(
        state=RenditionState.WAITING, attempts=0, next_try_at=at, claim=None, lease_until=None
    )
    StoredFile.objects.filter(pk=file.pk, state=FileState.FAILED).update(state=FileState.WAITING, failure="")
    audit.record("file-retried", by=by, at=at, about="file", about_id=file.pk, old={"failure": file.failure})
