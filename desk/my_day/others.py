"""What else wants the officer beside cases: visits of the day, answered decisions, letters and calls to make."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import User
from cases.choices import DecisionState
from cases.models import Case, DecisionRequest, Notice
from desk.my_day import queues
from desk.my_day.sections import SHOWN
from inspections.choices import VisitState
from inspections.models import Visit
from units.wording import day

A_DAY = timedelta(days=1)
MOST_VISITS = 50
PILLS = {VisitState.BOOKED: "booked", VisitState.DONE: "done"}
ANSWERS = {DecisionState.APPROVED: "done", DecisionState.RETURNED: "waiting", DecisionState.DECIDED: "late"}

Row = dict[str, Any]


def visits(user: User, at: datetime) -> list[Row]:
    """The visits of this day, where each home is, to homes of the person's cases; two queries."""
    near = Visit.objects.visible_to(user).taking_time().between(at - A_DAY, at + A_DAY)
    if user.role == Role.OFFICER:
        near = near.filter(pk__in=_with_cases_of(user).values("visits"))
    cases = Case.objects.select_related("location").order_by("pk")
    found = near.for_page().prefetch_related(Prefetch("cases", queryset=cases, to_attr="faults"))
    rows = list(found.order_by("starts_at", "pk")[:MOST_VISITS])
    return [_visit(visit) for visit in rows if _is_today(visit, at)]


def _with_cases_of(user: User) -> QuerySet[Case]:
    return Case.objects.filter(Q(officer=user) | Q(officer=None), visits__isnull=False)


def _is_today(visit: Visit, at: datetime) -> bool:
    zone = visit.unit.development.tz
    return visit.starts_at.astimezone(zone).date() == at.astimezone(zone).date()


def _visit(visit: Visit) -> Row:
    zone = visit.unit.development.tz
    faults: list[Case] = visit.faults  # type: ignore[attr-defined]
    others = len(faults) - 1
    what = faults[0].title if faults else ""
    if others > 0:
        what = ngettext("%(what)s and %(n)d more", "%(what)s and %(n)d more", others) % {"what": what, "n": others}
    return {
        "url": f"/inspections/{visit.reference}/",
        "from": visit.starts_at.astimezone(zone).strftime("%H:%M"),
        "until": visit.ends_at.astimezone(zone).strftime("%H:%M"),
        "title": _("%(home)s, %(kind)s") % {"home": visit.unit.number, "kind": visit.get_kind_display().lower()},
        "note": _("%(what)s; %(who)s comes") % {"what": what, "who": visit.who} if visit.who else what,
        "pill": visit.get_state_display(),
        "pill_kind": PILLS.get(VisitState(visit.state), "new"),
    }


def answered(user: User, at: datetime) -> list[Row]:
    """What managers decided on the person's requests; one query."""
    rows = (
        queues.answers(user, at)
        .filter(case__in=queues.whose(user))
        .select_related("case__unit", "case__location", "case__development")
    )
    return [_answer(decision) for decision in rows.order_by("-decided_at", "-pk")[:SHOWN]]


def _answer(decision: DecisionRequest) -> Row:
    case = decision.case
    on = day(decision.decided_at.astimezone(case.development.tz).date()) if decision.decided_at else ""
    return {
        "url": queues.address(case.reference, "answered"),
        "reference": case.reference,
        "title": f"{decision.get_kind_display()}: {case.title}",
        "note": decision.remarks or case.unit.number,
        "pill": decision.get_state_display(),
        "pill_kind": ANSWERS.get(DecisionState(decision.state), "new"),
        "small": _("%(name)s, %(day)s") % {"name": decision.decided_by_name, "day": on},
    }


def letters(user: User) -> list[Row]:
    """Whom nobody told yet because no e-mail reaches them; one query."""
    rows = queues.letters_to_do(user).select_related(
        "case__development", "case__unit", "report__development", "report__unit", "homeowner"
    )
    return [_letter(notice) for notice in rows.order_by("at", "pk")[:SHOWN]]


def _letter(notice: Notice) -> Row:
    about = notice.case or notice.report
    unit = about.unit.number if about else ""
    person = notice.homeowner
    return {
        "id": notice.pk,
        "url": queues.address(notice.case.reference, "letters") if notice.case else _report_address(notice),
        "title": notice.recipient_name,
        "note": ", ".join(part for part in (about.reference if about else "", unit, notice.subject) if part),
        "phone": person.phone if person else "",
        "phone_shown": person.phone_shown if person else "",
        "words": notice.words,
        "small": _("since %(day)s") % {"day": day(notice.at.astimezone(about.development.tz).date())} if about else "",
    }


def _report_address(notice: Notice) -> str:
    return f"/intake/{notice.report.reference}/" if notice.report else ""
