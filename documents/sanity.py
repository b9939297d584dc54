"""Do rows, files and SHA-256 agree? For the command `check_files` and the sweep."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from documents import sendings, shelf
from documents.models import Paper, Rendition, Sending, StoredFile

YOUNG = timedelta(hours=1)
"""A file without a row may still be on its way: no sending takes this long."""
ABANDONED = timedelta(days=1)
"""Files without a row are removed after this."""
BATCH = 500


@dataclass(frozen=True)
class Difference:
    """Something that doesn't agree. `kind` is missing, changed or stray; `sentence` says what to do."""

    kind: str
    path: str
    sentence: str


def check(*, at: datetime) -> Iterator[Difference]:
    """Every difference, in flat memory: reads each original once, so it takes as long as reading the store does."""
    for file in StoredFile.objects.iterator(BATCH):
        yield from check_original(file)
    for row in Rendition.objects.ready().iterator(BATCH):
        yield from check_rendition(row)
    for paper in Paper.objects.ready().iterator(BATCH):
        yield from check_paper(paper)
    for path in strays(older_than=at - YOUNG):
        yield Difference("stray", path, f"{path}: no row knows this file; the sweep removes it after a day.")


def check_original(file: StoredFile) -> Iterator[Difference]:
    """Is it there, as long as it was, with the hash it had?"""
    try:
        with shelf.current().open(file.path) as content:
            found = shelf.digest(content)
    except FileNotFoundError:
        yield Difference("missing", file.path, f"{file.path}: file {file.pk} is gone; restore it from a backup.")
        return
    if found != (file.sha256, file.size):
        yield Difference("changed", file.path, f"{file.path}: file {file.pk} was changed; restore it from a backup.")


def check_rendition(row: Rendition) -> Iterator[Difference]:
    """Is it there, as long as it was?"""
    try:
        with shelf.current().open(row.path) as content:
            size = content.seek(0, os.SEEK_END)
    except FileNotFoundError:
        yield Difference("missing", row.path, f"{row.path}: this size of file {row.file_id} is gone; make it again.")
        return
    if size != row.size:
        yield Difference(
            "changed", row.path, f"{row.path}: this size of file {row.file_id} was changed; make it again."
        )


def check_paper(row: Paper) -> Iterator[Difference]:
    """Is it there, with the hash it had?"""
    try:
        with shelf.current().open(row.path) as content:
            found = shelf.digest(content)
    except FileNotFoundError:
        yield Difference("missing", row.path, f"{row.path}: PDF {row.pk} is gone; ask for it again.")
        return
    if found != (row.sha256, row.size):
        yield Difference("changed", row.path, f"{row.path}: PDF {row.pk} was changed; ask for it again.")


def strays(*, older_than: datetime) -> Iterator[str]:
    """Paths on the shelf that no row knows."""
    found = (path for path, changed in shelf.current().walk() if changed < older_than.timestamp())
    while batch := list(islice(found, BATCH)):
        yield from sorted(set(batch) - known(batch))


def known(paths: Iterable[str]) -> set[str]:
    """Those of the paths that a row points at."""
    originals = StoredFile.objects.filter(path__in=paths).values_list("path", flat=True)
    renditions = Rendition.objects.filter(path__in=paths).values_list("path", flat=True)
    papers = Paper.objects.filter(path__in=paths).values_list("path", flat=True)
    return set(originals).union(renditions, papers)


def tidy(*, at: datetime) -> int:
    """Removes what a killed process left behind a day ago: half arrivals and files without a row."""
    gone = 0
    for path in list(strays(older_than=at - ABANDONED)):
        shelf.current().remove(path)
        gone += 1
    coming = {sendings.place(sending).name for sending in Sending.objects.all()}
    for half in shelf.incoming_folder().iterdir():
        if half.name not in coming and half.stat().st_mtime < (at - ABANDONED).timestamp():
            half.unlink(missing_ok=True)
            gone += 1
    return gone
