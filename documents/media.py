"""Bytes of a private file as an HTTP answer: from here, by nginx (X-Accel-Redirect), or by a bucket (signed URL)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from documents import ranges, shelf

PIECE = 64 * 1024
SMALL = 512 * 1024
SIGNED_FOR = 60
"""Seconds that an address into the bucket works: as long as following a redirect takes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Media:
    """What is to be sent and how."""

    path: str
    mime: str
    size: int
    etag: str
    name: str
    is_download: bool
    caching: str

    @property
    def disposition(self) -> str:
        """Content-Disposition with the name in any alphabet (RFC 6266)."""
        return content_disposition_header(self.is_download, self.name) or "inline"


def media_response(request: HttpRequest, media: Media) -> HttpResponseBase:
    """The answer to GET or HEAD, by whichever way the settings name; all three keep the file private."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if settings.STORAGE_URL:
        return from_bucket(media)
    unchanged = get_conditional_response(request, etag=quote_etag(media.etag))
    if unchanged is not None:
        return with_headers(unchanged, media)
    return with_headers(from_nginx(media) if settings.MEDIA_ACCEL_PREFIX else from_here(request, media), media)


def with_headers(response: HttpResponseBase, media: Media) -> HttpResponseBase:
    """What every answer carries, 304 and 416 included."""
    response["ETag"] = quote_etag(media.etag)
    response["Cache-Control"] = media.caching
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = media.disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def from_bucket(media: Media) -> HttpResponseBase:
    """A redirect to an address that works for a minute; the bucket itself answers Range and If-None-Match."""
    parameters = {
        "ResponseContentDisposition": media.disposition,
        "ResponseContentType": media.mime,
        "ResponseCacheControl": media.caching,
    }
    bucket: Any = default_storage
    response = HttpResponseRedirect(bucket.url(media.path, parameters=parameters, expire=SIGNED_FOR))
    response["Cache-Control"] = "private, no-store"
    return response


def from_nginx(media: Media) -> HttpResponseBase:
    """Nothing but a header: nginx sends the file from an `internal` location, Range included."""
    response = HttpResponse(content_type=media.mime)
    response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL_PREFIX}/{quote(media.path)}"
    return response


def from_here(request: HttpRequest, media: Media) -> HttpResponseBase:
    """200 with all of it, 206 with the span asked for, 416 when there is no such span."""
    try:
        span = wanted(request, media)
    except ranges.NotSatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{media.size}"}, content_type=media.mime)
    length = span.length if span else media.size
    response = body(request, media, span.first if span else 0, length)
    response["Content-Length"] = str(length)
    if span:
        response.status_code = 206
        response["Content-Range"] = f"bytes {span.first}-{span.last}/{media.size}"
    return response


def wanted(request: HttpRequest, media: Media) -> ranges.Span | None:
    """The span asked for; a Range that was meant for another version of the file (If-Range) counts for nothing."""
    condition = request.headers.get("If-Range")
    if condition and condition != quote_etag(media.etag):
        return None
    return ranges.read(request.headers.get("Range", ""), media.size)


def body(request: HttpRequest, media: Media, first: int, length: int) -> HttpResponseBase:
    """The bytes: small ones at once, so that a slow reader holds no file open; others are read as they are sent."""
    try:
        file = shelf.current().open(media.path)
    except FileNotFoundError as error:
        log.exception("A row without its file: %s", media.path)
        raise Http404 from error
    file.seek(first)
    if length > SMALL and request.method != "HEAD":
        return StreamingHttpResponse(Pieces(file, length), content_type=media.mime)
    with file:
        content = file.read(length) if request.method != "HEAD" else b""
    return HttpResponse(content, content_type=media.mime)


class Pieces:
    """Reads a span of an open file piece by piece and closes it, also when the reader hangs up."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file = file
        self.left = length

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (piece := self.file.read(min(PIECE, self.left))):
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        """Called by Django at the end of the answer."""
        self.file.close()
