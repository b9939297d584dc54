"""A signature that was drawn on a screen: kept like any picture, through the bounded decoder."""

from datetime import datetime

from django.core.files.base import ContentFile

from cases.signing import Signature
from documents import uploads
from documents.choices import Kind
from ledger.actors import Actor


def keep(content: bytes, *, by: Actor, at: datetime) -> Signature:
    """The stored image and its SHA-256. `UploadRefused` when it is no picture. Not inside a transaction."""
    file = uploads.store(ContentFile(content, name="signature.png"), by=by, at=at, allow=(Kind.IMAGE,))
    return Signature(file, file.sha256)


def drop(signature: Signature | None, *, by: Actor, at: datetime) -> None:
    """Forgets the image of a signature that was not kept."""
    if signature:
        uploads.discard(signature.file, by=by, at=at)
