"""PDFs: asked for by a row, handed out by the relay, built by whoever claims them first, kept on the shelf.

This room knows no case and no letter: upper rooms register a `Builder` for each kind of paper in `apps.ready()`.
"""

import hashlib
import json
import logging
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.html import escape

from documents import paths, printing, shelf
from documents.choices import PaperState
from documents.darkroom import Unusable
from documents.models import Paper, StoredFile
from documents.pictures import ready as pictures_ready
from documents.refusals import sentence
from ledger import audit
from ledger.actors import Actor

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""Longer than the worker's hard time limit: whoever still holds a lease is still alive."""
BACKOFF = [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10)]
"""Pauses after failures that are ours; a person waits for a PDF, so it fails visibly within a quarter of an hour."""
MOST_ATTEMPTS = len(BACKOFF) + 1
PICTURE_WAIT = timedelta(seconds=60)
PICTURE_PAUSE = timedelta(seconds=3)
KEEP_REPLACED = timedelta(days=1)
KEEP = timedelta(days=30)
"""A PDF can be made again at any time; nobody's link to one lives longer than this."""
MOST_AT_ONCE = 1000
MADE = "\ue000made\ue000"
"""Stands in the HTML where the moment of making is printed: that alone does not make a paper another one."""


class Gone(Exception):
    """What a paper is about is not there (any more) for the people it is meant for."""


@dataclass
class Content:
    """What a builder answers: the whole HTML, and by name the files that the HTML may show.

    `pictures` maps addresses (`picture:1`) to stored files, `assets` (`asset:logo`) to path or bytes and type; `shows`
    are values that the builder's `may_read` wants to see again at each download.
    """

    html: str
    name: str
    made: str
    pictures: dict[str, StoredFile] = field(default_factory=dict)
    assets: dict[str, printing.Asset] = field(default_factory=dict)
    shows: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """What it shows, the moment of making aside."""
        pictures = [(address, file.sha256, file.state) for address, file in sorted(self.pictures.items())]
        assets = [(address, str(content), mime) for address, (content, mime) in sorted(self.assets.items())]
        shown = json.dumps([self.html, pictures, assets, printing.EDITION])
        return hashlib.sha256(shown.encode()).hexdigest()


@dataclass(frozen=True)
class Builder:
    """One kind of paper. `build` reads rows and renders HTML; `may_read` says whether an account may have it now.

    `title` names it to people, `back` is the page it belongs to (address, words) for this reader.
    """

    title: Callable[[Paper], str | Promise]
    build: Callable[[Paper, datetime], Content]
    may_read: Callable[[Paper, Any], bool]
    back: Callable[[Paper, Any], tuple[str, str]]


builders: dict[str, Builder] = {}


def register(key: str, builder: Builder) -> None:
    """Adds a kind of paper."""
    builders[key] = builder


def title(paper: Paper) -> str:
    """What people call it."""
    return str(builders[paper.key].title(paper))


def may_read(paper: Paper, user: Any) -> bool:
    """Whether this account may have the paper at this moment."""
    return paper.key in builders and builders[paper.key].may_read(paper, user)


def identity_of(key: str, subject: str, subject_id: int, parameters: dict[str, Any]) -> str:
    """The same for every asking of the same paper."""
    return hashlib.sha256(json.dumps([key, subject, subject_id, parameters], sort_keys=True).encode()).hexdigest()


def ask(
    key: str, *, subject: str, subject_id: int, by: Actor, at: datetime, parameters: dict[str, Any] | None = None
) -> Paper:
    """The row of a paper to be made; two who ask at once share one. ValueError for an unknown kind."""
    if key not in builders:
        raise ValueError(f"Nobody makes {key!r}.")
    identity = identity_of(key, subject, subject_id, parameters or {})
    waiting = Paper.objects.filter(identity=identity, state=PaperState.WAITING)
    try:
        with transaction.atomic():
            return waiting.first() or Paper.objects.create(
                key=key,
                subject=subject,
                subject_id=subject_id,
                parameters=parameters or {},
                identity=identity,
                next_try_at=at,
                asked_at=at,
                asked_by_name=by.name[:150],
                asked_by_id=by.user_id,
            )
    except IntegrityError:
        return waiting.get()


def latest(key: str, *, subject: str, subject_id: int, parameters: dict[str, Any] | None = None) -> Paper | None:
    """The newest that is ready."""
    identity = identity_of(key, subject, subject_id, parameters or {})
    return Paper.objects.ready().filter(identity=identity).order_by("-ready_at", "-pk").first()


def due(at: datetime, *, limit: int = 100) -> list[int]:
    """Keys of papers to build now, oldest first: what the relay hands to `tasks.make_paper`."""
    return list(Paper.objects.due(at).order_by("next_try_at", "pk").values_list("pk", flat=True)[:limit])


def make(paper_id: int, *, at: datetime) -> bool:
    """Builds one paper; False when there was nothing to do (another worker has it).

    Must not be called inside a transaction. Failures of ours are tried again with growing pauses, then shown.
    """
    paper = take(paper_id, at)
    if paper is None:
        return False
    try:
        if paper.attempts > MOST_ATTEMPTS:  # every earlier try took its worker down
            raise Unusable("paper-too-much-memory")
        content = builders[paper.key].build(paper, at)
        if at < paper.asked_at + PICTURE_WAIT and not pictures_ready(content.pictures.values()):
            give_back(paper, until=at + PICTURE_PAUSE)
        elif not adopt(paper, content, at):
            build(paper, content, at)
    except Gone:
        fail(paper, "paper-gone")
    except Unusable as fault:
        fail(paper, fault.reason)
    except Exception as error:
        log.exception("Paper %s could not be made.", paper.pk)
        postpone(paper, at, error)
    return True


def take(paper_id: int, at: datetime) -> Paper | None:
    """Claims the paper: the one statement that decides between two workers."""
    claim = uuid.uuid4()
    free = Paper.objects.due(at).filter(pk=paper_id)
    if not free.update(claim=claim, lease_until=at + LEASE, attempts=F("attempts") + 1):
        return None
    return Paper.objects.get(pk=paper_id)


def adopt(paper: Paper, content: Content, at: datetime) -> bool:
    """Takes over the bytes of the last one when it shows just this; True when it did."""
    last = Paper.objects.ready().filter(identity=paper.identity).order_by("-ready_at", "-pk").first()
    if last is None or last.fingerprint != content.fingerprint:
        return False
    finish(paper, content, at=at, path=last.path, pages=last.pages, size=last.size, sha256=last.sha256)
    return True


def build(paper: Paper, content: Content, at: datetime) -> None:
    """Has the press print it and puts it on the shelf, before the row says so."""
    html = content.html.replace(MADE, escape(content.made))
    with shelf.new_file(".pdf") as (file, target):
        found = printing.print_html(html, pictures=content.pictures, assets=content.assets, target=target)
        os.fsync(file.fileno())
        sha256, size = shelf.digest(file)
        path = paths.paper(paper.public_id, at)
        shelf.current().put(target, path)
    finish(paper, content, at=at, path=path, pages=found["pages"], size=size, sha256=sha256)


def finish(paper: Paper, content: Content, *, at: datetime, **facts: Any) -> None:
    """Marks it ready, unless the lease was lost meanwhile."""
    mine(paper).update(
        state=PaperState.READY,
        claim=None,
        lease_until=None,
        ready_at=at,
        failure="",
        name=content.name[:150],
        fingerprint=content.fingerprint,
        shows=content.shows,
        **facts,
    )


def mine(paper: Paper) -> Any:
    """The row, as long as this worker holds it."""
    return Paper.objects.filter(pk=paper.pk, claim=paper.claim)


def give_back(paper: Paper, *, until: datetime) -> None:
    """Waits for pictures; that counts as no try."""
    mine(paper).update(claim=None, lease_until=None, next_try_at=until, attempts=F("attempts") - 1)


def fail(paper: Paper, reason: str) -> None:
    """No more tries: the page says why and offers a button."""
    words = sentence(reason, name=title(paper))
    mine(paper).update(state=PaperState.FAILED, claim=None, lease_until=None, failure=words[:300])


def postpone(paper: Paper, at: datetime, error: Exception) -> None:
    """Gives it back for later, or up after the last pause."""
    if paper.attempts >= MOST_ATTEMPTS:
        fail(paper, "store-full" if isinstance(error, OSError) and error.errno in shelf.NO_ROOM else "paper-broken")
        return
    mine(paper).update(claim=None, lease_until=None, next_try_at=at + BACKOFF[paper.attempts - 1])


@transaction.atomic
def retry(paper: Paper, *, by: Actor, at: datetime) -> Paper:
    """A person presses "try again" on one that failed; the row that is to be made now (another may be waiting)."""
    waiting = Paper.objects.filter(identity=paper.identity, state=PaperState.WAITING).first()
    if waiting or not paper.has_failed:
        return waiting or paper
    again = {"state": PaperState.WAITING, "attempts": 0, "next_try_at": at, "asked_at": at, "failure": ""}
    if Paper.objects.filter(pk=paper.pk, state=PaperState.FAILED).update(**again):
        old = {"failure": paper.failure}
        audit.record("paper-retried", by=by, at=at, about=paper.subject, about_id=paper.subject_id, old=old)
    return Paper.objects.get(pk=paper.pk)


def forget_old(at: datetime) -> int:
    """Removes those that a newer one replaced a day ago, and all that were asked for a month ago."""
    newer = Paper.objects.ready().filter(identity=models.OuterRef("identity"), ready_at__gt=models.OuterRef("ready_at"))
    replaced = models.Q(state=PaperState.READY, asked_at__lt=at - KEEP_REPLACED) & models.Exists(newer)
    old = models.Q(asked_at__lt=at - KEEP) & ~models.Q(state=PaperState.WAITING)
    rows = list(Paper.objects.filter(replaced | old).order_by("pk")[:MOST_AT_ONCE])
    for row in rows:
        forget(row)
    return len(rows)


def forget(paper: Paper) -> None:
    """The row, then its bytes unless another row shows them too."""
    Paper.objects.filter(pk=paper.pk).delete()
    if paper.path and not Paper.objects.filter(path=paper.path).exists():
        shelf.current().remove(paper.path)
