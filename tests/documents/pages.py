"""A form with photos as the upper rooms build it, at /photos/; the script sends single photos to /photos/add/."""

from django import forms
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from accounts.access import actor_of, public
from defects_portal.urls import urlpatterns as site_patterns
from documents import serving, shots
from documents.fields import PhotosField
from documents.models import StoredFile
from documents.uploads import UploadRefused

HOLDER = "user:1"
PAGE = """{% extends "portal_base.html" %}{% block title %}Photos{% endblock %}
{% block content %}<h1>Photos</h1><form method="post" enctype="multipart/form-data" novalidate id="f">{% csrf_token %}
<div><label for="id_words">Words</label><input id="id_words" name="words" value="{{ form.words.value|default:"" }}">
{{ form.words.errors }}</div>
<fieldset><legend>Photos</legend>{{ form.photos }}{{ form.photos.errors }}</fieldset>
<button type="submit" class="btn btn-primary">Send</button></form>{{ form.media }}{% endblock %}"""


def address(file):
    return f"/photos/{file.public_id}/"


class PhotosForm(forms.Form):
    words = forms.CharField()
    photos = PhotosField(most=6)

    def __init__(self, *arguments, by, at, upload_url="", **options):
        super().__init__(*arguments, **options)
        self.fields["photos"].for_sender(by=by, at=at, holder=HOLDER, thumb=address, upload_url=upload_url)


@public(reason="a page of the tests")
def photos(request):
    url = "" if "plain" in request.GET else "/photos/add/"
    form = PhotosForm(
        request.POST or None, request.FILES or None, by=actor_of(request), at=timezone.now(), upload_url=url
    )
    if request.method == "POST" and form.is_valid():
        return HttpResponse("kept " + ", ".join(file.original_name for file in form.cleaned_data["photos"]))
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


@public(reason="a page of the tests")
def photo_add(request):
    try:
        file = shots.receive(request, by=actor_of(request), at=timezone.now())
    except UploadRefused as refused:
        return shots.refused(refused)
    return shots.kept(file, holder=HOLDER, thumb=address(file))


@public(reason="a page of the tests")
def photo(request, public_id):
    file = StoredFile.objects.get(public_id=public_id)
    kind = request.GET.get("kind", "list")
    return serving.serve(request, file, kind, download="download" in request.GET, evidence="evidence" in request.GET)


urlpatterns = [
    *site_patterns,  # what the frame of an error page leads to
    path("photos/", photos),
    path("photos/add/", photo_add),
    path("photos/<uuid:public_id>/", photo),
]
