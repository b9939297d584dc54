"""The filters that a person used last, until sign-out; the words that were searched for are not kept."""

from django.http import HttpRequest

from cases.forms.search import CaseSearchForm

KEY = "case-filters"


def query(request: HttpRequest) -> str:
    """The query to go on with, or nothing."""
    return str(request.session.get(KEY, ""))


def keep(request: HttpRequest, form: CaseSearchForm) -> None:
    """Keeps what the address asks for; the session is written only when that changed."""
    asked = form.query(q=None)
    if query(request) != asked:
        request.session[KEY] = asked


def forget(request: HttpRequest) -> None:
    """The person pressed *Clear*."""
    request.session.pop(KEY, None)
