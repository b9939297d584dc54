"""What holds for a whole call, kept from one defect to the next: identity, photo link, dates, access, the defects."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from accounts.access import SignedInRequest
from cases.models import ReportDraft
from desk.calls.forms import CallForm
from homeowners.models import Tenure

KEPT = ("how", "identity", "photo_link", "received", "notice", "access")
TYPED = (*KEPT, "about", "words", "location", "element", "kind", "is_urgent", "also_mail")
AT_MOST = timedelta(hours=1)
"""A caller of longer ago is asked again who is calling."""

_KEY = "calls"


def keep(
    request: SignedInRequest,
    form: CallForm,
    draft: ReportDraft | None,
    *,
    at: datetime,
    names: Sequence[str] = KEPT,
) -> None:
    """The officer goes on with the next defect of the same caller; `draft` holds those noted so far."""
    fields = {name: form[name].value() for name in names}
    call = {"at": at.isoformat(), "fields": fields, "draft": draft.pk if draft else None}
    request.session[_KEY] = {**_calls(request, at=at), str(form.card.tenure.pk): call}


def kept(request: SignedInRequest, tenure: Tenure, *, at: datetime) -> dict[str, Any]:
    """First values of the next defect's form; none when another person calls now, or the call is long over."""
    return dict(_calls(request, at=at).get(str(tenure.pk), {}).get("fields", {}))


def draft(request: SignedInRequest, tenure: Tenure, *, at: datetime) -> ReportDraft | None:
    """The defects noted in this call; those of another caller or of a call that was dropped are not its own."""
    held = _calls(request, at=at).get(str(tenure.pk), {}).get("draft")
    mine = ReportDraft.objects.filter(user=request.user, unit=tenure.unit, report__isnull=True)
    return mine.filter(pk=held).first() if held else None


def forget(request: SignedInRequest, tenure: Tenure, *, at: datetime) -> None:
    """The call is saved."""
    request.session[_KEY] = {who: call for who, call in _calls(request, at=at).items() if who != str(tenure.pk)}


def _calls(request: SignedInRequest, *, at: datetime) -> dict[str, Any]:
    """The calls of the last hour, by the tenure of who calls."""
    return {who: call for who, call in request.session.get(_KEY, {}).items() if _is_fresh(call, at)}


def _is_fresh(call: dict[str, Any], at: datetime) -> bool:
    since = parse_datetime(call["at"])
    return since is not None and at - since <= AT_MOST
