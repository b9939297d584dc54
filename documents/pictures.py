"""Pictures for mails and paper."""

from collections.abc import Iterable

from documents import shelf
from documents.choices import FileState, RenditionState, Size
from documents.models import Rendition, StoredFile


def ready(files: Iterable[StoredFile]) -> bool:
    """Whether no picture is still being made: every size is ready or has failed for good."""
    keys = [file.pk for file in files]
    return not Rendition.objects.printed().filter(file_id__in=keys, state=RenditionState.WAITING).exists()


def read(file: StoredFile, size: str = Size.PDF) -> bytes | None:
    """The JPEG of one size for embedding; None while there is none."""
    row = Rendition.objects.ready().filter(file=file, kind=size).first()
    if row is None:
        return None
    try:
        with shelf.current().open(row.path) as picture:
            return picture.read()
    except FileNotFoundError:
        return None


class Album:
    """The pictures of one paper: each file gets the address under which the HTML shows it."""

    def __init__(self) -> None:
        self.files: dict[str, StoredFile] = {}

    def add(self, file: StoredFile) -> str:
        """As "picture:3"; nothing for a file that cannot be shown. The same file twice has one address."""
        if not file.is_picture or file.state == FileState.FAILED:
            return ""
        known = next((address for address, other in self.files.items() if other.pk == file.pk), None)
        address = known or f"picture:{len(self.files) + 1}"
        self.files[address] = file
        return address
