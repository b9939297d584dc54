"""The PDF of a list for its company: while it is made, and to be saved."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.presses import once
from documents import papers as paper_kinds
from documents.media import Media, media_response
from documents.models import Paper
from documents.serving import KEEP_NOTHING
from portal.contractor import pages
from portal.contractor.doors import Door
from works import papers

LOOK_AGAIN = "5"


def newest(door: Door) -> Paper | None:
    """The PDF of the newest revision, else the last one that was asked for."""
    about = papers.about(door.defect_list)
    ready = paper_kinds.latest(papers.KEY, **about)
    identity = paper_kinds.identity_of(papers.KEY, about["subject"], about["subject_id"], about["parameters"])
    return ready or Paper.objects.filter(identity=identity).order_by("-asked_at", "-pk").first()


@require_http_methods(["GET", "HEAD", "POST"])
def list_paper(request: HttpRequest, door: Door) -> HttpResponseBase:
    """How far the PDF is; POST has it made again, once it was let go or failed."""
    if request.method == "POST":
        return once(request, lambda: _ask(door), at=door.at)
    paper = newest(door)
    context = pages.frame(door) | {
        "paper": paper,
        "file": door.url("list_paper_file"),
        "back": door.url("job_list_detail"),
    }
    response: HttpResponse = TemplateResponse(request, "portal/contractor/list_paper.html", context)
    if paper and paper.is_waiting:
        response["Refresh"] = LOOK_AGAIN
    return response


def _ask(door: Door) -> str:
    papers.ask(door.defect_list, by=door.by(), at=door.at)
    return door.url("list_paper")


@require_safe
def list_paper_file(request: HttpRequest, door: Door) -> HttpResponseBase:
    """The PDF itself; private, never kept by a cache."""
    paper = newest(door)
    if paper is None or not paper.is_ready:
        raise Http404
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
