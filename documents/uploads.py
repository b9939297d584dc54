"""Keeps a file that somebody sent, or says in one sentence why not."""

import contextlib
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from documents import moments, paths, shelf, sniffing
from documents.choices import PRINTED, FileState, Kind, RenditionState, Size
from documents.examining import Desks
from documents.looking import Looked, looked_at, refusing
from documents.models import Rendition, StoredFile
from documents.refusals import UploadRefused
from ledger import audit
from ledger.actors import Actor

__all__ = ["UploadRefused", "discard", "store", "store_many"]

ANYTHING = (Kind.IMAGE, Kind.DOCUMENT)
AT_ONCE = 2
"""Files of one request that are looked at side by side."""


def store(
    uploaded: File,
    *,
    by: Actor,
    at: datetime,
    allow: Collection[str] = ANYTHING,
    is_thorough: bool = True,
    device_time: datetime | None = None,
) -> StoredFile:
    """Keeps the file: bytes on disk first, then the row. `UploadRefused` carries a sentence for the sender.

    Not to be called inside a transaction: looking at a file takes up to 7 s, in which SQLite lets nobody else write.
    A quick look (`is_thorough=False`) leaves the decoding of large HEIC, PNG and WebP pictures to the worker.
    `device_time` is the date that the sender's device gave the file.
    """
    with looked_at(uploaded, allow=allow, is_thorough=is_thorough) as looked:
        return keep(looked, by=by, at=at, device_time=device_time)


def store_many(
    sent: Sequence[File], *, by: Actor, at: datetime, allow: Collection[str] = ANYTHING
) -> list[StoredFile | UploadRefused]:
    """`store` for all files of one request, in their order: each is kept or refused for itself.

    Fast enough for five photos in a second: two are looked at side by side, and only a single file thoroughly.
    """
    is_alone = len(sent) == 1
    with contextlib.ExitStack() as stack, Desks(AT_ONCE) as desks, ThreadPoolExecutor(AT_ONCE) as pool:
        runner = None if is_alone else desks.run
        looks = [looked_at(file, allow=allow, is_thorough=is_alone, runner=runner) for file in sent]
        found = list(pool.map(lambda look: entered(stack, look), looks))
        return [look if isinstance(look, UploadRefused) else kept(look, by=by, at=at) for look in found]


def entered(stack: contextlib.ExitStack, look: contextlib.AbstractContextManager[Looked]) -> Looked | UploadRefused:
    """Runs in a thread of its own, so it must not touch the database."""
    try:
        return stack.enter_context(look)
    except UploadRefused as refused:
        return refused


def kept(looked: Looked, *, by: Actor, at: datetime) -> StoredFile | UploadRefused:
    """Keeps one of many: a disk that is full by now refuses this file and not the ones before it."""
    try:
        with refusing(looked.name):
            return keep(looked, by=by, at=at)
    except UploadRefused as refused:
        return refused


def keep(
    looked: Looked,
    *,
    by: Actor,
    at: datetime,
    device_time: datetime | None = None,
    beside: Callable[[StoredFile], object] | None = None,
) -> StoredFile:
    """Files onto the shelf, then the rows; when the rows can't be written the files go again.

    `beside` writes what belongs into the same transaction.
    """
    file = described(looked, by=by, at=at, device_time=device_time)
    with put_back_on_failure() as placed:
        placed.append(file.path)
        shelf.current().put(looked.arrival.path, file.path)
        if looked.small:
            placed.append(paths.rendition(file, Size.LIST))
            shelf.current().put(looked.small, placed[-1])
        with transaction.atomic():
            file.save(force_insert=True)
            Rendition.objects.bulk_create(sizes_of(file, looked, at))
            facts = {"name": file.original_name, "sha256": file.sha256, "size": file.size, "type": file.mime}
            audit.record("file-stored", by=by, at=at, about="file", about_id=file.pk, new=facts)
            if beside:
                beside(file)
    return file


@contextlib.contextmanager
def put_back_on_failure() -> Iterator[list[str]]:
    """Removes what was placed on the shelf when the block fails."""
    placed: list[str] = []
    try:
        yield placed
    except BaseException:
        remove_all(placed)
        raise


def described(looked: Looked, *, by: Actor, at: datetime, device_time: datetime | None) -> StoredFile:
    """The row of a file, not yet written."""
    findings, public_id = looked.findings, uuid.uuid4()
    file = StoredFile(
        public_id=public_id,
        kind=looked.kind,
        mime=sniffing.MIME_OF_FORMAT[findings["format"]],
        original_name=looked.name,
        path=paths.original(public_id, at),
        sha256=looked.arrival.sha256,
        size=looked.arrival.size,
        state=FileState.READY,
        stored_at=at,
        stored_by_name=by.name,
        stored_by_id=by.user_id,
    )
    if file.is_seen:
        file.state = FileState.WAITING
        file.width, file.height = findings["width"], findings["height"]
        file.gps = findings.get("gps")
        file.seconds = whole_seconds(findings.get("seconds"))
        file.captured_at, file.captured_from = moments.taken(findings, at=at, device_time=device_time)
    return file


def whole_seconds(seconds: float | None) -> int | None:
    """How long a video runs, as pages say it; never nothing."""
    return max(1, round(seconds)) if seconds else None


def sizes_of(file: StoredFile, looked: Looked, at: datetime) -> list[Rendition]:
    """A row per size of a picture or video; those already printed are ready."""
    wanted = {Kind.IMAGE: PRINTED, Kind.VIDEO: tuple(Size)}.get(looked.kind, ())
    return [size_of(file, size, looked.findings.get("outputs", {}).get(size), at) for size in wanted]


def size_of(file: StoredFile, size: Size, made: dict[str, int] | None, at: datetime) -> Rendition:
    """The row of one size: ready when it was printed while looking, else a job."""
    if not made:
        return Rendition(file=file, kind=size, next_try_at=at)
    path = paths.rendition(file, size)
    return Rendition(file=file, kind=size, state=RenditionState.READY, next_try_at=at, path=path, **made)


def discard(file: StoredFile, *, by: Actor, at: datetime) -> None:
    """Forgets a draft's file: the rows at once, the bytes when that is certain.

    `ProtectedError` when another room's row still points at the file.
    """
    gone = [file.path, *file.renditions.exclude(path="").values_list("path", flat=True)]
    with transaction.atomic():
        facts = {"name": file.original_name, "sha256": file.sha256, "size": file.size}
        audit.record("file-discarded", by=by, at=at, about="file", about_id=file.pk, old=facts)
        file.delete()
        transaction.on_commit(lambda: remove_all(gone))


def remove_all(gone: list[str]) -> None:
    """Takes the bytes away; what can't be removed now is found by `sanity` later."""
    for path in gone:
        with contextlib.suppress(OSError):
            shelf.current().remove(path)
