"""The page of a PDF while it is made, its download, and "try again": the same for the office and for the home.

Who may: asked of the paper's builder at every request. Nobody else learns that it exists.
"""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import STAFF_ROLES, Role
from cases.papers import readers
from documents import papers
from documents.media import Media, media_response
from documents.models import Paper
from documents.serving import KEEP_NOTHING

LOOK_AGAIN = "5"
"""Seconds after which a browser without script asks again; with script it has the answer by then."""
READERS = (*STAFF_ROLES, Role.HOMEOWNER)


def find(request: SignedInRequest, public_id: UUID) -> Paper:
    """The paper, if this person may have it at this moment; 404 otherwise, as for one that does not exist."""
    paper = Paper.objects.filter(public_id=public_id).first()
    if paper is None or not papers.may_read(paper, request.user):
        raise Http404
    return paper


@allow(*READERS)
@never_cache
@require_safe
def paper_detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How far the PDF is: being made, ready to be saved, or why not."""
    paper = find(request, public_id)
    is_office = readers.is_staff(request.user)
    url, words = papers.builders[paper.key].back(paper, request.user)
    context = {"paper": paper, "title": papers.title(paper), "back": url, "back_words": words}
    template = "cases/paper_office.html" if is_office else "cases/paper_home.html"
    response = TemplateResponse(request, template, context)
    if paper.is_waiting:
        response["Refresh"] = LOOK_AGAIN
    return response


@allow(*READERS)
@require_safe
def paper_file(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The PDF itself, to be saved; private, never kept by a cache."""
    paper = find(request, public_id)
    if not paper.is_ready:
        return HttpResponseRedirect(reverse("paper_detail", args=[public_id]))
    media = Media(
        path=paper.path,
        mime="application/pdf",
        size=paper.size or 0,
        etag=paper.sha256[:40],
        name=paper.name,
        is_download=True,
        caching=KEEP_NOTHING,
    )
    return media_response(request, media)


@allow(*READERS)
@require_POST
def paper_retry(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Make one that failed once more."""
    paper = find(request, public_id)
    at = timezone.now()

    def work() -> str:
        again = papers.retry(paper, by=actor_of(request), at=at)
        return reverse("paper_detail", args=[again.public_id])

    return presses.once(request, work, at=at)
