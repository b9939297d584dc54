"""The everyday acts that are not moves (workflow.md section 3): what each does with its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases import facts, files, holds, moved_dates, talk
from cases.choices import AttachmentRole
from cases.forms import articles
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent
from ledger.actors import Actor


@dataclass(frozen=True)
class Doing:
    """Who acts on what, when; with a `mailing` the mails are only taken down."""

    case: Case
    by: Actor
    at: datetime
    version: int
    mailing: Mailing | None = None


def note(doing: Doing, form: Any) -> CaseEvent:
    """Words that only staff read."""
    return talk.note(doing.case, words=form.cleaned_data["words"], by=doing.by, at=doing.at)


def update(doing: Doing, form: Any) -> CaseEvent:
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
        files=[row for row in attached if row.file.is_seen],
        article=articles.chosen(form.cleaned_data),
        mailing=doing.mailing,
    )
    Attachment.objects.filter(pk__in=[row.pk for row in attached]).update(message=event.message)
    return event


def ask(doing: Doing, form: Any) -> CaseEvent:
    """A question with a date; our clock waits."""
    words, until = form.cleaned_data["words"], form.end_of("until_on")
    return talk.ask(doing.case, words=words, until_at=until, by=doing.by, at=doing.at, mailing=doing.mailing)


def call(doing: Doing, form: Any) -> CaseEvent:
    """A call, from or to whom, with what was said."""
    return talk.call(doing.case, **form.cleaned_data, by=doing.by, at=doing.at, mailing=doing.mailing)


def change_date(doing: Doing, form: Any) -> CaseEvent:
    """Another due date, with the reason that the homeowner reads."""
    return moved_dates.change_date(
        doing.case,
        form.cleaned_data["which"],
        due=form.end_of("due"),
        words=form.cleaned_data["words"],
        seen_version=doing.version,
        by=doing.by,
        at=doing.at,
        mailing=doing.mailing,
    )


def hold(doing: Doing, form: Any) -> CaseEvent:
    """Nothing can be done until that day."""
    return holds.hold(
        doing.case,
        reason=form.cleaned_data["reason"],
        until_at=form.end_of("until_on"),
        words=form.cleaned_data["words"],
        by=doing.by,
        at=doing.at,
        mailing=doing.mailing,
    )


def resume(doing: Doing, form: Any) -> CaseEvent:
    """The case goes on."""
    words = form.cleaned_data["words"]
    return holds.resume(doing.case, how="officer", words=words, by=doing.by, at=doing.at, mailing=doing.mailing)


def escalate(doing: Doing, form: Any) -> CaseEvent:
    """The manager is asked to step in."""
    return facts.escalate(doing.case, why=form.cleaned_data["why"], by=doing.by, at=doing.at)


def made_safe(doing: Doing, form: Any) -> CaseEvent:
    """The danger is gone."""
    words = form.cleaned_data["words"]
    return facts.made_safe(doing.case, words=words, by=doing.by, at=doing.at, mailing=doing.mailing)


def send_photo_link(doing: Doing, form: Any) -> CaseEvent:
    """A link by which pictures come without signing in."""
    return talk.send_photo_link(doing.case, by=doing.by, at=doing.at, mailing=doing.mailing)


def add_files(doing: Doing, form: Any) -> CaseEvent | None:
    """Files, hidden from the homeowner unless shown at once."""
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
