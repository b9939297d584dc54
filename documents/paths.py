"""Where on the shelf a file lies. No ending that a web server would act on, nothing that a person typed."""

import uuid
from datetime import datetime

from documents.choices import Size
from documents.models import StoredFile

ORIGINALS = "originals"
RENDITIONS = "renditions"
PAPERS = "papers"


def original(public_id: uuid.UUID, at: datetime) -> str:
    """The bytes as they came."""
    return f"{ORIGINALS}/{at:%Y/%m}/{public_id}"


def rendition(file: StoredFile, size: Size) -> str:
    """One size of a picture, or the copy of a video; made again it takes the same place."""
    ending = "mp4" if size == Size.PLAY else "jpg"
    return f"{RENDITIONS}/{file.stored_at:%Y/%m}/{file.public_id}-{size.value}.{ending}"


def paper(public_id: uuid.UUID, at: datetime) -> str:
    """One PDF that we made."""
    return f"{PAPERS}/{at:%Y/%m}/{public_id}.pdf"
