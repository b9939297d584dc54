"""The rows of the page: what waits for this person, what this person asked, what was answered lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from cases.models import Attachment, DecisionRequest
from units.wording import when
from works.choices import ListState
from works.models import DefectList

MOST = 100
REMEMBERED = timedelta(days=30)
"""Answers stay on the page so long; later they stand in the case's story."""


@dataclass(frozen=True)
class Queue:
    """Three lists; only the first waits for this person."""

    mine: list[dict[str, Any]]
    asked: list[dict[str, Any]]
    answered: list[dict[str, Any]]


def visible(user: User, *, development: str = "") -> Any:
    """Requests in scope, of all developments or of the one with this code; an officer sees only the own ones."""
    rows = DecisionRequest.objects.visible_to(user)
    rows = rows.filter(case__development__code=development) if development else rows
    return rows.filter(author_user_id=user.pk) if user.role == Role.OFFICER else rows


def of_user(user: User, *, at: datetime, development: str = "") -> Queue:
    """The lists, of all developments or of the one with this code; three queries however many rows."""
    rows = with_case(visible(user, development=development))
    waiting = list(rows.waiting()[:MOST])
    recent = rows.answered().filter(decided_at__gte=at - REMEMBERED).order_by("-decided_at", "-pk")
    answered = list(recent[:MOST])
    pictures = first_pictures({row.case_id for row in [*waiting, *answered]})
    decides = user.role == Role.MANAGER
    return Queue(
        mine=[row_of(row, pictures, at) for row in waiting if decides and row.author_user_id != user.pk],
        asked=[row_of(row, pictures, at) for row in waiting if not decides or row.author_user_id == user.pk],
        answered=[row_of(row, pictures, at) for row in answered],
    )


def lists_to_release(user: User, *, development: str = "") -> list[dict[str, Any]]:
    """Defect lists that wait for a manager; one query."""
    rows = DefectList.objects.visible_to(user).for_page().filter(state=ListState.WAITING)
    rows = rows.filter(development__code=development) if development else rows
    return [
        {
            "url": reverse("defect_list_detail", args=[row.reference]),
            "reference": row.reference,
            "company": row.company.name,
            "place": row.development.name,
            "since": when(row.created_at, row.development.tz),
            "author": row.created_by_name,
        }
        for row in rows.order_by("created_at")[:MOST]
    ]


def with_case(rows: Any) -> Any:
    """With everything that a row names."""
    return rows.select_related(
        "case__development", "case__unit", "case__location", "case__priority", "case__trade", "case__work_company"
    )


def first_pictures(cases: set[int]) -> dict[int, str]:
    """The first picture of each case, small; one query."""
    rows = Attachment.objects.pictures().filter(case__in=cases, role="before").order_by("-pk")
    return {case: reverse("case_file", args=[name, "list"]) for case, name in rows.values_list("case_id", "public_id")}


def row_of(request: DecisionRequest, pictures: dict[int, str], at: datetime) -> dict[str, Any]:
    """One request in a line: what, about which case, who asks, until when."""
    case, zone = request.case, request.case.development.tz
    return {
        "url": reverse("decision_detail", args=[request.public_id]),
        "kind": request.get_kind_display(),
        "reference": case.reference,
        "title": case.title,
        "home": f"{case.unit}, {case.development.name}",
        "priority": case.priority,
        "author": request.author_name,
        "asked": when(request.asked_at, zone),
        "due": when(request.due_at, zone) if request.due_at else "",
        "is_late": bool(request.due_at and request.due_at < at),
        "why": request.why or request.words,
        "picture": pictures.get(case.pk, ""),
        "state": request.get_state_display(),
        "pill": {"approved": "done", "returned": "waiting", "decided": "moving"}.get(request.state, "waiting"),
        "by": request.decided_by_name,
        "decided": when(request.decided_at, zone) if request.decided_at else "",
        "remarks": request.remarks,
    }
