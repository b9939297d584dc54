"""The small sizes of pictures that travel inside a mail."""

from collections.abc import Iterator

from documents import pictures as store
from documents.choices import Size
from outbox.models import OutgoingMail
from outbox.wire import Inline

# Up to so many pictures are sent in the size for paper (480 px, sharp on a phone), more in the size for lists.
FEW = 6


def inline_pictures(mail: OutgoingMail) -> Iterator[Inline]:
    """The pictures of the mail that are ready, in its order; the others are left out."""
    pictures = list(mail.pictures.all()) if mail.may_have_pictures else []
    size = Size.PDF if len(pictures) <= FEW else Size.LIST
    for picture in pictures:
        content = store.read(picture.file, size)
        if content:
            yield Inline(picture.order, f"picture-{picture.order}.{mail.message_id.strip('<>')}", content)
