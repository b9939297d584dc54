"""The few lines of a view that takes single photos from `static/js/photos.js`.

try:
    file = shots.receive(request, by=actor_of(request), at=timezone.now())
except UploadRefused as refused:
    return shots.refused(refused)
return shots.kept(file, holder=..., thumb=...)
"""

from collections.abc import Collection
from datetime import UTC, datetime

from django.http import HttpRequest, JsonResponse

from documents import tokens, uploads
from documents.choices import Kind
from documents.models import StoredFile
from documents.refusals import UploadRefused
from ledger.actors import Actor

NAME = "photo"


def receive(request: HttpRequest, *, by: Actor, at: datetime, allow: Collection[str] = uploads.ANYTHING) -> StoredFile:
    """Keeps the one file of this request; `UploadRefused` says why not.

    Taken is what the view allows and the field asked for: a form for photos tells a document's sender at once.
    """
    sent = request.FILES.get(NAME)
    if sent is None:
        raise UploadRefused("empty", name="-")
    wanted = set(request.POST.get("kinds", Kind.IMAGE).split(",")) & set(allow)
    return uploads.store(sent, by=by, at=at, allow=wanted, device_time=device_time(request.POST.get("modified", "")))


def device_time(milliseconds: str) -> datetime | None:
    """The date of the file on the sender's device, which browsers tell in milliseconds since 1970."""
    if not milliseconds.isdecimal() or len(milliseconds) > 14:
        return None
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)


def kept(file: StoredFile, *, holder: str, thumb: str) -> JsonResponse:
    """Tells the script that the photo is safe; `id` goes into the form, signed for `holder`."""
    return JsonResponse({"id": tokens.token(file, holder), "name": file.original_name, "thumb": thumb})


def refused(refusal: UploadRefused) -> JsonResponse:
    """Tells the script why not, and whether trying again can help."""
    return JsonResponse({"error": refusal.sentence, "again": refusal.may_work_later}, status=422)
