"""The everyday acts that are not moves (workflow.md section 3): what each asks, what it does, who reads its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import facts, files, holds, talk
from cases.choices import AttachmentRole, Status
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent
from cases.rehearsal import Rehearsal, rehearse
from desk.case_page import forms
from desk.case_page.deeds import Deed, as_sent, keep_photos, ready_photos, same
from ledger.actors import Actor

Words = str | Promise


@dataclass(frozen=True)
class Doing:
    """Who acts on what, when; with a `mailing` the mails are only taken down."""

    case: Case
    by: Actor
    at: datetime
    version: int
    mailing: Mailing | None = None


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


def _note(doing: Doing, form: Any) -> CaseEvent:
    return talk.note(doing.case, words=form.cleaned_data["words"], by=doing.by, at=doing.at)


def _update(doing: Doing, form: Any) -> CaseEvent:
    """The pictures become the homeowner's to see, and stand in the mail."""
    attached: list[Attachment] = []
    if form.cleaned_data["photos"]:
        attached = files.attach(
            doing.case,
            form.cleaned_data["photos"],
            role=AttachmentRole.OTHER,
            by=doing.by,
            at=doing.at,
            is_visible=True,
        )
    event = talk.update(
        doing.case,
        words=form.cleaned_data["words"],
        by=doing.by,
        at=doing.at,
        files=[row for row in attached if row.file.is_picture],
        mailing=doing.mailing,
    )
    Attachment.objects.filter(pk__in=[row.pk for row in attached]).update(message=event.message)
    return event


def _ask(doing: Doing, form: Any) -> CaseEvent:
    words, until = form.cleaned_data["words"], form.end_of("until_on")
    return talk.ask(doing.case, words=words, until_at=until, by=doing.by, at=doing.at, mailing=doing.mailing)


def _call(doing: Doing, form: Any) -> CaseEvent:
    return talk.call(doing.case, **form.cleaned_data, by=doing.by, at=doing.at, mailing=doing.mailing)


def _date(doing: Doing, form: Any) -> CaseEvent:
    return facts.change_date(
        doing.case,
        form.cleaned_data["which"],
        due=form.end_of("due"),
        words=form.cleaned_data["words"],
        seen_version=doing.version,
        by=doing.by,
        at=doing.at,
        mailing=doing.mailing,
    )


def _hold(doing: Doing, form: Any) -> CaseEvent:
    return holds.hold(
        doing.case,
        reason=form.cleaned_data["reason"],
        until_at=form.end_of("until_on"),
        words=form.cleaned_data["words"],
        by=doing.by,
        at=doing.at,
        mailing=doing.mailing,
    )


def _resume(doing: Doing, form: Any) -> CaseEvent:
    words = form.cleaned_data["words"]
    return holds.resume(doing.case, how="officer", words=words, by=doing.by, at=doing.at, mailing=doing.mailing)


def _escalate(doing: Doing, form: Any) -> CaseEvent:
    return facts.escalate(doing.case, why=form.cleaned_data["why"], by=doing.by, at=doing.at)


def _safe(doing: Doing, form: Any) -> CaseEvent:
    words = form.cleaned_data["words"]
    return facts.made_safe(doing.case, words=words, by=doing.by, at=doing.at, mailing=doing.mailing)


def _photo_link(doing: Doing, form: Any) -> CaseEvent:
    return talk.send_photo_link(doing.case, by=doing.by, at=doing.at, mailing=doing.mailing)


def _files(doing: Doing, form: Any) -> CaseEvent | None:
    given = form.cleaned_data
    attached = files.attach(
        doing.case,
        given["photos"],
        role=given["role"],
        caption=given["caption"],
        pair_of=given["pair_of"],
        by=doing.by,
        at=doing.at,
    )
    if not given["is_visible"]:
        return None
    return files.show(doing.case, attached, by=doing.by, at=doing.at, mailing=doing.mailing)


def _contractor(doing: Doing, form: Any) -> CaseEvent:
    given = {name: form.cleaned_data[name] for name in ("stage", "who", "proof", "note")}
    return facts.contractor_said(doing.case, **given, due=form.end_of("due_on"), by=doing.by, at=doing.at)


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
        _note,
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
        _update,
        gettext_lazy("The homeowner was told."),
        "send",
        impossible=_only_shown,
    ),
    "ask": Act(
        gettext_lazy("Ask the homeowner"),
        gettext_lazy("A question with a date; our repair time waits for the answer."),
        forms.AskForm,
        _ask,
        gettext_lazy("The homeowner was asked."),
        "ask",
        impossible=_open_and_shown,
    ),
    "calls": Act(
        gettext_lazy("Log a call"),
        gettext_lazy("A call counts as news to the homeowner."),
        forms.CallForm,
        _call,
        gettext_lazy("The call is logged."),
        "phone-in",
        initial=lambda case, person: {"with_whom": person},
    ),
    "dates": Act(
        gettext_lazy("Change a date"),
        gettext_lazy("The homeowner reads the old date, the new one and why. The first date stays on record."),
        forms.DateForm,
        _date,
        gettext_lazy("The date is changed."),
        "calendar",
        impossible=_only_open,
    ),
    "hold": Act(
        gettext_lazy("Put on hold"),
        gettext_lazy("Listed reasons pause our repair target; the statutory clock never pauses."),
        forms.HoldForm,
        _hold,
        gettext_lazy("The case is on hold."),
        "pause",
        impossible=_only_open,
    ),
    "resume": Act(
        gettext_lazy("Resume"),
        gettext_lazy("The remaining time of the repair target continues."),
        forms.ResumeForm,
        _resume,
        gettext_lazy("The case goes on."),
        "play",
        impossible=_only_open,
    ),
    "escalation": Act(
        gettext_lazy("Escalate"),
        gettext_lazy("The manager is told now and answers on the page Decisions."),
        forms.EscalationForm,
        _escalate,
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
        _safe,
        gettext_lazy("Noted: it is safe."),
        "shield-check",
        impossible=_only_open,
    ),
    "photo-link": Act(
        gettext_lazy("Send a link for pictures"),
        gettext_lazy("The link works for 72 hours without signing in, takes many pictures and shows nothing else."),
        forms.PhotoLinkForm,
        _photo_link,
        gettext_lazy("The link is on its way."),
        "link",
        (),
        impossible=_open_and_shown,
    ),
    "files": Act(
        gettext_lazy("Add files"),
        gettext_lazy("Files start hidden from the homeowner; show them now or later, one by one."),
        forms.FilesForm,
        _files,
        gettext_lazy("The files are on the case."),
        "camera",
        (),
        "note",
    ),
    "contractor": Act(
        gettext_lazy("What the contractor said"),
        gettext_lazy("Who said it, when and how; nobody is told by this."),
        forms.ContractorForm,
        _contractor,
        gettext_lazy("Noted what the contractor said."),
        "tools",
        (),
        "note",
        impossible=_only_sent,
    ),
}


@dataclass
class ActDeed(Deed):
    """An everyday act as the confirm panel takes it."""

    case: Case
    act: Act
    by: Actor
    at: datetime
    holder: str
    name: str = ""
    person: str = ""
    data: QueryDict | None = None
    sent_files: Any = None

    def __post_init__(self) -> None:
        initial = self.act.initial(self.case, self.person)
        self.form = self.act.form(self.data, self.sent_files, initial=initial, case=self.case, at=self.at)
        ready_photos(self.form, by=self.by, at=self.at, holder=self.holder)

    @property
    def title(self) -> str:
        """What the menu said."""
        return str(self.act.title)

    @property
    def kind(self) -> str:
        """Which act of `/messages/`."""
        return self.name

    @property
    def lead(self) -> str:
        """What it does, in a sentence."""
        return str(self.act.lead)

    @property
    def button(self) -> str:
        """What the button says when nobody is told by it."""
        return str(self.act.button) or (self.title if self.tells else _("Save"))

    @property
    def icon(self) -> str:
        """What stood in the menu."""
        return self.act.icon

    @property
    def tells(self) -> bool:
        """Somebody outside hears of it."""
        return self.act.lane == "out"

    @property
    def said(self) -> str:
        """What is said afterwards."""
        return str(self.act.said)

    @property
    def outside_words(self) -> list[str]:
        """What people outside will read of what was typed."""
        return [str(self.form.cleaned_data.get(name) or "") for name in self.act.outside]

    @property
    def impossible(self) -> str:
        """Why the case cannot have this now."""
        return str(self.act.impossible(self.case))

    def on(self, case: Case) -> "ActDeed":
        """The same on the case as it is now; what was typed and the pictures stay."""
        data = self.data.copy() if self.data is not None else QueryDict(mutable=True)
        data["seen_version"] = str(case.version)
        fresh = ActDeed(case, self.act, self.by, self.at, self.holder, self.name, self.person, data=data)
        keep_photos(self.form, fresh.form)
        return fresh

    def carry_out(self) -> CaseEvent | None:
        """Do it."""
        return self.act.do(Doing(self.case, self.by, self.at, self.seen_version), self.form)

    def rehearsed(self) -> Rehearsal | None:
        """The mails, once the form is filled in; at once where there is nothing to fill in."""
        trial = self if self.form.is_bound else self._tried()
        if not trial.form.is_valid():
            return None
        case = same(self.case)
        return rehearse(
            lambda mailing: self.act.do(Doing(case, self.by, self.at, case.version, mailing), trial.form),
            by=self.by,
            at=self.at,
        )

    def _tried(self) -> "ActDeed":
        data = as_sent(self.form)
        return ActDeed(self.case, self.act, self.by, self.at, self.holder, self.name, self.person, data=data)
