"""Handing out the files of cases, and taking single photos beforehand. Who may see what: `Attachment.visible_to`."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES, Role
from cases.models import Attachment
from documents import pieces, serving, shots
from documents.choices import Size
from documents.models import StoredFile
from documents.refusals import UploadRefused

DOCUMENT = "original-document"
"""The size under which a document stands in an address; of a picture nobody gets the original here."""


@allow(*Role)
@require_safe
def case_file(request: SignedInRequest, public_id: str, size: str) -> HttpResponseBase:
    """One file of a case to somebody who may see it; to everybody else it does not exist, at any size.

    `?save` hands out a video to be kept.
    """
    attachments = Attachment.objects.visible_to(request.user).select_related("file").distinct()
    attachment = get_object_or_404(attachments.prefetch_related("file__renditions"), public_id=public_id)
    return serving.serve(request, attachment.file, size, download="save" in request.GET)


@allow(*Role)
@require_safe
def kept_file(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """A small picture of a file that this person uploaded and that is on no case yet."""
    kept = StoredFile.objects.filter(stored_by_id=request.user.pk, attachments__isnull=True)
    file = get_object_or_404(kept.seen().prefetch_related("renditions"), public_id=public_id)
    return serving.serve(request, file, Size.LIST)


@allow(*DESK_ROLES, Role.HOMEOWNER)
@require_POST
def file_upload(request: SignedInRequest) -> HttpResponseBase:
    """Takes one photo of a form that is still being filled in (`static/js/photos.js`)."""
    try:
        file = shots.receive(request, by=actor_of(request), at=timezone.now())
    except UploadRefused as refused:
        return shots.refused(refused)
    return shots.kept(file, holder=holder_of(request), thumb=thumb(file))


@allow(*DESK_ROLES, Role.HOMEOWNER)
@require_POST
def video_begin(request: SignedInRequest) -> HttpResponseBase:
    """Begins to take a video piece by piece (`static/js/videos.js`), or says where it stands."""
    return pieces.begun(
        request,
        holder=holder_of(request),
        at=timezone.now(),
        url=lambda sending: reverse("video_piece", args=[sending.public_id]),
    )


@allow(*DESK_ROLES, Role.HOMEOWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def video_piece(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """A piece of a video of this person, or the question how much is here."""
    return pieces.carried_on(
        request,
        public_id,
        holder=holder_of(request),
        by=actor_of(request),
        at=timezone.now(),
        kept=lambda file: shots.kept(file, holder=holder_of(request), thumb=thumb(file)),
    )


def holder_of(request: HttpRequest) -> str:
    """Whose the hidden values of uploaded files are (`documents.tokens`): the signed-in person's."""
    return f"user:{request.user.pk}"


def thumb(file: StoredFile) -> str:
    """Where a file just uploaded is shown to the one who sent it."""
    return reverse("kept_file", args=[file.public_id])
