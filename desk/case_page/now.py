"""Where a case stands, in sentences for the officer: what happened last, what is promised, what to do."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from cases.choices import Audience, Ball, Status, WorkStage
from cases.headlines import headline, pill
from cases.models import Case
from cases.people import first_name
from desk.case_page.story_words import reason
from units.wording import age_days, day, when


def standing(case: Case, *, person: str, user: User, at: datetime) -> dict[str, str]:
    """The three fields at the top of the page, each with its sentence."""
    return {
        "pill": pill(case),
        "headline": headline(case, Audience.STAFF),
        "stands": stands(case, first_name(person)),
        "next": next_date(case),
        "promise": promise(case, first_name(person), at),
        "ball": who_acts(case, user),
        "ball_kind": "you" if case.ball == Ball.OFFICER and case.officer == user else case.ball,
        "task": task(case, first_name(person)),
    }


def who_acts(case: Case, user: User) -> str:
    """A name rather than a role."""
    if case.ball == Ball.OFFICER:
        return _("You") if case.officer == user else (case.officer.name if case.officer else _("No officer yet"))
    if case.ball == Ball.CONTRACTOR and case.work_company:
        return case.work_company.short_name
    return str(Ball(case.ball).label)


def next_date(case: Case) -> str:
    """The next date with its time where one was agreed; nothing for a closed case."""
    if case.is_closed or case.next_on is None:
        return _("None") if case.is_closed else ""
    zone = case.development.tz
    is_visit = case.next_on == case.visit_starts_at
    return when(case.next_on, zone) if is_visit else day(case.next_on.astimezone(zone).date())


def promise(case: Case, name: str, at: datetime) -> str:
    """What the next date is, and how far away."""
    if case.is_closed or case.next_on is None:
        return ""
    facts = {"name": name or _("the homeowner"), "company": case.work_company.short_name if case.work_company else ""}
    words = str(PROMISES.get(case.step) or _("%(name)s hears from us.")) % facts
    return f"{words} {_away(-age_days(case.next_on, at, case.development.tz))}"


def _away(days: int) -> str:
    if days == 0:
        return _("Today.")
    if days == 1:
        return _("Tomorrow.")
    if days > 1:
        return ngettext("In %(n)d day.", "In %(n)d days.", days) % {"n": days}
    return ngettext("%(n)d day ago.", "%(n)d days ago.", -days) % {"n": -days}


PROMISES: dict[str, str | Promise] = {
    "new": gettext_lazy("%(name)s waits for our first answer."),
    "inspection-booked": gettext_lazy("We inspect at %(name)s's home."),
    "joint-booked": gettext_lazy("We inspect together with %(company)s at %(name)s's home."),
    "repair-booked": gettext_lazy("%(company)s repairs at %(name)s's home."),
    "check-booked": gettext_lazy("We check the repair."),
    "contractor-new": gettext_lazy("%(company)s must be done."),
    "contractor-accepted": gettext_lazy("%(company)s must be done."),
    "under-way": gettext_lazy("%(company)s must be done."),
    "waiting": gettext_lazy("%(company)s must be done."),
    "disputed": gettext_lazy("%(company)s must be done."),
    "more-work": gettext_lazy("%(company)s must be done."),
    "on-hold": gettext_lazy("The hold ends."),
    "asked": gettext_lazy("%(name)s's answer is due."),
    "confirm": gettext_lazy("Without an answer it closes by itself."),
}


def stands(case: Case, name: str) -> str:
    """One sentence on what happened last."""
    words = STANDS.get(case.status)
    return words(case, name or _("the homeowner")) if words else ""


def _new(case: Case, name: str) -> str:
    received = when(case.received_at, case.development.tz)
    return _("%(name)s reported it %(when)s.") % {"name": name, "when": received}


def _in_review(case: Case, name: str) -> str:
    if case.inspected_at:
        return _("Inspected %(day)s; our answer is next.") % {"day": _on(case, case.inspected_at)}
    return _("We told %(name)s that we look into it.") % {"name": name}


def _accepted(case: Case, name: str) -> str:
    return _("Accepted %(day)s; no contractor has it yet.") % {"day": _on(case, case.accepted_at)}


SAID: dict[str, str | Promise] = {
    WorkStage.NEW: gettext_lazy("%(company)s has not accepted it yet."),
    WorkStage.ACCEPTED: gettext_lazy("%(company)s accepted it and has to offer a date."),
    WorkStage.UNDER_WAY: gettext_lazy("%(company)s has begun."),
    WorkStage.WAITING: gettext_lazy("%(company)s waits for %(note)s."),
    WorkStage.DISPUTED: gettext_lazy("%(company)s says that it is not theirs."),
    WorkStage.BACK: gettext_lazy("%(company)s has it back."),
}
"""Where it stands with the contractor, in words of staff; the stage's own label speaks to the contractor."""


def _with_contractor(case: Case, name: str) -> str:
    company = case.work_company.short_name if case.work_company else _("The contractor")
    said = str(SAID.get(case.work_stage, "")) % {"company": company, "note": case.work_note or _("something")}
    return f"{said} " + _("Due %(day)s.") % {"day": _on(case, case.work_due_at)}


def _to_check(case: Case, name: str) -> str:
    if case.not_right_at:
        return _("%(name)s says that it is not right yet (%(day)s).") % {
            "name": name,
            "day": _on(case, case.not_right_at),
        }
    company = case.work_company.short_name if case.work_company else _("The contractor")
    return _("%(company)s said that it was done %(day)s.") % {
        "company": company,
        "day": _on(case, case.reports_done_at),
    }


def _awaiting(case: Case, name: str) -> str:
    asked = _on(case, case.confirm_asked_at)
    reminded = ngettext("%(n)d reminder sent.", "%(n)d reminders sent.", case.reminders_sent) % {
        "n": case.reminders_sent
    }
    return _("%(name)s was asked %(day)s whether it is fixed. %(reminded)s") % {
        "name": name,
        "day": asked,
        "reminded": reminded,
    }


def _closed(case: Case, name: str) -> str:
    why = _("no reply") if case.closed_without_reply else reason(case.closure_reason)
    return _("Closed %(day)s: %(why)s.") % {"day": _on(case, case.closed_at), "why": why}


def _on(case: Case, at: datetime | None) -> str:
    return day(at.astimezone(case.development.tz).date()) if at else ""


STANDS: dict[str, Callable[[Case, str], str]] = {
    Status.NEW: _new,
    Status.IN_REVIEW: _in_review,
    Status.ACCEPTED: _accepted,
    Status.WITH_CONTRACTOR: _with_contractor,
    Status.TO_CHECK: _to_check,
    Status.AWAITING_HOMEOWNER: _awaiting,
    Status.CLOSED_COMPLETE: _closed,
    Status.CLOSED_OUT_OF_SCOPE: _closed,
    Status.CLOSED_OTHER: _closed,
}

TASKS: dict[str, str | Promise] = {
    "new": gettext_lazy("Answer, or accept and send."),
    "in-review": gettext_lazy("Accept it, inspect it, or say why not."),
    "inspection-booked": gettext_lazy("Go and look."),
    "inspected": gettext_lazy("Answer %(name)s."),
    "decision": gettext_lazy("Decide what the officer asked."),
    "accepted": gettext_lazy("Send it to a contractor."),
    "contractor-new": gettext_lazy("Accept and offer a date."),
    "contractor-accepted": gettext_lazy("Offer a date."),
    "joint-booked": gettext_lazy("Go and look together."),
    "repair-booked": gettext_lazy("Come and repair."),
    "under-way": gettext_lazy("Finish the repair."),
    "waiting": gettext_lazy("Waits for what was named."),
    "disputed": gettext_lazy("Decide whose it is."),
    "more-work": gettext_lazy("Come again."),
    "repair-done": gettext_lazy("Look at the pictures, then ask %(name)s."),
    "check-booked": gettext_lazy("Go and check."),
    "not-right": gettext_lazy("Answer %(name)s, then send back or check."),
    "confirm": gettext_lazy("Say whether it is fixed."),
    "asked": gettext_lazy("Answer our question."),
    "on-hold": gettext_lazy("Resume when the reason is gone."),
}


def task(case: Case, name: str) -> str:
    """What the one who acts should do."""
    return "" if case.is_closed else str(TASKS.get(case.step, "")) % {"name": name or _("the homeowner")}
