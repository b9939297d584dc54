"""Looks at a file that was sent, before anything of it is kept."""

import contextlib
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File

from documents import examination, names, receiving, shelf, sniffing
from documents.choices import EDGE, Kind, Size
from documents.darkroom import Unusable
from documents.examination import Runner
from documents.receiving import Arrival
from documents.refusals import UploadRefused

KIND_OF_FAMILY = {"picture": Kind.IMAGE, "video": Kind.VIDEO, "": None}
LARGEST = {Kind.IMAGE: receiving.LARGEST, Kind.VIDEO: receiving.LARGEST_VIDEO, Kind.DOCUMENT: 25 * 1024 * 1024}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """What is known about a file. `small` is its list size, when the look was deep enough to print one."""

    arrival: Arrival
    name: str
    kind: Kind
    findings: dict[str, Any]
    small: Path | None


@contextlib.contextmanager
def looked_at(
    uploaded: File, *, allow: Collection[str], is_thorough: bool, runner: Runner | None = None
) -> Iterator[Looked]:
    """The file on disk with the findings of the darkroom; `UploadRefused` when it is not one that we keep.

    What the block does not put on the shelf is gone at its end; what this machine fails at inside it is a refusal too.
    """
    name = names.tidy(uploaded.name)
    with (
        refusing(name),
        receiving.arrived(uploaded) as arrival,
        looked_into(arrival, name, allow=allow, is_thorough=is_thorough, runner=runner) as looked,
    ):
        yield looked


@contextlib.contextmanager
def looked_into(
    arrival: Arrival, name: str, *, allow: Collection[str], is_thorough: bool, runner: Runner | None = None
) -> Iterator[Looked]:
    """The same for a file that lies on this disk already."""
    with refusing(name), shelf.new_file() as (_, small):
        family = sniffing.family(arrival.head(sniffing.HEAD))
        kind = allowed_kind(family, arrival, allow)
        is_seen = kind in {Kind.IMAGE, Kind.VIDEO}
        findings = examination.examine(
            arrival.path,
            family,
            outputs={Size.LIST.value: {"path": str(small), "edge": EDGE[Size.LIST]}} if is_seen else {},
            is_thorough=is_thorough and kind != Kind.VIDEO,  # the worker looks at every video again
            seconds=examination.QUICK_SECONDS,
            runner=runner,
        )
        yield Looked(arrival, name, kind, findings, small if findings.get("outputs") else None)


@contextlib.contextmanager
def refusing(name: str) -> Iterator[None]:
    """Whatever is wrong with a file, its sender reads one sentence."""
    try:
        yield
    except Unusable as fault:
        raise UploadRefused(fault.reason, name=name, limit=fault.limit) from fault
    except OSError as error:
        if error.errno in shelf.NO_ROOM:
            raise UploadRefused("store-full", name=name) from error
        log.exception("A file could not be looked at or kept")
        raise UploadRefused("not-now", name=name) from error


def allowed_kind(family: str, arrival: Arrival, allow: Collection[str]) -> Kind:
    """The kind of an allowed file that is neither empty nor too large."""
    if not arrival.size:
        raise Unusable("empty")
    kind = KIND_OF_FAMILY.get(family, Kind.DOCUMENT)
    if kind is None or kind not in allow:
        raise Unusable("video" if kind == Kind.VIDEO else what_is_wanted(allow))
    if arrival.size > LARGEST[kind]:
        raise Unusable("too-large", limit=LARGEST[kind])
    return kind


def what_is_wanted(allow: Collection[str]) -> str:
    """The refusal that names what would have been taken."""
    if set(allow) == {Kind.VIDEO}:
        return "other-video"
    if Kind.DOCUMENT not in allow:
        return "not-a-picture"
    return "unknown" if Kind.IMAGE in allow else "not-a-document"
