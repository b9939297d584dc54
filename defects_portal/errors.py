"""Pages for what went wrong. They ask nothing of the database, which may be what is broken."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from accounts.access import public

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@public(reason="an error page")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense; 413 when there is too much of it."""
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(loader.get_template("errors/413.html").render(), status=413)
    return HttpResponse(loader.get_template("errors/400.html").render(), status=400)


@public(reason="an error page")
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not your page. Shows the sentence of the refusal, which tells nothing about the row."""
    return render(request, "errors/403.html", {"sentence": sentence_of(exception)}, status=403)


@public(reason="an error page")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not your row; the page does not tell which."""
    return render(request, "errors/404.html", {"is_office": is_office(request)}, status=404)


@public(reason="an error page")
def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the request, so that a broken session or database cannot break this page as well."""
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


@public(reason="an error page")
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token, most often one that stood open while the person signed in elsewhere."""
    sentence = _("This form is no longer valid. Go back, reload the page and send it again.")
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def is_office(request: HttpRequest) -> bool:
    """Behind a page of ours stands a member of the office; for an address that leads nowhere nobody is asked."""
    return request.resolver_match is not None and getattr(getattr(request, "user", None), "is_office", False)


def sentence_of(exception: Exception | None) -> str:
    """The words a refusal was raised with, if any."""
    words = exception.args[0] if exception and exception.args else ""
    return words if isinstance(words, str) else ""
