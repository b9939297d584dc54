"""The records of the room, by subject."""

from documents.models.printed import Paper, PaperQuerySet
from documents.models.sent import Sending, SendingQuerySet
from documents.models.stored import Rendition, StoredFile, StoredFileQuerySet, fields_that_claim

__all__ = [
    "Paper",
    "PaperQuerySet",
    "Rendition",
    "Sending",
    "SendingQuerySet",
    "StoredFile",
    "StoredFileQuerySet",
    "fields_that_claim",
]
