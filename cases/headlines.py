"""One sentence on where a case stands, for one audience: the words of `words` with this case's dates put in."""

from datetime import datetime

from cases.choices import Audience, HoldReason
from cases.models import Case
from cases.words import STEPS
from units.wording import day, window


def headline(case: Case, audience: Audience) -> str:
    """Where the case stands, for this reader; needs the development with the case and asks nothing of the database."""
    words = STEPS[case.step]
    return str(words.for_audience(audience)).format(
        date=_day(case, case.closed_at or case.next_on or case.update_due_at),
        when=_window(case),
        reason=_reason(case.step_note),
        note=case.step_note,
    )


def pill(case: Case) -> str:
    """The colour class of the headline; the words always stand beside it."""
    return STEPS[case.step].pill


def _day(case: Case, at: datetime | None) -> str:
    return day(at.astimezone(case.development.tz).date()) if at else ""


def _window(case: Case) -> str:
    if case.visit_starts_at and case.visit_ends_at:
        return window(case.visit_starts_at, case.visit_ends_at, case.development.tz)
    return ""


def _reason(code: str) -> str:
    return str(HoldReason(code).label) if code in HoldReason.values else code
