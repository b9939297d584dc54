"""Everyday acts on a case: messages, calls, dates, holds and the like. All stand on one confirm panel."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from cases.models import Case
from cases.views import holder_of
from desk.case_page import confirming, doors, people
from desk.case_page.acting import ActDeed
from desk.case_page.acts import ACTS

MESSAGES = ("note", "update", "ask")
"""What `/messages/` takes; without a word about it a message is an internal note."""


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def case_act(request: SignedInRequest, case: Case, name: str) -> HttpResponse:
    """One act of the table."""
    at = timezone.now()
    return confirming.confirm(request, deed_of(request, case, name, at=at), at=at)


@allow(*DESK_ROLES)
@require_http_methods(["GET", "POST"])
@doors.on_case
def case_message(request: SignedInRequest, case: Case) -> HttpResponse:
    """A note, an update or a question: the form says which lane; nothing but `update` and `ask` leaves the office."""
    at = timezone.now()
    sent = request.POST if request.method == "POST" else request.GET
    kind = sent.get("kind", "")
    deed = deed_of(request, case, kind if kind in MESSAGES else MESSAGES[0], at=at)
    if request.method == "POST" and request.POST.get("ready"):
        return confirming.show(request, with_ready_words(deed, request.POST["ready"]), at=at)
    return confirming.confirm(request, deed, at=at)


def with_ready_words(deed: ActDeed, words: str) -> ActDeed:
    """Without a script a chosen ready sentence comes with the form: it is put in and shown before anything is sent."""
    data = deed.data.copy() if deed.data is not None else QueryDict(mutable=True)
    data["words"] = f"{data.get('words', '')} {words}".strip()
    return replace(deed, data=data, sent_files=None)


def deed_of(request: SignedInRequest, case: Case, name: str, *, at: datetime) -> ActDeed:
    """The act of the table with its form, as sent or prefilled."""
    is_sent = request.method == "POST"
    return ActDeed(
        case,
        ACTS[name],
        by=actor_of(request),
        at=at,
        holder=holder_of(request),
        name=name,
        person="" if is_sent else people.main_person(case, people.of_home(case, at)),
        data=request.POST if is_sent else None,
        sent_files=request.FILES if is_sent else None,
    )
