"""The videos of a case as `components/video.html` plays them, for every audience. Reads rows at hand, asks nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Attachment, Case
from documents.choices import FileState, Size
from units.wording import day


@dataclass(frozen=True)
class Film:
    """One video; `waiting` are words in place of the player while there is nothing to play, or when there never is."""

    public_id: str
    src: str
    poster: str
    caption: str
    when: str
    length: str
    width: int
    height: int
    waiting: str
    is_failed: bool
    is_visible: bool

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"video-{self.public_id}"


def film(attachment: Attachment, case: Case) -> Film:
    """The addresses and words of one video."""
    file = attachment.file
    taken = (file.captured_at or attachment.added_at).astimezone(case.development.tz).date()
    is_failed = file.state == FileState.FAILED
    waiting = "" if file.state == FileState.READY else _("We are preparing the video")
    return Film(
        public_id=str(attachment.public_id),
        src=reverse("case_file", args=[attachment.public_id, Size.PLAY]),
        poster=reverse("case_file", args=[attachment.public_id, Size.PAGE]),
        caption=attachment.caption or file.original_name,
        when=day(taken),
        length=file.length,
        width=file.width or 640,
        height=file.height or 360,
        waiting=_("This video could not be prepared") if is_failed else waiting,
        is_failed=is_failed,
        is_visible=attachment.is_visible,
    )


def films(attachments: Iterable[Attachment], case: Case) -> list[Film]:
    """All videos among these files."""
    return [film(row, case) for row in attachments if row.file.is_video]
