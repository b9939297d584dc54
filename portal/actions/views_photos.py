"""The photo link that an officer sends during a call: many pictures and videos within 72 hours, nothing else."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import public
from cases import left_photos, links
from cases.links import Opened
from cases.models import Case
from documents import pieces, serving, shots, tokens
from documents.choices import PICTURES
from documents.fields import PhotosField
from documents.models import StoredFile
from documents.refusals import UploadRefused
from portal.actions.doors import linked, pressed

REASON = "Signed photo link from a mail: takes pictures for one case, shows nothing of it but its name"


class PhotosForm(forms.Form):
    """Pictures or videos, at least one."""

    photos = PhotosField(
        label=_("Pictures or videos"),
        allow=PICTURES,
        most=12,
        required=True,
        error_messages={"required": _("Add at least one picture.")},
    )


def holder(link: Opened) -> str:
    """To whom the hidden values of kept pictures are bound."""
    return f"link:{link.token.pk}"


@public(reason=REASON)
@linked(links.PHOTOS)
@require_http_methods(["GET", "HEAD", "POST"])
def photo_link(request: HttpRequest, link: Opened, token: str) -> HttpResponseBase:
    """Add pictures; the link may be used again within its time."""
    case = link.case
    if case is None:
        raise Http404
    sent = request.method == "POST"
    form = PhotosForm(request.POST if sent else None, request.FILES if sent else None)
    field: Any = form.fields["photos"]
    field.for_sender(
        by=link.actor,
        at=timezone.now(),
        holder=holder(link),
        thumb=lambda file: reverse("photo_link_thumb", args=[token, file.public_id]),
        upload_url=reverse("photo_link_upload", args=[token]),
        videos_url=reverse("photo_link_video", args=[token]),
        drop_url=reverse("photo_link_drop", args=[token]),
    )

    def shown(status: int = 200) -> HttpResponse:
        context = {"case": case, "form": form, "office": case.development, "is_done": request.GET.get("done") == "1"}
        return TemplateResponse(request, "portal/actions/photo_link.html", context, status=status)

    if not sent:
        return shown()
    if not form.is_valid():
        return shown(422)
    return pressed(request, lambda: _keep(case, form, link, token), form, shown)


def _keep(case: Case, form: PhotosForm, link: Opened, token: str) -> str:
    photos = form.cleaned_data["photos"]
    left_photos.send(case, photos, by=link.actor, at=timezone.now())
    return f"{reverse('photo_link', args=[token])}?done=1"


@public(reason=REASON)
@linked(links.PHOTOS)
@require_POST
def photo_link_upload(request: HttpRequest, link: Opened, token: str) -> HttpResponseBase:
    """One picture, from the script; it reaches the case by itself when the button is not pressed."""
    try:
        file = shots.receive(request, by=link.actor, at=timezone.now())
    except UploadRefused as refused:
        return shots.refused(refused)
    return kept(file, link, token)


def kept(file: StoredFile, link: Opened, token: str) -> JsonResponse:
    """Tells the script that the file is safe; from now on it belongs to the case, with the button or without."""
    if link.case:
        left_photos.keep(link.case, file, by=link.actor, at=timezone.now())
    return shots.kept(file, holder=holder(link), thumb=reverse("photo_link_thumb", args=[token, file.public_id]))


@public(reason=REASON)
@linked(links.PHOTOS)
@require_POST
def photo_link_drop(request: HttpRequest, link: Opened, token: str) -> HttpResponse:
    """A picture that was taken out again before the button was pressed stays away from the case."""
    if link.case:
        files = tokens.files_of([request.POST.get("id", "")], holder(link))
        left_photos.drop(link.case, files, by=link.actor)
    return HttpResponse(status=204)


@public(reason=REASON)
@linked(links.PHOTOS)
@require_POST
def photo_link_video(request: HttpRequest, link: Opened, token: str) -> HttpResponseBase:
    """Begins to take a video piece by piece."""
    return pieces.begun(
        request,
        holder=holder(link),
        at=timezone.now(),
        url=lambda sending: reverse("photo_link_video_piece", args=[token, sending.public_id]),
    )


@public(reason=REASON)
@linked(links.PHOTOS)
@require_http_methods(["GET", "HEAD", "POST"])
def photo_link_video_piece(request: HttpRequest, link: Opened, token: str, public_id: str) -> HttpResponseBase:
    """A piece of a video, or the question how much is here."""
    return pieces.carried_on(
        request,
        public_id,
        holder=holder(link),
        by=link.actor,
        at=timezone.now(),
        kept=lambda file: kept(file, link, token),
    )


@public(reason=REASON)
@linked(links.PHOTOS)
def photo_link_thumb(request: HttpRequest, link: Opened, token: str, public_id: str) -> HttpResponseBase:
    """A picture that this link's person has just sent and that is on no case yet."""
    mine = StoredFile.objects.filter(public_id=public_id, attachments__isnull=True, stored_by_name=link.actor.name)
    row = mine.filter(stored_by_id=link.actor.user_id).first()
    if row is None:
        raise Http404
    return serving.serve(request, row, "list")
