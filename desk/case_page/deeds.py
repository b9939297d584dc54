"""What a confirm panel confirms: a move, or undoing the last one; to the view all deeds look the same."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest, actor_of
from cases import files, workflow
from cases.choices import AttachmentRole
from cases.dates import local_date
from cases.forms.moves import MoveForm
from cases.mailing import Mailing
from cases.models import Case, CaseEvent, DecisionRequest
from cases.moves import DESK, MANAGER, MOVES, OFFICER_MAY_CORRECT_FOR, Move, fits
from cases.rehearsal import Rehearsal, rehearse
from cases.views import holder_of, thumb
from contractors.appointments import Roster, roster
from desk.case_page import actions, carried, doors
from desk.case_page.forms import CorrectForm
from documents.fields import PhotosField
from ledger.actors import Actor

PREFILLED = ("reason", "duplicate_of")
"""Fields that a link of the case page may fill (the duplicate hint)."""


class Deed:
    """What the panel needs to know of what it confirms."""

    case: Case
    form: Any

    @property
    def title(self) -> str:
        """What the button or the menu said."""
        raise NotImplementedError

    @property
    def lead(self) -> str:
        """What it does, in a sentence."""
        return ""

    @property
    def button(self) -> str:
        """What the confirming button says when nobody is told."""
        return ""

    @property
    def icon(self) -> str:
        """What stands on the confirming button."""
        return "check"

    @property
    def kind(self) -> str:
        """Which of several acts of one address this is."""
        return ""

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return _("Done: %(what)s.") % {"what": self.title}

    @property
    def leads_to(self) -> str:
        """Where it leads, when that is not the case's page."""
        return ""

    @property
    def tells(self) -> bool:
        """People outside hear of it."""
        return True

    @property
    def folds(self) -> bool:
        """Fields that may stay empty stand folded."""
        return False

    @property
    def needs_manager(self) -> str:
        """Which decision a manager must take, as the form stands; empty for none."""
        return ""

    @property
    def impossible(self) -> str:
        """Why the case as it is cannot have this at all; empty when it can."""
        return ""

    @property
    def seen_version(self) -> int:
        """The version of the case that the form showed; for acts without one, the present version."""
        return int(self.form.cleaned_data.get("seen_version") or self.case.version)

    @property
    def outside_words(self) -> list[str]:
        """What people outside will read of what was typed."""
        return []

    def on(self, case: Case) -> "Deed":
        """The same on the case as it is now: what was typed and the pictures stay, the version is the fresh one."""
        raise NotImplementedError

    def carry_out(self) -> CaseEvent | None:
        """Do it."""
        raise NotImplementedError

    def rehearsed(self) -> Rehearsal | None:
        """Who would be told what, as the form stands; None while it is incomplete."""
        raise NotImplementedError


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
        data = self.data.copy() if self.data is not None else QueryDict(mutable=True)
        data["seen_version"] = str(case.version)
        fresh = MoveDeed(case, self.move, self.by, self.at, self.today, self.holder, data=data)
        keep_photos(self.form, fresh.form)
        return fresh

    @property
    def title(self) -> str:
        """What the button said."""
        company = self.case.company or self.today.company_for(self.case.trade)
        return actions.move_label(self.move.name, company)

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

    def carry_out(self) -> CaseEvent:
        """Attach the pictures, then move, against the version that the form showed."""
        return self._act(self.case, self.seen_version)

    def _act(
        self, case: Case, version: int, mailing: Mailing | None = None, approved: DecisionRequest | None = None
    ) -> CaseEvent:
        kept = self.form.cleaned_data.get("photos") or []
        if kept:
            files.attach(case, kept, role=AttachmentRole.AFTER, by=self.by, at=self.at, is_visible=True)
        return workflow.move(
            case,
            self.move.name,
            by=self.by,
            at=self.at,
            seen_version=version,
            mailing=mailing,
            approved=approved,
            **self.form.evidence,
        )

    def rehearsed(self) -> Rehearsal | None:
        """The mails of the act as the form stands; of an unsent form, as it is prefilled. None while it is incomplete.

        Where a manager decides, the mails are those that go out once the manager approves. On a case object of its
        own, because a rehearsal leaves its marks on the object, though not in the database.
        """
        trial = self if self.form.is_bound else self._tried()
        if not trial.form.is_valid():
            return None
        stand_in = DecisionRequest() if trial.needs_manager else None
        case = same(self.case)
        return rehearse(lambda mailing: trial._act(case, case.version, mailing, stand_in), by=self.by, at=self.at)

    def _tried(self) -> "MoveDeed":
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
        data = QueryDict(mutable=True)
        data.update(self.form.data)
        data["seen_version"] = str(case.version)
        return Correction(case, CorrectForm(data), self.by, self.at)

    @property
    def title(self) -> str:
        """What the button said."""
        return _("Undo the last move")

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

    def carry_out(self) -> CaseEvent:
        """Put the case back."""
        return self._act(self.case, self.seen_version)

    def _act(self, case: Case, version: int, mailing: Mailing | None = None) -> CaseEvent:
        words = self.form.cleaned_data["words"]
        return workflow.correct(case, by=self.by, at=self.at, seen_version=version, words=words, mailing=mailing)

    def rehearsed(self) -> Rehearsal | None:
        """The mails of the correction, once its words are there."""
        if not self.form.is_bound or not self.form.is_valid():
            return None
        case = same(self.case)
        return rehearse(lambda mailing: self._act(case, case.version, mailing), by=self.by, at=self.at)


def ready_photos(form: forms.Form, *, by: Actor, at: datetime, holder: str) -> None:
    """Tells the form's field for pictures, if it has one, who sends them."""
    photos = form.fields.get("photos")
    if isinstance(photos, PhotosField):
        photos.for_sender(by=by, at=at, holder=holder, thumb=thumb, upload_url=reverse("file_upload"))


def keep_photos(old: forms.Form, new: forms.Form) -> None:
    """Pictures that came with the refused form stay with the one that is shown instead of it."""
    came, stay = old.fields.get("photos"), new.fields.get("photos")
    if isinstance(came, PhotosField) and isinstance(stay, PhotosField):
        stay.stored, stay.errors = came.stored, []


def as_sent(form: forms.Form) -> QueryDict:
    """The form's prefilled values as if they had been sent."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = bound.value()
        if value not in (None, "") and bound.name != "photos":
            data[bound.html_name] = str(value)
    return data


def same(case: Case) -> Case:
    """The case once more, as it stands in the database."""
    rows = Case.objects.for_page().select_related(*doors.WITH).prefetch_related(*doors.FOR_ACTS)
    return rows.get(pk=case.pk)
