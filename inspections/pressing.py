"""What the pages of visits share: finding one, pressing a button once, coming back with a sentence at its field."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch
from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone

from accounts import presses
from accounts.access import SignedInRequest
from accounts.choices import Role
from cases.evidence import MoveRefused
from cases.models import Case
from inspections.conflicts import Doubled
from inspections.models import Visit
from inspections.querysets import VisitQuerySet

STAFF = (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
FIELDS = {"starts_at": "on", "ends_at": "closes", "arrived_at": "arrived"}
"""Where a refusal of a verb stands on the page."""


def visible(request: SignedInRequest) -> VisitQuerySet:
    """Visits in scope with their homes and cases."""
    cases = Prefetch("cases", Case.objects.for_page())
    return Visit.objects.visible_to(request.user).for_page().prefetch_related(cases)


def find(request: SignedInRequest, reference: str) -> Visit:
    """A visit by `V-12` in any case and punctuation."""
    number = reference.strip().upper().removeprefix("V").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    visit = visible(request).filter(number=int(number)).first()
    if visit is None:
        raise Http404
    return visit


def with_cases(rows: Iterable[Visit]) -> list[tuple[Visit, list[Case]]]:
    """Visits, each with its cases at hand."""
    return [(visit, list(visit.cases.all())) for visit in rows]


def press(
    request: SignedInRequest,
    form: Any,
    act: Callable[[], str],
    shown: Callable[[int], HttpResponse],
    *,
    also_valid: Callable[[], bool] = lambda: True,
) -> HttpResponse:
    """GET shows; POST acts once, or comes back with its sentence at its field."""
    if request.method != "POST":
        return shown(200)
    if form.is_valid() and also_valid():
        try:
            return presses.once(request, act, at=timezone.now())
        except Doubled as refusal:
            put(form, refusal)
        except MoveRefused as refusal:
            field = FIELDS.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, refusal.sentence)
    return shown(422)


def put(form: Any, refusal: Doubled) -> None:
    """The warning with the tick that goes past it; a form without such a tick only says it."""
    if hasattr(form, "warn"):
        form.warn(refusal.sentence)
    else:
        Form.add_error(form, None, refusal.sentence)


def seen(request: SignedInRequest) -> int:
    """The version that the page showed; 0, which is nobody's, when none was sent."""
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
