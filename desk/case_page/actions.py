"""What the person may do with the case now: one main button, one beside it, the rest in a menu."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Role
from accounts.models import User
from cases import damages
from cases.choices import CLOSED_STATES, Status
from cases.dates import local_date
from cases.models import Case, CaseEvent, Hold
from cases.moves import DESK, MOVES, NEXT_MOVE, OFFICER_MAY_CORRECT_FOR, Move, moves_for, next_move
from cases.people import first_name
from contractors.appointments import roster
from contractors.models import Company

BEFORE_SENT = (Status.NEW, Status.IN_REVIEW, Status.ACCEPTED)
TO_SIGN = (Status.TO_CHECK, Status.AWAITING_HOMEOWNER)
SECOND = {
    Status.NEW: "start-review",
    Status.IN_REVIEW: "close-out-of-scope",
    Status.WITH_CONTRACTOR: "take-back",
    Status.TO_CHECK: "send-back",
    Status.AWAITING_HOMEOWNER: "send-back",
}
"""What is done most often when the main move is not the answer."""

ICONS = {
    "accept-and-send": "send",
    "accept": "check",
    "report-done": "tools",
    "ask-sign-off": "check",
    "send-back": "undo",
    "confirm": "check",
    "close-complete": "circle-check",
    "close-out-of-scope": "shield-x",
    "close-other": "x",
    "take-back": "undo",
    "reopen": "repeat",
    "start-review": "search",
}

RESUME = "play"

NEXT: dict[str, tuple[str | Promise, str | Promise]] = {
    "accept-and-send": (
        gettext_lazy("Next: is it ours to repair?"),
        gettext_lazy("{name} and the contractor are told at once."),
    ),
    "report-done": (
        gettext_lazy("Next: is it done?"),
        gettext_lazy("Record what {company} told you, with a picture of the repaired place."),
    ),
    "ask-sign-off": (
        gettext_lazy("Next: is it good?"),
        gettext_lazy("{name} gets the pictures and one question: is it fixed?"),
    ),
    "send-back": (
        gettext_lazy("Next: what is not right?"),
        gettext_lazy("{name} says that it is not right yet; {company} gets your words."),
    ),
    "resume": (
        gettext_lazy("This case is on hold"),
        gettext_lazy("Resume when the reason is gone; the clocks run on."),
    ),
    "confirm": (
        gettext_lazy("Next: {name} answers"),
        gettext_lazy("Answer for {name} only with proof; {name} has the question by mail."),
    ),
    "reopen": (
        gettext_lazy("This case is closed"),
        gettext_lazy("Open it again when it came back; the first dates stay."),
    ),
}


@dataclass(frozen=True)
class Act:
    """A button or a row of the menu."""

    url: str
    label: str
    icon: str = "move"


@dataclass(frozen=True)
class Actions:
    """All of them, in the order of the page."""

    title: str
    why: str
    main: Act | None
    second: Act | None
    moves: list[Act]
    everyday: list[Act]


def of_case(
    case: Case, *, user: User, person: str, events: list[CaseEvent], holds: list[Hold], at: datetime, query: str = ""
) -> Actions | None:
    """The actions of an officer or a manager; nobody else has any. Asks for the roster while no contractor has it."""
    if user.role not in DESK:
        return None
    possible = {move.name: move for move in moves_for(case, user.role, at)}
    company = case.work_company or _fitting(case, at)
    main = possible.pop(next_move(case), None)
    second = possible.pop(SECOND.get(Status(case.status), ""), None) or possible.pop(
        NEXT_MOVE[Status(case.status)], None
    )
    everyday = _everyday(case, holds, query)
    resume = next((act for act in everyday if act.icon == RESUME), None) if case.step == "on-hold" else None
    title, why = NEXT[main.name] if main else NEXT["resume"] if resume else ("", "")
    facts = {"name": first_name(person) or _("the homeowner"), "company": company.short_name if company else ""}
    rest = [_move(case, move, company, query) for move in possible.values()]
    return Actions(
        title=str(title).format_map(facts),
        why=str(why).format_map(facts),
        main=_move(case, main, company, query) if main else resume,
        second=_move(case, second, company, query) if second else None,
        moves=rest + _correct(case, user, events, query, at),
        everyday=[act for act in everyday if act is not resume],
    )


def _fitting(case: Case, at: datetime) -> Company | None:
    """The company that would get it: named on the button."""
    if case.status not in BEFORE_SENT:
        return None
    return roster(case.development, local_date(case, at)).company_for(case.trade)


def _move(case: Case, move: Move, company: Company | None, query: str) -> Act:
    return Act(move_url(case, move.name) + query, move_label(move.name, company), ICONS.get(move.name, "move"))


def move_url(case: Case, name: str) -> str:
    """The confirm panel of a move."""
    return reverse("case_move", args=[case.reference, name])


def move_label(name: str, company: Company | None) -> str:
    """A move as its button says it, with the company's name where it has one."""
    named = {
        "accept-and-send": _("Accept and send to %(company)s"),
        "send-back": _("Send back to %(company)s"),
        "take-back": _("Take back from %(company)s"),
    }
    if company and name in named:
        return named[name] % {"company": company.short_name}
    return str(MOVES[name].label)


def _correct(case: Case, user: User, events: list[CaseEvent], query: str, at: datetime) -> list[Act]:
    """Undoing the last move: the officer for 24 hours, the manager later (workflow.md section 2)."""
    last = next((event for event in events if event.move and not hasattr(event, "corrected_by")), None)
    if last is None or last.new_status != case.status:
        return []
    if user.role != Role.MANAGER and at > last.at + OFFICER_MAY_CORRECT_FOR:
        return []
    return [Act(move_url(case, "correct") + query, _("Undo the last move"), "undo")]


def _everyday(case: Case, holds: list[Hold], query: str) -> list[Act]:
    def act(name: str, label: str, icon: str, extra: str = "") -> Act:
        separator = "&" if query and extra else ""
        tail = f"?{extra}{separator}{query.lstrip('?')}" if extra else query
        return Act(reverse(f"case_{name}", args=[case.reference]) + tail, label, icon)

    by_repair = [act("damage", _("Damaged during the repair"), "warn")] if damages.may_report(case) else []
    if case.status in CLOSED_STATES:
        return [act("files", _("Add files"), "clip"), act("calls", _("Log a call"), "phone-in"), *by_repair]
    on_hold = any(hold.kind == "hold" for hold in holds)
    found = [
        act("calls", _("Log a call"), "phone-in"),
        Act(f"{reverse('visit_book')}?case={case.reference}", _("Book a visit"), "calendar-plus"),
        Act(f"{reverse('visit_offer')}?case={case.reference}", _("Offer times"), "calendar"),
        act("messages", _("Ask the homeowner"), "ask", "kind=ask"),
        act("dates", _("Change a date"), "calendar"),
        act("resume", _("Resume"), RESUME) if on_hold else act("hold", _("Put on hold"), "pause"),
        act("photo_link", _("Send a link for pictures"), "link"),
        act("escalation", _("Escalate"), "flag"),
        *by_repair,
    ]
    if case.status in TO_SIGN:
        place = f"{case.development.code}-{case.unit.number}"
        found.insert(0, Act(reverse("sign_at_home", args=[place]), _("Sign at the home"), "pen-line"))
    if case.status == Status.WITH_CONTRACTOR:
        found.insert(0, act("contractor", _("What the contractor said"), "tools"))
    if case.is_safety and case.made_safe_at is None:
        found.insert(0, act("safe", _("Made safe"), "shield-check"))
    return found
