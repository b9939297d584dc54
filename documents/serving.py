"""Hands out a stored file to somebody who may see it. The caller has asked `visible_to` of the room that owns it.

Pictures and videos leave only as our own renditions; documents leave as they came, always as a download. Nothing runs
in our origin. Pictures are `private, no-cache`: a phone may keep one, but asks before each use (304), so that rights
end at once; documents and originals are `private, no-store`.
"""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from documents import names
from documents.choices import FileState, RenditionState, Size
from documents.media import Media, media_response
from documents.models import Rendition, StoredFile

ORIGINAL = "original"
KEEP_BUT_ASK = "private, no-cache"
KEEP_NOTHING = "private, no-store"
SMALLER = {Size.PAGE: [Size.PAGE, Size.PDF, Size.LIST], Size.PDF: [Size.PDF, Size.LIST], Size.LIST: [Size.LIST]}
PLACEHOLDERS = Path(__file__).parent / "placeholders"


def serve(
    request: HttpRequest,
    stored_file: StoredFile,
    kind: str = Size.PAGE,
    *,
    download: bool = False,
    evidence: bool = False,
) -> HttpResponseBase:
    """The file as an answer to GET or HEAD: 200, 206, 304, 416, or a redirect to a signed address.

    `kind` is a size of a picture (list, pdf, page), of a video also `play`; a document has only one form, whatever
    `kind` says. A size that is not made yet answers 202 with a small picture saying so; the copy to play is 404 until
    then. `original` of a picture or video needs `evidence=True`, which only a manager's audited export passes;
    otherwise it is 404.
    """
    if not stored_file.is_seen or (evidence and kind == ORIGINAL):
        return media_response(request, original(stored_file))
    if kind not in Size.values:
        raise Http404
    made = best(stored_file, Size(kind))
    if made is None and kind == Size.PLAY:
        raise Http404
    if made is None:
        return placeholder(stored_file)
    return media_response(request, shown(stored_file, made, is_exact=made.kind == kind, download=download))


def original(file: StoredFile) -> Media:
    """The bytes as they came, to be saved and not opened."""
    return Media(
        path=file.path,
        mime=file.mime,
        size=file.size,
        etag=file.sha256[:40],
        name=names.for_download(file.original_name, file.mime),
        is_download=True,
        caching=KEEP_NOTHING,
    )


def shown(file: StoredFile, made: Rendition, *, is_exact: bool, download: bool) -> Media:
    """One of our own JPEGs or MP4s; a smaller one in place of the one asked for is not to be kept."""
    is_film = made.kind == Size.PLAY
    return Media(
        path=made.path,
        mime="video/mp4" if is_film else "image/jpeg",
        size=made.size or 0,
        etag=f"{file.public_id.hex}-{made.kind}-{made.size}",
        name=names.for_rendition(file.original_name, "mp4" if is_film else "jpg"),
        is_download=download,
        caching=KEEP_BUT_ASK if is_exact else KEEP_NOTHING,
    )


def best(file: StoredFile, size: Size) -> Rendition | None:
    """The size asked for, or the next smaller one that is made; nothing stands in for the copy to play."""
    made = {row.kind: row for row in file.renditions.all() if row.state == RenditionState.READY}
    return next((made[name] for name in SMALLER.get(size, [size]) if name in made), None)


def placeholder(file: StoredFile) -> HttpResponse:
    """A picture in place of the picture: "being prepared" (202) or "could not be opened" (200)."""
    has_failed = file.state == FileState.FAILED
    picture = (PLACEHOLDERS / ("failed.png" if has_failed else "waiting.png")).read_bytes()
    response = HttpResponse(picture, content_type="image/png", status=200 if has_failed else 202)
    response["Cache-Control"] = KEEP_NOTHING
    if not has_failed:
        response["Retry-After"] = "2"
    return response
