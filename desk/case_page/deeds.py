"""What a confirm panel confirms: a move of the table, or the undoing of the last one. Both look the same to the view."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.access import KnownRequest, actor_of
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
from desk.case_page import actions, carried
from desk.case_page.forms import CorrectForm
from documents.fields import PhotosField
from ledger.actors import Actor

PREFILLED = ("reason", "duplicate_of")
"""Fields that a link of the case page may fill (the duplicate hint)."""


class Deed(Protocol):
    """What the panel needs to know of what it confirms."""

    case: Case
    form: Any
    title: str

    @property
    def seen_version(self) -> int: ...

    @property
    def outside_words(self) -> list[str]: ...

    @property
    def needs_manager(self) -> str: ...

    @property
    def impossible(self) -> str: ...

    def on(self, case: Case) -> "Deed": ...

    def carry_out(self) -> CaseEvent: ...

    def rehearsed(self) -> Rehearsal | None: ...


def deed_for(request: KnownRequest, case: Case, name: str, *, at: datetime) -> "MoveDeed | Correction | None":
    """The deed of this address; none for moves that are not the desk's."""
    by = actor_of(request)
    if name == "correct":
        data = request.POST if request.method == "POST" else None
        return Correction(case, CorrectForm(data, initial={"seen_version": case.version}), by, at)
    move = MOVES.get(name)
    if move is None or not set(move.who) & set(DESK):
        return None
    return move_deed(request, case, move, by=by, at=at)


def move_deed(request: KnownRequest, case: Case, move: Move, *, by: Actor, at: datetime) -> "MoveDeed":
    """A move with its form: as sent, or prefilled by the case, by a link of its page, by the edit form before."""
    today = roster(case.development, local_date(case, at))
    initial: dict[str, Any] = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    initial |= carried.taken(request, case) if request.method == "GET" else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    holder = holder_of(request)
    return MoveDeed(case, move, by, at, today, holder, data=sent[0], sent_files=sent[1], initial=initial)


@dataclass
class MoveDeed:
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
        photos = form.fields.get("photos")
        if isinstance(photos, PhotosField):
            photos.for_sender(by=self.by, at=self.at, holder=self.holder, thumb=thumb, upload_url="/files/upload/")
        return form

    def on(self, case: Case) -> "MoveDeed":
        """The same act on the case as it is now: what was typed stays, the version is the fresh one."""
        data = self.data.copy() if self.data is not None else QueryDict(mutable=True)
        data["seen_version"] = str(case.version)
        kept = self.form.fields["photos"] if "photos" in self.form.fields else None
        fresh = MoveDeed(case, self.move, self.by, self.at, self.today, self.holder, data=data)
        if isinstance(kept, PhotosField) and isinstance(fresh.form.fields["photos"], PhotosField):
            fresh.form.fields["photos"].stored, fresh.form.fields["photos"].errors = kept.stored, []
        fresh.form.full_clean()
        return fresh

    @property
    def title(self) -> str:
        """What the button said."""
        company = self.case.company or self.today.company_for(self.case.trade)
        return actions.move_label(self.move.name, company)

    @property
    def seen_version(self) -> int:
        """The version that the form showed."""
        return int(self.form.cleaned_data["seen_version"])

    @property
    def outside_words(self) -> list[str]:
        """What people outside will read of what was typed."""
        given = self.form.cleaned_data
        return [str(given.get(name) or "") for name in ("words", "rule")]

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
        """The form as if its prefilled values had been sent."""
        data = QueryDict(mutable=True)
        for bound in self.form:
            value = bound.value()
            if value not in (None, "") and bound.name != "photos":
                data[bound.html_name] = str(value)
        return MoveDeed(self.case, self.move, self.by, self.at, self.today, self.holder, data=data)


@dataclass
class Correction:
    """The undoing of the last move."""

    case: Case
    form: forms.Form
    by: Actor
    at: datetime

    def on(self, case: Case) -> "Correction":
        """The same on the case as it is now."""
        data = self.form.data.copy()
        data["seen_version"] = str(case.version)
        return Correction(case, CorrectForm(data), self.by, self.at)

    @property
    def title(self) -> str:
        """What the button said."""
        return _("Undo the last move")

    @property
    def seen_version(self) -> int:
        """The version that the form showed."""
        return int(self.form.cleaned_data["seen_version"])

    @property
    def outside_words(self) -> list[str]:
        """Whoever the wrong move told reads why."""
        return [self.form.cleaned_data["words"]]

    @property
    def needs_manager(self) -> str:
        """The manager undoes an old move himself; nobody asks him for it."""
        return ""

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


def same(case: Case) -> Case:
    """The case once more, as it stands in the database."""
    return Case.objects.for_page().select_related("report_item__report", "element", "duplicate_of").get(pk=case.pk)
