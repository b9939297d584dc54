"""Files on their way in: written where they will stay, counted and hashed while they arrive.

`FILE_UPLOAD_HANDLERS` names `ArrivalHandler`, so that a page's last byte is followed by a rename and not by a copy, a
file over the cap costs no disk, and a full disk becomes a sentence at the field instead of an error page.
"""

import contextlib
import hashlib
import io
import os
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from documents import shelf, sniffing
from documents.darkroom import Unusable

LARGEST = 30 * 1024 * 1024
"""Bytes of one file; documents have a lower limit of their own."""
LARGEST_VIDEO = 200 * 1024 * 1024
LARGEST_REQUEST = 250 * 1024 * 1024
"""All files of one request together."""


@dataclass(frozen=True)
class Arrival:
    """A whole file in the incoming folder, safe on disk."""

    path: Path
    sha256: str
    size: int

    def head(self, length: int) -> bytes:
        """Its first bytes."""
        with self.path.open("rb") as file:
            return file.read(length)


class Catch:
    """Bytes of one file as they come: a temporary file, its length and its hash."""

    def __init__(self) -> None:
        descriptor, name = tempfile.mkstemp(dir=shelf.incoming_folder())
        self.file: IO[bytes] = os.fdopen(descriptor, "w+b")
        self.path = Path(name)
        self.sha256 = hashlib.sha256()
        self.size = 0
        # Django forgets a file whose sender hangs up half-way, so the space also comes back with the object.
        self.drop = weakref.finalize(self, release, self.file, self.path)

    def write(self, piece: bytes) -> None:
        """Takes the next bytes."""
        self.file.write(piece)
        self.sha256.update(piece)
        self.size += len(piece)

    def settle(self) -> Arrival:
        """Puts the bytes on the disk for good."""
        self.file.flush()
        os.fsync(self.file.fileno())
        return Arrival(self.path, self.sha256.hexdigest(), self.size)


def largest_of(head: bytes) -> int:
    """How long a file that begins so may be: only a video more than `LARGEST`."""
    return LARGEST_VIDEO if sniffing.family(head[: sniffing.HEAD]) == "video" else LARGEST


def release(file: IO[bytes], path: Path) -> None:
    """Gives the space back; a file that was taken over by the shelf is no longer here."""
    with contextlib.suppress(OSError):  # closing flushes what a full disk has no room for
        file.close()
    path.unlink(missing_ok=True)


class ArrivedFile(UploadedFile):
    """An upload that `ArrivalHandler` caught; `refusal` says why it has no bytes."""

    def __init__(self, catch: Catch | None, name: str | None, *, refusal: str, largest: int, **facts: Any) -> None:
        file = catch.file if catch else io.BytesIO()
        super().__init__(file, name, size=catch.size if catch else 0, **facts)
        self.catch = catch
        self.refusal = refusal
        self.largest = largest

    def close(self) -> None:
        """Django calls this when the request is over."""
        if self.catch:
            self.catch.drop()


class ArrivalHandler(FileUploadHandler):
    """Django's upload handler for every file that any form receives."""

    chunk_size = 256 * 1024

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.received = 0
        self.refusal = ""
        self.largest = LARGEST
        self.catch: Catch | None = None

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """The next file of the request begins."""
        super().new_file(*arguments, **options)
        self.refusal = ""
        self.catch = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Writes a piece, or lets it go once the file is refused."""
        self.received += len(raw_data)
        if not start:
            self.largest = largest_of(raw_data)
        if self.received > LARGEST_REQUEST:
            self.refuse("too-much-at-once")
        elif start + len(raw_data) > self.largest:
            self.refuse("too-large")
        if not self.refusal:
            with self.full_disk_refuses():
                self.catch = self.catch or Catch()
                self.catch.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Hands over what arrived."""
        facts = {
            "content_type": self.content_type,
            "charset": self.charset,
            "content_type_extra": self.content_type_extra,
        }
        catch, self.catch = self.catch, None
        return ArrivedFile(catch, self.file_name, refusal=self.refusal, largest=self.largest, **facts)

    def upload_interrupted(self) -> None:
        """The sender hung up."""
        if self.catch:
            self.catch.drop()

    def refuse(self, reason: str) -> None:
        """Remembers the first reason and gives the space back at once."""
        self.refusal = self.refusal or reason
        if self.catch:
            self.catch.drop()
            self.catch = None

    @contextlib.contextmanager
    def full_disk_refuses(self) -> Iterator[None]:
        """Turns "no space left" into a refusal of this file; the rest of the form still arrives."""
        try:
            yield
        except OSError as error:
            if error.errno not in shelf.NO_ROOM:
                raise
            self.refuse("store-full")


@contextlib.contextmanager
def arrived(uploaded: File) -> Iterator[Arrival]:
    """The uploaded file on disk, whole; gone at the end unless the shelf took it over.

    `Unusable` when it was refused on the way; `OSError` when the disk is full.
    """
    if isinstance(uploaded, ArrivedFile):
        if uploaded.catch is None:
            raise Unusable(uploaded.refusal or "empty", limit=uploaded.largest)
        yield uploaded.catch.settle()
        return
    catch, largest = Catch(), LARGEST
    try:
        for piece in uploaded.chunks():
            largest = largest if catch.size else largest_of(piece)
            if catch.size > largest:
                raise Unusable("too-large", limit=largest)
            catch.write(piece)
        yield catch.settle()
    finally:
        catch.drop()
