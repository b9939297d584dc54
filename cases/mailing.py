"""Gathers what one confirmed action tells, then writes one mail a person (workflow.md section 4).

A verb makes a `Mailing`, each changed case adds to it, and `send` queues the mails: a person told of one case gets that
case's mail, a person told of several gets one mail that lists them. Nothing is sent from here; the outbox does that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import Audience, NoticeChannel
from cases.models import Case, CaseEvent, Notice, Report
from cases.people import Recipient
from documents.models import StoredFile
from ledger.actors import Actor
from outbox import layout, post

Picture = tuple[StoredFile, str]

MOST_PICTURES = 12
"""In a mail on several cases: one each, at most so many."""


@dataclass(frozen=True)
class Told:
    """What one person is told about one case (or one report)."""

    recipient: Recipient
    key: str
    subject: str
    letter: layout.Letter
    case: Case | None = None
    event: CaseEvent | None = None
    report: Report | None = None
    pictures: tuple[Picture, ...] = ()
    links: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def group(self) -> tuple[str, str, str]:
        """Same person, same audience: one mail."""
        person = self.recipient
        return person.audience, person.email.lower() or f"letter:{person.homeowner_id}:{person.name}", person.name

    @property
    def event_key(self) -> str:
        """Names what happened, so that the outbox counts it once."""
        if self.event:
            return f"case-event:{self.event.pk}:{self.key}"
        return (
            f"report:{self.report.pk}:{self.key}"
            if self.report
            else f"case:{self.case.pk if self.case else 0}:{self.key}"
        )


class Mailing:
    """The mails of one confirmed action."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by = by
        self.at = at
        self.told: list[Told] = []

    def add(self, told: Iterable[Told]) -> None:
        """Remember what somebody will be told."""
        self.told.extend(told)

    def grouped(self) -> list[list[Told]]:
        """By person, in the order in which they were first named."""
        groups: dict[tuple[str, str, str], list[Told]] = {}
        for told in self.told:
            groups.setdefault(told.group, []).append(told)
        return list(groups.values())

    def letters(self) -> list[Told]:
        """The mails as they will be sent, one a person: what a confirm panel shows."""
        return [together(group) for group in self.grouped()]

    def send(self) -> list[Notice]:
        """Queue the mails (or letter-to-do rows) and note on each case who was told."""
        notices: list[Notice] = []
        for group in self.grouped():
            whole = together(group)
            mail = self._queue(whole) if whole.recipient.email else None
            notices += [self._notice(told, whole, mail) for told in group]
        self.told = []
        return notices

    def _queue(self, told: Told) -> post.OutgoingMail:
        text, html = layout.render(told.letter)
        report = told.report
        return post.queue(
            event=told.event_key,
            recipient=told.recipient.email,
            recipient_name=told.recipient.name,
            subject=told.subject,
            text=text,
            html=html,
            kind=told.key,
            about="case" if told.case else "report",
            about_id=told.case.pk if told.case else (report.pk if report else None),
            about_reference=told.case.reference if told.case else (report.reference if report else ""),
            pictures=list(told.pictures),
            reply_to=_office(told),
            by=self.by,
            at=self.at,
            links=told.links,
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
    """A letter has no buttons that only a mail can have."""
    return replace(letter, buttons=[button for button in letter.buttons if not layout.SLOT.fullmatch(button[1])])


def _office(told: Told) -> str:
    """Until incoming mail is read, replies go to the development's office."""
    about = told.case or told.report
    return about.development.office_email if about else ""


def together(group: list[Told]) -> Told:
    """One mail out of everything that a person is told at once: a heading for each kind of answer, an item a case."""
    if len(group) == 1:
        return group[0]
    first = group[0]
    home = _place(group)
    count = len(group)
    subject = ngettext("%(n)d item: %(home)s", "%(n)d items: %(home)s", count) % {"n": count, "home": home}
    kinds = _by_kind(group)
    pictures = tuple(told.pictures[0] for rows in kinds for told in rows if told.pictures)[:MOST_PICTURES]
    letter = layout.Letter(
        eyebrow=home,
        title=subject,
        lead=ngettext("There is news on %(n)d item.", "There is news on %(n)d items.", count) % {"n": count},
        items=_items(kinds),
        next=first.letter.next if _in_common(group, "next") else "",
        buttons=_button(first),
        signature=first.letter.signature,
        footer=first.letter.footer,
    )
    return replace(first, subject=subject, letter=letter, links={}, pictures=pictures)


def _place(group: list[Told]) -> str:
    """The one home that it is about, or what several homes have in common."""
    first = group[0]
    return first.letter.eyebrow if _in_common(group, "eyebrow") or not first.case else first.case.development.name


def _button(first: Told) -> list[tuple[str, str]]:
    """One button for all; a link that belongs to one item alone does not belong into a mail on several."""
    if first.recipient.audience == Audience.HOMEOWNER:
        return [(_("See progress"), "/portal/")]
    return [button for button in first.letter.buttons if not layout.SLOT.fullmatch(button[1])][:1]


def _by_kind(group: list[Told]) -> list[list[Told]]:
    """Those with the same answer beside each other, in the order in which the answers come."""
    kinds: dict[str, list[Told]] = {}
    for told in group:
        kinds.setdefault(told.key, []).append(told)
    return list(kinds.values())


def _in_common(rows: list[Told], part: str) -> bool:
    """Whether this sentence says the same for all of them."""
    return len({getattr(told.letter, part) for told in rows}) == 1


def _items(kinds: list[list[Told]]) -> list[layout.Item]:
    """Under each heading what holds for all its items, at each item what is its own."""
    items: list[layout.Item] = []
    pictures = 0
    for rows in kinds:
        common = [part for part in ("lead", "next") if _in_common(rows, part)]
        under = [getattr(rows[0].letter, part) for part in common if part == "lead" or len(kinds) > 1]
        for told in rows:
            picture = None
            if told.pictures and pictures < MOST_PICTURES:
                pictures += 1
                picture = layout.Picture(pictures, told.pictures[0][1])
            item = layout.Item(_title(told), _own_words(told, common), picture)
            is_first = told is rows[0]
            items.append(replace(item, heading=_heading(rows), under=" ".join(under).strip()) if is_first else item)
    return items


def _heading(rows: list[Told]) -> str:
    """What happened, as the subject of each of them says it before it names the defect, and to how many."""
    told = rows[0]
    what = told.subject.partition(told.case.title)[0].rstrip(": ") if told.case else ""
    return f"{what} ({len(rows)})" if what else ""


def _title(told: Told) -> str:
    return f"{told.case.title} ({told.case.reference})" if told.case else told.subject


def _own_words(told: Told, common: list[str]) -> str:
    """What is said of this item alone."""
    own = {part: "" if part in common else getattr(told.letter, part) for part in ("lead", "next")}
    return " ".join(part for part in (own["lead"], told.letter.quote, *told.letter.paragraphs, own["next"]) if part)
