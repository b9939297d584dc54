"""The numbers in the desk's rail, on every page of the office.

A middleware and not a context processor: pages are rendered without asking the database, so the numbers are fetched
before, like everything else that a page shows. They cost one query.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from accounts.models import User
from cases.choices import OPEN_STATES, DecisionState
from cases.counters.keys import RECEIVED
from cases.models import CaseCount, DecisionRequest, Report
from desk.counting import capped, counts
from desk.my_day import queues
from desk.outgoing import mails
from units.querysets import in_scope

Row = dict[str, Any]

CASES = "/cases/"
"""The entry whose number the counters hold: exact however large."""


class RailMiddleware:
    """Gives pages of the office the context `rail`, unless their view did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before the view."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Called between a view and the rendering of its template."""
        user = request.user
        if isinstance(user, User) and is_desk_page(request) and "rail" not in (response.context_data or {}):
            response.context_data = {**(response.context_data or {}), "rail": rail(user, timezone.now())}
        return response


def is_desk_page(request: HttpRequest) -> bool:
    """A page that is marked for the office, shown to somebody of the office."""
    mark = getattr(getattr(request.resolver_match, "func", None), "access_mark", ())
    role = getattr(request.user, "role", "")
    return role in STAFF_ROLES and not isinstance(mark, str) and role in mark


def rail(user: User, at: datetime, numbers: Mapping[str, int] | None = None) -> list[Row]:
    """How much waits behind each entry; one query, none when `numbers` are at hand. Zero is not shown."""
    found = numbers or waits(user, at)
    shown = {name: found[name] for name in found if name.startswith("/")}
    if user.is_desk:
        shown[queues.HOME] = queues.total(found)
    words = {url: capped(number) for url, number in shown.items() if number}
    if CASES in words:
        words[CASES] = f"{shown[CASES]:,}"
    return [{"url": url, "count": number} for url, number in words.items()]


def waits(user: User, at: datetime, **more: QuerySet) -> dict[str, int]:
    """What waits for this person: by queue, by the address of each list, and what a page counts `more`; one query."""
    rows: dict[str, QuerySet] = {
        "/intake/": Report.objects.visible_to(user).to_verify(),
        "/outgoing/": mails.visible_to(user).failed(),
    }
    if user.is_desk:
        rows |= {key: queues.to_count(key, user, at) for key in queues.QUEUES}
    if user.role == Role.MANAGER:
        rows["/decisions/"] = DecisionRequest.objects.visible_to(user).filter(state=DecisionState.WAITING)
    return counts(rows | more, anchor=User.objects.filter(pk=user.pk), held={CASES: _open(user)})


def _open(user: User) -> "QuerySet[CaseCount]":
    """The counters of a person's open cases: an officer's own, everybody's for others."""
    counters = CaseCount.objects.filter(in_scope(user, "development"), kind=RECEIVED, status__in=OPEN_STATES)
    return counters.filter(officer=user) if user.role == Role.OFFICER else counters
