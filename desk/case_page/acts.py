"""The everyday acts that are not moves (workflow.md section 3): what each asks and says, who reads its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import Status
from cases.models import Case, CaseEvent
from desk.case_page import doings, forms, order_doings, order_forms
from desk.case_page.doings import Doing

Words = str | Promise
Deedlike = Callable[[Doing, Any], CaseEvent | None]


@dataclass(frozen=True)
class Act:
    """One row of the table. `outside`: the fields that people outside the office read."""

    title: Words
    lead: Words
    form: type[forms.ActForm]
    do: Deedlike
    said: Words
    icon: str = "check"
    outside: tuple[str, ...] = ("words",)
    lane: str = "out"
    button: Words = ""
    impossible: Callable[[Case], Words] = field(default=lambda case: "")
    initial: Callable[[Case, str], dict[str, Any]] = field(default=lambda case, person: {})


def _only_open(case: Case) -> Words:
    return _("This case is closed.") if case.is_closed else ""


def _only_shown(case: Case) -> Words:
    hidden = _("This case is hidden from the homeowner: nobody would be told. Make it visible first.")
    return "" if case.is_visible else hidden


def _open_and_shown(case: Case) -> Words:
    return _only_open(case) or _only_shown(case)


def _only_sent(case: Case) -> Words:
    return "" if case.status == Status.WITH_CONTRACTOR else _("The case is not with a contractor.")


ACTS: dict[str, Act] = {
    "note": Act(
        gettext_lazy("Internal note"),
        gettext_lazy("Only staff read this. It never reaches a mail, a PDF or the portal."),
        forms.NoteForm,
        doings.note,
        gettext_lazy("Note saved. Only staff read it."),
        "lock",
        (),
        "note",
        gettext_lazy("Save note"),
    ),
    "update": Act(
        gettext_lazy("Update resident"),
        gettext_lazy("The homeowner reads this by e-mail and in the portal, at once."),
        forms.UpdateForm,
        doings.update,
        gettext_lazy("The homeowner was told."),
        "send",
        impossible=_only_shown,
    ),
    "ask": Act(
        gettext_lazy("Ask the homeowner"),
        gettext_lazy("A question with a date; our repair time waits for the answer."),
        forms.AskForm,
        doings.ask,
        gettext_lazy("The homeowner was asked."),
        "ask",
        impossible=_open_and_shown,
    ),
    "calls": Act(
        gettext_lazy("Log a call"),
        gettext_lazy("A call counts as news to the homeowner."),
        forms.CallForm,
        doings.call,
        gettext_lazy("The call is logged."),
        "phone-in",
        initial=lambda case, person: {"with_whom": person},
    ),
    "dates": Act(
        gettext_lazy("Change a date"),
        gettext_lazy("The homeowner reads the old date, the new one and why. The first date stays on record."),
        forms.DateForm,
        doings.change_date,
        gettext_lazy("The date is changed."),
        "calendar",
        impossible=_only_open,
    ),
    "hold": Act(
        gettext_lazy("Put on hold"),
        gettext_lazy("Listed reasons pause our repair target; the statutory clock never pauses."),
        forms.HoldForm,
        doings.hold,
        gettext_lazy("The case is on hold."),
        "pause",
        impossible=_only_open,
    ),
    "resume": Act(
        gettext_lazy("Resume"),
        gettext_lazy("The remaining time of the repair target continues."),
        forms.ResumeForm,
        doings.resume,
        gettext_lazy("The case goes on."),
        "play",
        impossible=_only_open,
    ),
    "escalation": Act(
        gettext_lazy("Escalate"),
        gettext_lazy("The manager is told now and answers on the page Decisions."),
        forms.EscalationForm,
        doings.escalate,
        gettext_lazy("The manager was asked."),
        "flag",
        (),
        "note",
        impossible=_only_open,
    ),
    "safe": Act(
        gettext_lazy("Made safe"),
        gettext_lazy("The danger is gone; the repair itself follows."),
        forms.SafeForm,
        doings.made_safe,
        gettext_lazy("Noted: it is safe."),
        "shield-check",
        impossible=_only_open,
    ),
    "photo-link": Act(
        gettext_lazy("Send a link for pictures"),
        gettext_lazy("The link works for 72 hours without signing in, takes many pictures and shows nothing else."),
        forms.PhotoLinkForm,
        doings.send_photo_link,
        gettext_lazy("The link is on its way."),
        "link",
        (),
        impossible=_open_and_shown,
    ),
    "files": Act(
        gettext_lazy("Add files"),
        gettext_lazy("Files start hidden from the homeowner; show them now or later, one by one."),
        forms.FilesForm,
        doings.add_files,
        gettext_lazy("The files are on the case."),
        "camera",
        (),
        "note",
    ),
    "contractor": Act(
        gettext_lazy("What the contractor said"),
        gettext_lazy("Who said it, when and how; nobody is told by this."),
        order_forms.SaidForm,
        order_doings.said,
        gettext_lazy("Noted what the contractor said."),
        "tools",
        (),
        "note",
        impossible=_only_sent,
    ),
    "order-add": Act(
        gettext_lazy("Add another company"),
        gettext_lazy("At once, or after a company that has its part: it is told when its turn comes."),
        order_forms.AnotherForm,
        order_doings.add,
        gettext_lazy("The company is on the case."),
        "plus",
        ("scope", "condition"),
        impossible=_only_sent,
    ),
    "order-cancel": Act(
        gettext_lazy("Cancel a work order"),
        gettext_lazy("One company's share is not needed any more; the others go on."),
        order_forms.EndShareForm,
        order_doings.cancel,
        gettext_lazy("The work order is cancelled."),
        "x",
        impossible=_only_sent,
    ),
    "order-back": Act(
        gettext_lazy("Send one share back"),
        gettext_lazy("It is not right, while others still work on the case."),
        order_forms.ShareBackForm,
        order_doings.back,
        gettext_lazy("It is with the company again."),
        "undo",
        impossible=_only_sent,
    ),
    "order-chase": Act(
        gettext_lazy("Chase now"),
        gettext_lazy("The company is reminded of its date; the homeowner does not hear of it."),
        order_forms.ChaseForm,
        order_doings.chase,
        gettext_lazy("The company was reminded."),
        "send",
        (),
        impossible=_only_sent,
    ),
    "order-dispute": Act(
        gettext_lazy("They say it is not theirs"),
        gettext_lazy("A manager decides within five working days; the homeowner does not hear of it."),
        order_forms.DisputeForm,
        order_doings.dispute,
        gettext_lazy("The manager was asked."),
        "flag",
        (),
        "note",
        impossible=_only_sent,
    ),
}
