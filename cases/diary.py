"""The diary: the one place that writes `CaseEvent` rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from cases.choices import EventKind
from cases.models import Case, CaseEvent, Message
from cases.search.marks import touch
from ledger import audit
from ledger.actors import Actor


def record(
    case: Case,
    kind: EventKind,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    note: str = "",
    is_visible: bool = False,
    message: Message | None = None,
    **facts: Any,
) -> CaseEvent:
    """One dated, unalterable row of the case's story, and its audit entry. `facts` are other columns of `CaseEvent`."""
    event = CaseEvent.objects.create(
        case=case,
        kind=kind,
        at=at,
        actor_user_id=by.user_id,
        actor_name=by.name,
        actor_role=by.role,
        channel=by.channel,
        address=by.address,
        words=words,
        note=note,
        is_visible=is_visible and case.is_visible,
        message=message,
        **facts,
    )
    touch([case.pk])
    audit.record(
        f"case.{facts.get('move') or kind}",
        by=by,
        at=at,
        about="case",
        about_id=case.pk,
        reference=case.reference,
        old=facts.get("before") or None,
        new=facts.get("after") or None,
        reason=facts.get("reason", ""),
    )
    return event


def last_events(cases: Iterable[Case]) -> dict[int, int]:
    """By case the key of the last row of its diary: marks where it stood when a form was shown. One query."""
    rows = CaseEvent.objects.filter(case__in=list(cases)).order_by().values_list("case")
    return dict(rows.annotate(last=Max("pk")))
