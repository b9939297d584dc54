"""Videos of step 2, piece by piece, for both doors: a whole one joins the defect at once, like a picture."""

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from cases import drafts, link_drafts
from cases.evidence import MoveRefused
from cases.models import DraftItem
from documents import pieces, shots
from documents.models import Sending, StoredFile
from portal.reporting.sittings import Sitting

REFUSED = 422


@require_POST
def video_begin(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponseBase:
    """Begins to take a video, unless the defect or a visitor's draft is full; asking again counts only once."""
    item, holder = sitting.item(number), holder_of(sitting, number)
    try:
        if not Sending.objects.filter(holder=holder, client_key=request.POST.get("key", "")).exists():
            admit(item)
    except MoveRefused as refusal:
        return JsonResponse({"error": refusal.sentence, "again": False}, status=REFUSED)
    return pieces.begun(
        request,
        holder=holder,
        at=sitting.at,
        url=lambda sending: sitting.url("video_piece", number, sending.public_id),
    )


def admit(item: DraftItem) -> None:
    """MoveRefused when one more video is too many; a visitor's is counted."""
    full = drafts.fullness([photo.file for photo in item.photos.all()], is_video=True)
    if full:
        raise MoveRefused(full, "photos")
    link_drafts.count_photos(item.draft, link_drafts.VIDEO_COUNTS_AS)


def holder_of(sitting: Sitting, number: int) -> str:
    """A sending belongs to one defect of one draft."""
    return f"{sitting.holder}:{number}"


@require_http_methods(["GET", "HEAD", "POST"])
def video_piece(request: HttpRequest, sitting: Sitting, number: int, public_id: str) -> HttpResponseBase:
    """A piece of a video, or the question how much is here."""
    item = sitting.item(number)

    def kept(file: StoredFile) -> JsonResponse:
        photo = drafts.add_photo(item, file, by=sitting.by, at=sitting.at)
        return shots.kept(photo.file, holder=sitting.holder, thumb=sitting.thumb(photo.file))

    try:
        return pieces.carried_on(
            request, public_id, holder=holder_of(sitting, number), by=sitting.by, at=sitting.at, kept=kept
        )
    except MoveRefused as refusal:
        return JsonResponse({"error": refusal.sentence, "again": False}, status=REFUSED)
