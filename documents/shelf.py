"""Where bytes lie: `MEDIA_ROOT` on this machine, or a bucket. Files arrive whole or not at all."""

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

CHUNK = 256 * 1024
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Shelf(Protocol):
    """What a place for bytes can do; paths are relative, such as originals/2026/03/<id>."""

    def put(self, source: Path, path: str) -> None:
        """Takes over the file at `source`, which is gone afterwards; readers see all of it or nothing."""

    def open(self, path: str) -> IO[bytes]:
        """A seekable reader; FileNotFoundError when there is nothing."""

    def local(self, path: str) -> contextlib.AbstractContextManager[Path]:
        """A file on this machine with the same bytes, for a tool that wants a path."""

    def remove(self, path: str) -> None:
        """Takes it away; nothing happens when it is not there."""

    def walk(self) -> Iterator[tuple[str, float]]:
        """Every path that is there with the time of its last change (seconds since 1970)."""


class Folder:
    """The shelf below MEDIA_ROOT."""

    @property
    def root(self) -> Path:
        """Read from the settings each time: tests move it."""
        return Path(settings.MEDIA_ROOT)

    def put(self, source: Path, path: str) -> None:
        """A rename inside one file system, made durable in both folders."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
        for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
            sync_folder(folder)

    def open(self, path: str) -> IO[bytes]:
        """The file itself."""
        return (self.root / path).open("rb")

    @contextlib.contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """The file itself."""
        if not (self.root / path).is_file():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        yield self.root / path

    def remove(self, path: str) -> None:
        """Unlinks the file."""
        (self.root / path).unlink(missing_ok=True)

    def walk(self) -> Iterator[tuple[str, float]]:
        """All files but those that are still coming in."""
        for folder, inner, names in os.walk(self.root):
            if Path(folder) == self.root:
                inner[:] = [name for name in inner if name != INCOMING]
            for name in names:
                full = Path(folder, name)
                with contextlib.suppress(FileNotFoundError):
                    yield str(full.relative_to(self.root)), full.stat().st_mtime


class Bucket:
    """The shelf in S3-type storage, through Django's storage interface."""

    def put(self, source: Path, path: str) -> None:
        """One PUT: the object appears when all of it has arrived."""
        with source.open("rb") as file:
            default_storage.save(path, File(file))
        source.unlink()

    def open(self, path: str) -> IO[bytes]:
        """The object, fetched."""
        return default_storage.open(path, "rb")

    @contextlib.contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """A copy that is gone afterwards."""
        with self.open(path) as source, new_file() as (file, name):
            for chunk in chunks(source):
                file.write(chunk)
            file.flush()
            yield name

    def remove(self, path: str) -> None:
        """Deletes the object."""
        default_storage.delete(path)

    def walk(self, folder: str = "") -> Iterator[tuple[str, float]]:
        """All objects, folder by folder."""
        folders, names = default_storage.listdir(folder)
        for name in names:
            path = f"{folder}/{name}".lstrip("/")
            yield path, default_storage.get_modified_time(path).timestamp()
        for inner in folders:
            yield from self.walk(f"{folder}/{inner}".lstrip("/"))


INCOMING = "incoming"


def current() -> Shelf:
    """The shelf that the settings name."""
    return Bucket() if settings.STORAGE_URL else Folder()


def incoming_folder() -> Path:
    """Where files lie until they are whole: in the file system of the shelf, so that a rename is enough."""
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def new_file(suffix: str = "") -> Iterator[tuple[BinaryIO, Path]]:
    """An open file in the incoming folder; removed at the end unless something took it over."""
    descriptor, name = tempfile.mkstemp(suffix=suffix, dir=incoming_folder())
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes a rename survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The rest of the file in pieces."""
    while piece := file.read(CHUNK):
        yield piece


def digest(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 (hex) and length of the rest of the file."""
    sha256, size = hashlib.sha256(), 0
    for piece in chunks(file):
        sha256.update(piece)
        size += len(piece)
    return sha256.hexdigest(), size
