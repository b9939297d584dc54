"""Emergency numbers and guidance; they work without an account, because danger does not wait for a sign-in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.access import public
from catalogue.models import GuidanceArticle
from units.models import Development


@public(reason="Emergency numbers never hide behind a sign-in")
def emergency(request: HttpRequest) -> HttpResponse:
    """Whom to call, for each development; one's own is found by its name."""
    developments = list(Development.objects.select_related("calendar").order_by("name"))
    return TemplateResponse(request, "portal/open_pages/emergency.html", {"developments": developments})


@public(reason="Guidance is general advice without personal data")
def guidance_list(request: HttpRequest) -> HttpResponse:
    """The articles in force."""
    articles = list(GuidanceArticle.objects.in_use().order_by("order", "title"))
    return TemplateResponse(request, "portal/open_pages/guidance_list.html", {"articles": articles})


@public(reason="Guidance is general advice without personal data")
def guidance_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article: is it urgent, do this now, what is usually ours and what is not."""
    try:
        article = GuidanceArticle.objects.newest(slug)
    except GuidanceArticle.DoesNotExist as missing:
        raise Http404 from missing
    context = {"article": article, "parts": list(article.parts())}
    return TemplateResponse(request, "portal/open_pages/guidance_detail.html", context)
