"""What an earlier repair means for the next one: whose it was, how urgent it is now, which cover it left behind."""

from datetime import date, datetime

from cases.choices import Status
from cases.dates import local_date
from cases.models import Case, CaseEvent
from catalogue.choices import PriorityCode
from contractors.models import Company

HIGHER = {PriorityCode.P4: PriorityCode.P3, PriorityCode.P3: PriorityCode.P2}
"""One step up, for what came back; from P2 on only danger raises further."""


def raised(case: Case) -> str:
    """The priority that is suggested for a case that came back."""
    return HIGHER.get(PriorityCode(case.priority_id), case.priority_id) if case.cycle > 1 else case.priority_id


def company(case: Case) -> Company | None:
    """Who repaired it last, or whose repair did the damage; nobody for a new defect."""
    if case.damage_of_id and case.damage_of:
        return case.damage_of.work_company or _before_reopening(case.damage_of)
    return _before_reopening(case) if case.cycle > 1 else None


def _before_reopening(case: Case) -> Company | None:
    last = case.events.moves().filter(move="reopen").order_by("at", "pk").last()
    key = last.before.get("columns", {}).get("work_company_id") if last else None
    return Company.objects.filter(pk=key).first() if key else None


def closings(case: Case) -> list[CaseEvent]:
    """The moves that completed this case, in each of its cycles."""
    return list(case.events.moves().filter(new_status=Status.CLOSED_COMPLETE).order_by("at", "pk"))


def closing(case: Case) -> int | None:
    """The diary row of the last closing, to which a reopening points."""
    last = case.events.moves().exclude(move="reopen").order_by("at", "pk").last()
    return last.pk if last else None


def repaired_on(case: Case) -> tuple[date, ...]:
    """The days on which repairs of this item were done: of the last one, and of those of earlier cycles."""
    earlier = closings(case) if case.cycle > 1 else []
    found = [_done_on(case, event) for event in earlier]
    if case.status == Status.CLOSED_COMPLETE and case.reports_done_at:
        found.append(local_date(case, case.reports_done_at))
    return tuple(found)


def _done_on(case: Case, event: CaseEvent) -> date:
    done = event.after.get("reports_done_at")
    return local_date(case, datetime.fromisoformat(done) if done else event.at)
