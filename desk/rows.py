"""A case in one line, as tables and queues show it. Reads rows at hand; only `people_of` asks the database."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.choices import Audience, Ball
from cases.dates import age_in_days, local_date
from cases.headlines import headline, pill
from cases.models import Case
from cases.people import first_name
from desk.case_page.now import next_date
from desk.case_page.people import in_order, main_person
from homeowners.models import Tenure
from units.wording import day

SOON = 75
"""Per cent of the time gone from which a clock turns amber; or less than `SOON_LEFT` to go."""
SOON_LEFT = timedelta(days=2)

Row = dict[str, Any]


def people_of(cases: Sequence[Case], at: datetime) -> dict[int, str]:
    """Whose name stands beside each case: the reporter who still holds the home, else who holds it today. One query.

    Needs `report_item__report` with the cases.
    """
    held: dict[int, list[Tenure]] = defaultdict(list)
    tenures = Tenure.objects.filter(unit__in={case.unit_id for case in cases}).select_related("homeowner")
    for tenure in tenures.order_by("pk"):
        held[tenure.unit_id].append(tenure)
    return {case.pk: main_person(case, in_order(held[case.unit_id], local_date(case, at))) for case in cases}


def row(case: Case, *, person: str, user: User, at: datetime) -> Row:
    """The line of a case. Needs `for_page()` and the report with it."""
    return {
        "reference": case.reference,
        "url": reverse("case_detail", args=[case.reference]),
        "home": case.unit.number,
        "person": person,
        "fault": case.title,
        "priority": case.priority_id,
        "meaning": case.priority.label,
        "kind": pill(case),
        "headline": headline(case, Audience.STAFF),
        "days": age_in_days(case, at),
        "clock": clock(case, at),
        "ball": "you" if is_yours(case, user) else case.ball,
        "who": who_acts(case, user),
        "next": "" if case.is_closed else next_date(case),
        "has_reply": case.has_unread_reply,
    }


def is_yours(case: Case, user: User) -> bool:
    """The reader holds the ball."""
    return case.ball == Ball.OFFICER and case.officer == user


def who_acts(case: Case, user: User) -> str:
    """A short name: "You", "Amira", "Lim Brothers"; the role where nobody is named."""
    if is_yours(case, user):
        return _("You")
    if case.ball == Ball.OFFICER:
        return first_name(case.officer.name) if case.officer else _("No officer yet")
    if case.ball == Ball.CONTRACTOR and case.work_company:
        return case.work_company.short_name
    return str(Ball(case.ball).label)


def clock(case: Case, at: datetime) -> Row:
    """The clock that lists sort by, as `components/clock.html` takes it. The statutory one runs through a pause."""
    due = case.clock_due_at
    if case.is_closed or due is None:
        words = _("Closed %(day)s") % {"day": day(local_date(case, case.closed_at))} if case.closed_at else ""
        return {"state": "paused", "used": "", "words": words}
    used = _used(case.received_at, due, at)
    if case.is_paused and due != case.statutory_due_at:
        return {"state": "paused", "used": used, "words": _("Paused")}
    if due < at:
        return {"state": "late", "used": 100, "words": _("%(length)s over") % {"length": span(at - due)}}
    state = "soon" if used >= SOON or due - at < SOON_LEFT else "ok"
    return {"state": state, "used": used, "words": _("%(length)s left") % {"length": span(due - at)}}


def _used(start: datetime, due: datetime, at: datetime) -> int:
    """Per cent of the time that is gone."""
    whole = (due - start).total_seconds()
    return min(100, max(0, round(100 * (at - start).total_seconds() / whole))) if whole > 0 else 100


def span(length: timedelta) -> str:
    """As "4 days", "5 h", "20 min": short, for a column."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= 24 * 60:
        return ngettext("%(n)d day", "%(n)d days", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d min") % {"n": minutes}
