"""The few lines of a view that takes a video piece by piece from `static/js/videos.js`.

POST to the first address with `key`, `name`, `size` begins (or finds again) a sending and answers
`{"url", "offset", "piece"}`; GET of that url asks for the offset; POST to it with `application/octet-stream` and the
header `Upload-Offset` adds a piece (409 with the true offset when it belongs elsewhere). The last piece, or an empty
one when all bytes are there, answers as `documents.shots.kept` does, or 422 with a sentence. A form POST with
`cancel` ends it.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, JsonResponse

from documents import sendings, shots
from documents.models import Sending, StoredFile
from documents.refusals import UploadRefused
from ledger.actors import Actor

PIECES = "application/octet-stream"
OFFSET = "Upload-Offset"


def begun(request: HttpRequest, *, holder: str, at: datetime, url: Callable[[Sending], str]) -> JsonResponse:
    """Begins the sending that the form of this request describes, or answers where it stands."""
    key, size = request.POST.get("key", "")[:64], request.POST.get("size", "")
    try:
        if not key or not size.isdecimal() or len(size) > 15:
            raise UploadRefused("empty", name=request.POST.get("name", "-"))
        sending = sendings.begin(
            holder=holder, client_key=key, name=request.POST.get("name", ""), size=int(size), at=at
        )
    except UploadRefused as refused:
        return shots.refused(refused)
    return JsonResponse({"url": url(sending), **stand(sending)}, status=201)


def stand(sending: Sending) -> dict[str, int]:
    """Where the next piece begins, and how long it may be."""
    return {"offset": sendings.offset_of(sending), "size": sending.size, "piece": sendings.LARGEST_PIECE}


def carried_on(
    request: HttpRequest,
    public_id: str,
    *,
    holder: str,
    by: Actor,
    at: datetime,
    kept: Callable[[StoredFile], JsonResponse],
) -> JsonResponse:
    """One request about a sending of this holder; 404 for everybody else's. `kept` answers for the whole file."""
    sending = Sending.objects.filter(public_id=public_id, holder=holder).select_related("file").first()
    if sending is None:
        raise Http404
    try:
        if sending.expires_at <= at:
            sendings.cancel(sending)
            raise UploadRefused("gone", name=sending.name)
        if request.method == "POST" and request.content_type != PIECES:
            return cancelled(request, sending)
        if request.method == "POST":
            take(request, sending)
        if sending.file:
            return kept(sending.file)
        if request.method == "POST" and sendings.is_whole(sending):
            return kept(sendings.finish(sending, by=by, at=at, device_time=device_time(request)))
    except UploadRefused as refused:
        return shots.refused(refused)
    except sendings.Elsewhere as elsewhere:
        return JsonResponse({**stand(sending), "offset": elsewhere.offset}, status=409)
    except sendings.Busy:
        return JsonResponse({**stand(sending), "busy": True}, status=409)
    return JsonResponse(stand(sending))


def cancelled(request: HttpRequest, sending: Sending) -> JsonResponse:
    """The sender removed the file; anything else than saying so is answered with where it stands."""
    if "cancel" in request.POST:
        sendings.cancel(sending)
        return JsonResponse({"cancelled": True})
    return JsonResponse(stand(sending))


def take(request: HttpRequest, sending: Sending) -> None:
    """The piece that this request carries; an empty one asks only to finish."""
    offset, length = request.headers.get(OFFSET, ""), request.headers.get("Content-Length") or "0"
    if not (offset.isdecimal() and length.isdecimal() and len(offset) < 16 and len(length) < 16):
        raise sendings.Elsewhere(sendings.offset_of(sending))
    if int(length) or int(offset) != sending.size:
        sendings.take(sending, request, int(length), offset=int(offset))  # type: ignore[arg-type]


def device_time(request: HttpRequest) -> datetime | None:
    """The date of the file on the sender's device."""
    return shots.device_time(request.headers.get("Upload-Modified", ""))
