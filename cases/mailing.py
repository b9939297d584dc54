"""Gathers what one confirmed action tells, then writes one mail a person (workflow.md section 4).

A verb makes a `Mailing`, each changed case adds to it, and `send` queues the mails: a person told of one case gets that
case's mail, a person told of several gets one mail that lists them. Nothing is sent from here; the outbox does that.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from cases.choices import NoticeChannel
from cases.models import Notice
from cases.together import is_slot, together
from cases.told import Told
from ledger.actors import Actor
from outbox import layout, post

finishers: "list[Callable[[Mailing], None]]" = []
"""Rooms above that gather mails further, such as the orders of one list; filled in their `apps.ready()`."""


class Mailing:
    """The mails of one confirmed action."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by = by
        self.at = at
        self.told: list[Told] = []

    def add(self, told: Iterable[Told]) -> None:
        """Remember what somebody will be told."""
        self.told.extend(told)

    def finish(self) -> None:
        """Let the rooms above gather what they send together; within the transaction of the action."""
        for finisher in finishers:
            finisher(self)

    def grouped(self) -> list[list[Told]]:
        """By person, in the order in which they were first named."""
        groups: dict[tuple[str, ...], list[Told]] = {}
        for told in self.told:
            groups.setdefault(told.group, []).append(told)
        return list(groups.values())

    def letters(self) -> list[Told]:
        """The mails as they will be sent, one a person: what a confirm panel shows."""
        return [together(group) for group in self.grouped()]

    def send(self) -> list[Notice]:
        """Queue the mails (or letter-to-do rows) and note on each case who was told."""
        self.finish()
        notices: list[Notice] = []
        for group in self.grouped():
            whole = together(group)
            mail = self._queue(whole) if whole.recipient.email else None
            notices += [self._notice(told, whole, mail) for told in group if told.case or told.report]
        self.told = []
        return notices

    def _queue(self, told: Told) -> post.OutgoingMail:
        text, html = layout.render(told.letter)
        about, about_id, reference = told.subject_of_mail
        return post.queue(
            event=told.event_key,
            recipient=told.recipient.email,
            recipient_name=told.recipient.name,
            subject=told.subject,
            text=text,
            html=html,
            kind=told.key,
            about=about,
            about_id=about_id,
            about_reference=reference,
            pictures=list(told.pictures),
            reply_to=_office(told),
            by=self.by,
            at=self.at,
            links=told.links,
            parts=told.parts,
        )

    def _notice(self, told: Told, whole: Told, mail: post.OutgoingMail | None) -> Notice:
        return Notice.objects.create(
            case=told.case,
            report=told.report,
            event=told.event,
            audience=told.recipient.audience,
            homeowner_id=told.recipient.homeowner_id,
            recipient_name=told.recipient.name,
            channel=NoticeChannel.EMAIL if mail else NoticeChannel.LETTER,
            mail=mail,
            subject=whole.subject[:200],
            words="" if mail else layout.render(_on_paper(whole.letter))[0],
            at=self.at,
        )


def _on_paper(letter: layout.Letter) -> layout.Letter:
    """A letter has no buttons that only a mail can have, and no links at its items."""
    items = [replace(item, links=()) for item in letter.items]
    return replace(letter, buttons=[button for button in letter.buttons if not is_slot(button)], items=items)


def _office(told: Told) -> str:
    """Until incoming mail is read, replies go to the development's office."""
    about = told.case or told.report
    return about.development.office_email if about else ""
