"""Emergency numbers and guidance; they work without an account, because danger does not wait for a sign-in."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.access import public
from catalogue import guidance
from catalogue.models import GuidanceArticle
from homeowners.tenures import homes_of
from portal.open_pages import process
from units import policies, targets
from units.models import Development

GENERAL = "Guidance is general advice without personal data"
LONGEST_SEARCH = 100


@public(reason="Emergency numbers never hide behind a sign-in")
def emergency(request: HttpRequest) -> HttpResponse:
    """Whom to call, for each development, one's own first; how quickly somebody answers and comes."""
    found = developments_for(request.user, at=timezone.now())
    books = targets.books(found)
    places = [{"development": each, "lines": process.at_once(books[each.pk])} for each in found]
    return TemplateResponse(request, "portal/open_pages/emergency.html", {"places": places})


def developments_for(user: Any, *, at: datetime) -> list[Development]:
    """All developments by name, those in which this person has a home first."""
    mine = {home.unit.development_id for home in homes_of(user, at)}
    found = Development.objects.select_related("calendar").order_by("name")
    return sorted(found, key=lambda development: development.pk not in mine)


@public(reason=GENERAL)
def guidance_list(request: HttpRequest) -> HttpResponse:
    """The articles in force; with `q` those that hold its words."""
    sought = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    articles = list(GuidanceArticle.objects.in_use().order_by("order", "title"))
    context = {"articles": guidance.matching(articles, sought) if sought else articles, "sought": sought}
    return TemplateResponse(request, "portal/open_pages/guidance_list.html", context)


@public(reason=GENERAL)
def guidance_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One article as it is in force: is it urgent, do this now, what is usually ours and what is not."""
    try:
        return article_page(request, GuidanceArticle.objects.newest(slug))
    except GuidanceArticle.DoesNotExist as missing:
        raise Http404 from missing


@public(reason=GENERAL)
def guidance_revision(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """One article as it was sent with a decision or a message, also after it was reworded or withdrawn."""
    article = get_object_or_404(GuidanceArticle, slug=slug, revision=revision)
    newer = GuidanceArticle.objects.in_use().filter(slug=slug).first() if article.is_retired else None
    return article_page(request, article, newer=newer)


def article_page(request: HttpRequest, article: GuidanceArticle, newer: GuidanceArticle | None = None) -> HttpResponse:
    """The page of one revision; `newer` is named on an older one."""
    homes = {home.unit.development_id: home.unit.development for home in homes_of(request.user, timezone.now())}
    if len(homes) == 1:  # what is agreed for the reader's home; for everybody else the article's own numbers
        (development,) = homes.values()
        policies.quote_numbers([article], development, on=timezone.localdate(timezone=development.tz))
    context = {"article": article, "parts": list(article.parts()), "newer": newer}
    return TemplateResponse(request, "portal/open_pages/guidance_detail.html", context)


@public(reason=GENERAL)
def process_list(request: HttpRequest) -> HttpResponse:
    """How a report goes: of the one development of this person, or of the one that is chosen."""
    at = timezone.now()
    found = list({home.unit.development_id: home.unit.development for home in homes_of(request.user, at)}.values())
    found = found or list(Development.objects.order_by("name"))
    if len(found) == 1:
        return process_page(request, found[0].code, at=at)
    return TemplateResponse(request, "portal/open_pages/process_list.html", {"developments": found})


@public(reason=GENERAL)
def process_detail(request: HttpRequest, code: str) -> HttpResponse:
    """How a report goes in one development: steps, times, cover, what to do when you disagree or sell."""
    return process_page(request, code, at=timezone.now())


def process_page(request: HttpRequest, code: str, *, at: datetime) -> HttpResponse:
    """The page, from the development's own rows."""
    development = get_object_or_404(Development.objects.select_related("calendar"), code=code.upper())
    return TemplateResponse(request, "portal/open_pages/process_detail.html", process.context(development, at=at))
