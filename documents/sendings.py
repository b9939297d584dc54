"""Large files that come piece by piece, over lines that break: begin, take a piece, finish, cancel, expire.

The bytes lie in the incoming folder, in the file system of the shelf; the row says how many of them count. A piece
counts once it is whole, on the disk, and its row is written; what a killed process left behind it is written over.
Several web machines share `MEDIA_ROOT`, or one browser always meets the same one.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.db import IntegrityError, transaction
from django.http import UnreadablePostError

from documents import looking, names, receiving, shelf, uploads
from documents.choices import Kind
from documents.models import Sending, StoredFile
from documents.receiving import Arrival, Catch
from documents.refusals import UploadRefused
from ledger.actors import Actor

LARGEST_PIECE = 4 * 1024 * 1024
EXPIRES_AFTER = timedelta(hours=72)
MOST_UNFINISHED = 6
"""Of one holder."""
KEEP_FREE = 500 * 1024 * 1024
"""Bytes that stay free on the disk: forms and status changes come before videos."""


class Elsewhere(Exception):
    """The piece does not begin where the file ends; `offset` is where it does."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Busy(Exception):
    """Another request is writing or looking at this very file."""


def begin(*, holder: str, client_key: str, name: str, size: int, at: datetime) -> Sending:
    """The sending of this file; asking again gives the same one. `UploadRefused` says why there can be none."""
    name = names.tidy(name)
    if size < 1:
        raise UploadRefused("empty", name=name)
    if size > receiving.LARGEST_VIDEO:
        raise UploadRefused("too-large", name=name, limit=receiving.LARGEST_VIDEO)
    known = Sending.objects.filter(holder=holder, client_key=client_key).first()
    if known and known.size == size and known.expires_at > at:
        return known
    if known:
        cancel(known)
    if Sending.objects.filter(holder=holder).unfinished().count() >= MOST_UNFINISHED:
        raise UploadRefused("too-many-begun", name=name)
    if shutil.disk_usage(shelf.incoming_folder()).free < size + KEEP_FREE:
        raise UploadRefused("store-full", name=name)
    facts = {"name": name, "size": size, "begun_at": at, "expires_at": at + EXPIRES_AFTER}
    try:
        with transaction.atomic():
            return Sending.objects.create(holder=holder, client_key=client_key, **facts)
    except IntegrityError:  # the other one of two equal requests was first
        return Sending.objects.get(holder=holder, client_key=client_key)


def place(sending: Sending) -> Path:
    """Where its bytes lie while they come."""
    return shelf.incoming_folder() / f"sending-{sending.public_id}"


def offset_of(sending: Sending) -> int:
    """How many bytes count. A file that is shorter than its row (a disk restored, say) begins anew."""
    if sending.file_id:
        return sending.size
    there = place(sending).stat().st_size if place(sending).exists() else 0
    if there < sending.received:
        Sending.objects.filter(pk=sending.pk, received=sending.received).update(received=0)
        sending.received = 0
    return sending.received


def take(sending: Sending, source: IO[bytes], length: int, *, offset: int) -> int:
    """Adds a piece of `length` bytes and returns the new offset.

    `Elsewhere` when the piece belongs somewhere else, `Busy` when another one is being written, `UploadRefused` when
    the piece would not fit the file or the disk. A piece that is cut off on its way counts for nothing.
    """
    if offset != offset_of(sending):
        raise Elsewhere(sending.received)
    if not 0 < length <= min(LARGEST_PIECE, sending.size - offset):
        raise UploadRefused("too-large", name=sending.name, limit=receiving.LARGEST_VIDEO)
    with looking.refusing(sending.name), caught(source, length) as piece, locked(sending) as file:
        fresh = Sending.objects.get(pk=sending.pk)
        if fresh.received != offset or piece.size != length:
            raise Elsewhere(fresh.received)
        file.seek(offset)
        piece.file.seek(0)
        shutil.copyfileobj(piece.file, file, shelf.CHUNK)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
        Sending.objects.filter(pk=sending.pk, received=offset).update(received=offset + length)
    sending.received = offset + length
    return sending.received


@contextlib.contextmanager
def caught(source: IO[bytes], length: int) -> Iterator[Catch]:
    """The piece in a file of its own first: a slow line holds no lock, and half a piece harms nothing."""
    catch = Catch()
    try:
        with contextlib.suppress(UnreadablePostError):  # the line broke: what came is not counted
            while catch.size < length and (some := source.read(min(shelf.CHUNK, length - catch.size))):
                catch.write(some)
        yield catch
    finally:
        catch.drop()


@contextlib.contextmanager
def locked(sending: Sending) -> Iterator[IO[bytes]]:
    """The file on its way, for one process at a time; `Busy` for every other."""
    descriptor = os.open(place(sending), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield file


def is_whole(sending: Sending) -> bool:
    """All bytes are here; what is left is to look at them."""
    return offset_of(sending) == sending.size


def finish(sending: Sending, *, by: Actor, at: datetime, device_time: datetime | None = None) -> StoredFile:
    """Looks at the whole file and keeps it; a second call gives the same file. Not inside a transaction.

    `UploadRefused` when it is no video that we keep: then the sending is over.
    """
    try:
        with locked(sending):
            sending.refresh_from_db()
            if sending.file:
                place(sending).unlink(missing_ok=True)
                return sending.file
            return looked_at_and_kept(sending, by=by, at=at, device_time=device_time)
    except UploadRefused as refused:
        if not refused.may_work_later:
            cancel(sending)
        raise


def looked_at_and_kept(sending: Sending, *, by: Actor, at: datetime, device_time: datetime | None) -> StoredFile:
    """The file with its row; the sending learns of it in the same transaction."""
    whole = place(sending)
    with looking.refusing(sending.name):
        with whole.open("rb") as file:
            sha256, size = shelf.digest(file)
        if size != sending.size:
            raise Elsewhere(offset_of(sending))
        arrival = Arrival(whole, sha256, size)
        with looking.looked_into(arrival, sending.name, allow={Kind.VIDEO}, is_thorough=False) as looked:
            mine = Sending.objects.filter(pk=sending.pk)
            return uploads.keep(
                looked, by=by, at=at, device_time=device_time, beside=lambda file: mine.update(file=file)
            )


def cancel(sending: Sending) -> None:
    """Lets go of a file that is not wanted any more. One that is finished is kept: others may point at it."""
    Sending.objects.filter(pk=sending.pk).delete()
    place(sending).unlink(missing_ok=True)


def expire(*, at: datetime) -> int:
    """For the sweep: lets go of what nobody went on with for 72 hours, and of the rows of finished ones."""
    gone = list(Sending.objects.expired(at)[:1000])
    for sending in gone:
        cancel(sending)
    return len(gone)
