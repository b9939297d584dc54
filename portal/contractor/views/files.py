"""Pictures of a list, and taking pictures and videos for its answers."""

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.models import Attachment
from cases.querysets import DEFECT_ROLES
from documents import pieces, serving, shots
from documents.choices import PICTURES
from documents.models import StoredFile
from documents.refusals import UploadRefused
from portal.contractor.doors import Door


@require_safe
def list_picture(request: HttpRequest, door: Door, public_id: str, size: str) -> HttpResponseBase:
    """A picture of a defect on the list; of no other."""
    cases = door.orders().order_by().values("case_id")
    rows = Attachment.objects.pictures().filter(case_id__in=cases, role__in=DEFECT_ROLES, public_id=public_id)
    row = rows.select_related("file").prefetch_related("file__renditions").first()
    if row is None:
        raise Http404
    return serving.serve(request, row.file, size)


@require_POST
def list_upload(request: HttpRequest, door: Door) -> HttpResponseBase:
    """One picture, from the script."""
    try:
        file = shots.receive(request, by=door.by(), at=door.at, allow=PICTURES)
    except UploadRefused as refused:
        return shots.refused(refused)
    return _kept(door, file)


@require_POST
def list_video(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Begins to take a video piece by piece."""
    return pieces.begun(
        request,
        holder=door.holder,
        at=door.at,
        url=lambda sending: door.url("list_video_piece", sending.public_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def list_video_piece(request: HttpRequest, door: Door, public_id: str) -> HttpResponseBase:
    """A piece of a video, or the question how much is here."""
    return pieces.carried_on(
        request,
        public_id,
        holder=door.holder,
        by=door.by(),
        at=door.at,
        kept=lambda file: _kept(door, file),
    )


@require_safe
def list_kept(request: HttpRequest, door: Door, public_id: str) -> HttpResponseBase:
    """A small picture of what was just sent through this door."""
    row = door.kept_files().filter(public_id=public_id).prefetch_related("renditions").first()
    if row is None:
        raise Http404
    return serving.serve(request, row, "list")


def _kept(door: Door, file: StoredFile) -> JsonResponse:
    return shots.kept(file, holder=door.holder, thumb=door.url("list_kept", file.public_id))
