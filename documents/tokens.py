"""Signed names of stored files in a form: they say "this was kept for you" and are worth nothing to anybody else."""

import uuid
from collections.abc import Iterable

from django.core.signing import BadSignature, Signer

from documents.models import StoredFile

SALT = "documents.kept"


def signer(holder: str) -> Signer:
    """`holder` names the person or the draft, such as user:12 or draft:<key>."""
    return Signer(salt=f"{SALT}.{holder}")


def token(file: StoredFile, holder: str) -> str:
    """What the form carries for a file."""
    return signer(holder).sign(file.public_id.hex)


def files_of(tokens: Iterable[str], holder: str) -> list[StoredFile]:
    """The files, in the order of their tokens; tokens forged, of others or of files that are gone are left out."""
    ids = list(dict.fromkeys(filter(None, (read(text, holder) for text in tokens))))
    rows = {row.public_id: row for row in StoredFile.objects.filter(public_id__in=ids).prefetch_related("renditions")}
    return [rows[public_id] for public_id in ids if public_id in rows]


def read(text: str, holder: str) -> uuid.UUID | None:
    """The id in a token of this holder."""
    try:
        return uuid.UUID(hex=signer(holder).unsign(text))
    except (BadSignature, ValueError):
        return None
