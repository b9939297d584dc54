"""Why a file is not kept, said to the person who sent it in one sentence with the file's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_MINUTES = 15
"""Of a video (`darkroom.films.LONGEST_SECONDS`, which a test compares)."""
SENTENCES: dict[str, Promise | str] = {
    "empty": _("“%(name)s” is empty. Perhaps it was not yet downloaded to your device."),
    "too-large": _("“%(name)s” is larger than %(limit)s MB. Please send a smaller copy."),
    "too-much-at-once": _("“%(name)s” did not fit into this sending. Please send fewer files at a time."),
    "unknown": _("“%(name)s” is not a picture or document that we can open. Please send photos, PDF or office files."),
    "not-a-picture": _("“%(name)s” is not a picture that we can open. Please send a photo (JPEG, PNG, WebP or HEIC)."),
    "not-a-document": _("“%(name)s” is not a document that we can open. Please send a PDF or an office file."),
    "not-a-table": _(
        "“%(name)s” is not a table that we can read. Please save it as CSV or Excel (.xlsx) and send that."
    ),
    "no-rows": _("“%(name)s” holds no rows. Perhaps the table is on a hidden sheet."),
    "too-many-rows": _("“%(name)s” has more than 30,000 rows. Please send it in parts."),
    "video": _("“%(name)s” is a video. We can keep only photos here: please send one or two photos of the same thing."),
    "other-video": _("“%(name)s” is not a video that we can play. Please send MP4, MOV or WebM."),
    "no-picture": _("“%(name)s” holds no moving picture that we can open. Please send it again."),
    "too-long": _("“%(name)s” is longer than %(minutes)s minutes. Please send the part that shows the defect."),
    "too-sharp": _("“%(name)s” is sharper than 4K video. Please send a smaller copy."),
    "video-too-slow": _("“%(name)s” takes too long to prepare. Please send a shorter or smaller copy."),
    "too-many-begun": _("“%(name)s” must wait: other videos are still being sent. Finish or remove them first."),
    "gone": _("“%(name)s” waited too long and was let go. Please choose it again."),
    "damaged": _("“%(name)s” is damaged or did not arrive whole. Please send it again."),
    "too-many-pixels": _("“%(name)s” has more than 60 million pixels. Please send a smaller copy."),
    "too-much-memory": _("“%(name)s” is too large for us to open. Please send a smaller copy."),
    "too-slow": _("“%(name)s” takes too long to open. Please send a simpler or smaller copy."),
    "bomb": _("“%(name)s” unpacks to far more than a document holds. Please send it as a PDF."),
    "macros": _("“%(name)s” contains macros. Please save it without macros, or send it as a PDF."),
    "paper-too-slow": _("“%(name)s” takes longer to make than we allow. Ask for a smaller part, or tell the office."),
    "paper-too-much-memory": _("“%(name)s” holds too much for one PDF. Ask for a smaller part, or tell the office."),
    "paper-broken": _("“%(name)s” could not be made. Try again in a minute; if it fails once more, tell the office."),
    "paper-gone": _("“%(name)s” could not be made: what it is about is no longer there for its reader."),
    "not-now": _("“%(name)s” could not be kept just now. Please send it again in a minute."),
    "store-full": _("“%(name)s” could not be kept: our store is full. Nothing you typed is lost; please try later."),
}


def sentence(reason: str, *, name: str, limit: int = 0) -> str:
    """The sentence for one of the reasons in `SENTENCES`; `limit` is in bytes."""
    return str(SENTENCES[reason]) % {"name": name, "limit": limit // 1024**2, "minutes": LONGEST_MINUTES}


class UploadRefused(Exception):
    """A file is not kept. `sentence` is for the person who sent it, `reason` for the program."""

    def __init__(self, reason: str, *, name: str, limit: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name
        self.limit = limit

    @property
    def sentence(self) -> str:
        """In the language of whoever reads it now."""
        return sentence(self.reason, name=self.name, limit=self.limit)

    @property
    def may_work_later(self) -> bool:
        """Whether sending the same file again can help."""
        return self.reason in {"store-full", "not-now", "too-much-at-once", "too-many-begun"}

    def __str__(self) -> str:
        return self.sentence
