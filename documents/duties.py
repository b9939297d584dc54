"""What the documents room has to do from time to time."""

from datetime import datetime, timedelta

from django.core.cache import cache

from documents import papers, sanity, sendings, uploads
from documents.models import StoredFile
from ledger.actors import SYSTEM

KEEP_UNCLAIMED = timedelta(days=30)
"""A picture that was uploaded and never sent with a report: as long as its draft may wait."""
MOST_AT_ONCE = 1000
PAUSE = 24 * 3600
TIDIED = "documents-tidied"


def sweep(*, at: datetime) -> int:
    """Lets go of sendings that nobody went on with; once a day forgets unclaimed files and PDFs that were
    replaced, and removes what killed processes left on the disk.
    """
    expired = sendings.expire(at=at)
    if not cache.add(TIDIED, at.isoformat(), PAUSE):
        return expired
    return expired + forget_unclaimed(at) + papers.forget_old(at) + sanity.tidy(at=at)


def forget_unclaimed(at: datetime) -> int:
    """Discards pictures of drafts that were never sent."""
    forgotten = list(StoredFile.objects.unclaimed().filter(stored_at__lt=at - KEEP_UNCLAIMED)[:MOST_AT_ONCE])
    for file in forgotten:
        uploads.discard(file, by=SYSTEM, at=at)
    return len(forgotten)
