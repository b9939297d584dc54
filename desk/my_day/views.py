"""The officer's home."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from accounts.models import User
from accounts.presses import once
from cases import notices
from cases.people import first_name
from desk import shell
from desk.counting import capped
from desk.my_day import others, queues, sections, updates
from desk.outgoing.mails import installation_zone
from desk.outgoing.views import LARGEST
from units.models import Development
from units.wording import day

NOON, EVENING = 12, 18
TILES = ("new", "replies", "to-check", "updates", "contractor", "visits")
LATE = ("contractor",)
SEE_ALL = {
    "new": "state=new",
    "replies": "replies=1",
    "to-check": "state=to-check",
    "updates": "clock=news",
    "contractor": "contractor_late=1",
}
"""The rows of a queue as the table's filters say it."""

Row = dict[str, Any]


@allow(*DESK_ROLES)
@require_safe
def my_day(request: SignedInRequest) -> HttpResponse:
    """What wants this person today, queue by queue."""
    at, user = timezone.now(), request.user
    numbers = shell.waits(user, at)
    visits = others.visits(user, at)
    waiting = updates.sheet(request, updates.waiting(request, at, most=sections.SHOWN), None, at=at)
    lines = sections.lines(user, at) | {updates.QUEUE: [updates.row(line, at) for line in waiting.lines]}
    first = next((key for key in sections.LINED if lines[key]), "")
    place = Development.objects.visible_to(user).order_by("pk").first()
    zone = place.tz if place else installation_zone()
    context = {
        "greeting": _greeting(user, at, zone),
        "sentence": _sentence(numbers, len(visits), at, zone),
        "tiles": [_tile(key, len(visits) if key == "visits" else numbers[key]) for key in TILES],
        "panels": {_id(key): _panel(key, numbers[key], lines[key]) for key in sections.LINED},
        "ticked": sum(line.is_ticked for line in waiting.lines),
        "first": _panel(first, numbers[first], lines[first]) if first else None,
        "walked": _walked(request.GET.get("done", ""), numbers),
        "visits": visits,
        "answered": others.answered(user, at),
        "answered_count": capped(numbers["answered"]),
        "letters": others.letters(user),
        "letters_count": capped(numbers["letters"]),
        "decisions": numbers.get("/decisions/", 0),
        "is_quiet": not (queues.total(numbers) or visits or numbers.get("/decisions/")),
        "rail": shell.rail(user, at, numbers),
    }
    return TemplateResponse(request, "desk/my_day/my_day.html", context)


@allow(*DESK_ROLES)
@require_POST
def letter_done(request: SignedInRequest, notice_id: int) -> HttpResponseRedirect:
    """The person wrote or called."""
    notice = queues.letters_to_do(request.user).filter(pk=min(notice_id, LARGEST)).first()
    if notice is None:
        raise Http404
    at = timezone.now()

    def work() -> str:
        notices.done(notice, by=actor_of(request), at=at)
        messages.success(request, _("Done: %(name)s was told.") % {"name": notice.recipient_name})
        return f"{queues.HOME}#letters"

    return once(request, work, at=at)


def _greeting(user: User, at: datetime, zone: ZoneInfo) -> str:
    hour = at.astimezone(zone).hour
    words = _("Good morning, %(name)s") if hour < NOON else _("Good afternoon, %(name)s")
    words = _("Good evening, %(name)s") if hour >= EVENING else words
    return words % {"name": first_name(user.name)}


def _sentence(numbers: Mapping[str, int], visits: int, at: datetime, zone: ZoneInfo) -> str:
    today = day(at.astimezone(zone).date())
    things = queues.total(numbers)
    wants = ngettext("%(n)s thing wants you today", "%(n)s things want you today", things) % {"n": capped(things)}
    parts = [wants if things else _("Nothing wants you today")]
    if visits:
        parts.append(ngettext("%(n)d visit is booked", "%(n)d visits are booked", visits) % {"n": visits})
    return f"{today}. {', '.join(parts)}."


def _walked(key: str, numbers: Mapping[str, int]) -> str:
    """After the last case of a walk: all done, or how many were skipped."""
    if key not in queues.QUEUES:
        return ""
    left, label = numbers[key], queues.QUEUES[key].label
    if not left:
        return _("All done: nothing more in %(queue)s.") % {"queue": label}
    words = ngettext("The end of %(queue)s: %(n)s still waits.", "The end of %(queue)s: %(n)s still wait.", left)
    return words % {"queue": label, "n": capped(left)}


def _id(key: str) -> str:
    return key.replace("-", "_")


def _tile(key: str, number: int) -> Row:
    kind = "late" if key in LATE and number else ""
    return {"url": f"#{key}", "n": capped(number), "words": queues.QUEUES[key].label, "kind": kind}


def _panel(key: str, number: int, lines: list[Row]) -> Row:
    return {
        "key": key,
        "label": queues.QUEUES[key].label,
        "n": capped(number),
        "kind": {"new": "acc"}.get(key, "late" if key in LATE else ""),
        "lines": lines,
        "can_chase": key == "contractor",
        "url": lines[0]["url"] if lines else "",
        "all_url": f"/cases/?{SEE_ALL[key]}" if number > len(lines) else "",
    }
