"""The deeds that change a status: a move, or undoing the last one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest, actor_of
from cases import files, workflow
from cases.choices import AttachmentRole
from cases.dates import local_date
from cases.forms.moves import MoveForm
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, DecisionRequest
from cases.moves import DESK, MANAGER, MOVES, OFFICER_MAY_CORRECT_FOR, Move, fits
from cases.views import holder_of
from contractors.appointments import Roster, roster
from desk.case_page import actions, carried
from desk.case_page.deeds import Deed, as_sent, keep_photos, on_version, ready_photos
from desk.case_page.forms import CorrectForm
from ledger.actors import Actor

PREFILLED = ("reason", "duplicate_of")
"""Fields that a link of the case page may fill (the duplicate hint)."""


def deed_for(request: SignedInRequest, case: Case, name: str, *, at: datetime) -> "MoveDeed | Correction | None":
    """The deed of this address; none for moves that are not the desk's."""
    by = actor_of(request)
    if name == "correct":
        data = request.POST if request.method == "POST" else None
        return Correction(case, CorrectForm(data, initial={"seen_version": case.version}), by, at)
    move = MOVES.get(name)
    if move is None or not set(move.who) & set(DESK):
        return None
    return move_deed(request, case, move, by=by, at=at)


def move_deed(request: SignedInRequest, case: Case, move: Move, *, by: Actor, at: datetime) -> "MoveDeed":
    """A move with its form: as sent, or prefilled by the case, by a link of its page, by the edit form before."""
    today = roster(case.development, local_date(case, at))
    initial: dict[str, Any] = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    initial |= carried.taken(request, case) if request.method == "GET" else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    holder = holder_of(request)
    return MoveDeed(case, move, by, at, today, holder, data=sent[0], sent_files=sent[1], initial=initial)


@dataclass
class MoveDeed(Deed):
    """A move of the table."""

    case: Case
    move: Move
    by: Actor
    at: datetime
    today: Roster
    holder: str
    data: QueryDict | None = None
    sent_files: Any = None
    initial: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.form = self._form(self.data, self.sent_files, self.initial)

    def _form(self, data: Any, sent_files: Any, initial: dict[str, Any]) -> MoveForm:
        form = MoveForm(
            data,
            sent_files,
            initial=dict(initial),
            case=self.case,
            move=self.move,
            by=self.by,
            at=self.at,
            roster=self.today,
        )
        ready_photos(form, by=self.by, at=self.at, holder=self.holder)
        return form

    def on(self, case: Case) -> "MoveDeed":
        """The same act on the case as it is now: what was typed stays, the version is the fresh one."""
        data = on_version(self.data, case)
        fresh = MoveDeed(case, self.move, self.by, self.at, self.today, self.holder, data=data)
        keep_photos(self.form, fresh.form)
        return fresh

    @property
    def title(self) -> str:
        """What the button said."""
        company = self.case.work_company or self.today.company_for(self.case.trade)
        return actions.move_label(self.move.name, company)

    @property
    def said(self) -> str:
        """What is said afterwards; a label with a colon of its own is cut behind it."""
        return _("Done: %(what)s.") % {"what": self.title.replace(": ", ", ")}

    @property
    def icon(self) -> str:
        """What stood on the button."""
        return actions.ICONS.get(self.move.name, "check")

    @property
    def outside_words(self) -> list[str]:
        """What people outside will read of what was typed."""
        given = self.form.cleaned_data
        return [str(given.get(name) or "") for name in ("words", "rule")]

    @property
    def folds(self) -> bool:
        """The mails come first; a move rarely needs more words than its table asks for."""
        return True

    @property
    def needs_manager(self) -> str:
        """Which decision a manager must take, as the evidence stands; empty for none."""
        given = self.form.evidence if self.form.is_bound and self.form.is_valid() else {}
        if self.move.decision is None or self.by.role not in DESK:
            return ""
        kind = self.move.decision(self.case, given, self.at)
        return str(kind.label) if kind else ""

    @property
    def impossible(self) -> str:
        """Why the case as it is cannot make this move at all; the sentence that the verb would say."""
        if fits(self.move, self.case):
            return ""
        state = self.case.get_status_display()
        return _("This is not possible while the case is “%(state)s”.") % {"state": state}

    def act(self, case: Case, version: int, mailing: Mailing | None = None) -> CaseEvent:
        """Attach the pictures, then move. A rehearsal of what a manager decides shows what an approval would send."""
        kept = self.form.cleaned_data.get("photos") or []
        if kept:
            files.attach(case, kept, role=AttachmentRole.AFTER, by=self.by, at=self.at, is_visible=True)
        is_rehearsed_decision = mailing is not None and bool(self.needs_manager)
        return workflow.move(
            case,
            self.move.name,
            by=self.by,
            at=self.at,
            seen_version=version,
            mailing=mailing,
            approved=DecisionRequest() if is_rehearsed_decision else None,
            **self.form.evidence,
        )

    def tried(self) -> "MoveDeed":
        """The move as the form stands; of an unsent form, as it is prefilled."""
        if self.form.is_bound:
            return self
        data = as_sent(self.form)
        return MoveDeed(self.case, self.move, self.by, self.at, self.today, self.holder, data=data)


@dataclass
class Correction(Deed):
    """The undoing of the last move."""

    case: Case
    form: forms.Form
    by: Actor
    at: datetime

    def on(self, case: Case) -> "Correction":
        """The same on the case as it is now."""
        return Correction(case, CorrectForm(on_version(self.form.data, case)), self.by, self.at)

    @property
    def title(self) -> str:
        """What the button said."""
        return _("Undo the last move")

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return _("Done: the last move is undone.")

    @property
    def outside_words(self) -> list[str]:
        """Whoever the wrong move told reads why."""
        return [self.form.cleaned_data["words"]]

    @property
    def impossible(self) -> str:
        """Why there is nothing that this person could undo."""
        last = workflow.last_move(self.case)
        if last is None:
            return _("There is no move to undo.")
        if self.by.role != MANAGER and self.at > last.at + OFFICER_MAY_CORRECT_FOR:
            return _("The last move is older than 24 hours: only a manager can undo it.")
        return ""

    def act(self, case: Case, version: int, mailing: Mailing | None = None) -> CaseEvent:
        """Put the case back."""
        words = self.form.cleaned_data["words"]
        return workflow.correct(case, by=self.by, at=self.at, seen_version=version, words=words, mailing=mailing)
