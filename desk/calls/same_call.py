"""What holds for a whole call, kept from one defect to the next: identity, photo link, dates, access."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from accounts.access import SignedInRequest
from desk.calls.forms import CallForm
from homeowners.models import Tenure

KEPT = ("how", "identity", "photo_link", "received", "notice", "access")
AT_MOST = timedelta(hours=1)
"""A caller of longer ago is asked again who is calling."""

_KEY = "call"


def keep(request: SignedInRequest, form: CallForm, *, at: datetime) -> None:
    """The officer goes on with the next defect of the same caller."""
    fields = {name: form[name].value() for name in KEPT}
    request.session[_KEY] = {"who": form.card.tenure.pk, "at": at.isoformat(), "fields": fields}


def kept(request: SignedInRequest, tenure: Tenure, *, at: datetime) -> dict[str, Any]:
    """First values of the next defect's form; none when another person calls now, or the call is long over."""
    held = request.session.get(_KEY) or {}
    since = parse_datetime(held.get("at", ""))
    if held.get("who") != tenure.pk or since is None or at - since > AT_MOST:
        return {}
    return dict(held["fields"])


def forget(request: SignedInRequest) -> None:
    """The call is saved."""
    request.session.pop(_KEY, None)
