"""`/inbox/`: under DEBUG, where every mail is kept in a folder, its codes and links can be followed here."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path

from accounts.access import public
from outbox import inbox

REASON = "a demo has no mailbox; answers 404 unless DEBUG is on"


@public(reason=REASON)
def mail_list(request: HttpRequest) -> HttpResponseBase:
    """The newest mails."""
    refuse_outside_demo()
    return TemplateResponse(request, "inbox/mail_list.html", {"mails": inbox.newest()})


@public(reason=REASON)
def mail_detail(request: HttpRequest, name: str) -> HttpResponseBase:
    """One mail: its head and its plain text, links to be followed."""
    return TemplateResponse(request, "inbox/mail_detail.html", {"mail": find(name)})


@public(reason=REASON)
def mail_html(request: HttpRequest, name: str) -> HttpResponseBase:
    """The formatted part alone, in a sandbox: no script, no form, nothing fetched, only the styles it came with."""
    html = find(name).html
    response = HttpResponse(html)
    styles = " ".join(["'unsafe-hashes'", *inbox.style_hashes(html)])
    response["Content-Security-Policy"] = (
        f"default-src 'none'; img-src data:; style-src {styles}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox allow-top-navigation"
    )
    return response


def find(name: str) -> inbox.KeptMail:
    """One kept mail, or 404."""
    refuse_outside_demo()
    mail = inbox.read(name)
    if mail is None:
        raise Http404
    return mail


def refuse_outside_demo() -> None:
    """404 unless DEBUG is on."""
    if not settings.DEBUG:
        raise Http404


urlpatterns = [
    path("", mail_list, name="inbox"),
    path("<slug:name>/", mail_detail, name="inbox_mail"),
    path("<slug:name>/html/", mail_html, name="inbox_html"),
]
