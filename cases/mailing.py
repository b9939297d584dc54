"""Gathers what one confirmed action tells, then writes one mail a person (workflow.md section 4).

A verb makes a `Mailing`, each changed case adds to it, and `send` queues the mails: a person told of one case gets that
case's mail, a person told of several gets one mail that lists them. Nothing is sent from here; the outbox does that.
"""

from collections.abc import Callable, Iterable
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
Link = tuple[str, str]
"""Label and address, which is a path of this site or a slot."""

ASKING = ("ask", "ask-sign-off", "reminder")
"""Happenings that want an answer of the homeowner."""

NEW_WORK = ("alert", "safety", "accept-and-send")
"""Happenings that bring somebody work; of several the most urgent names them all."""

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
    whole: "Told | None" = None
    event_name: str = ""
    about: tuple[str, int, str] | None = None

    @property
    def group(self) -> tuple[str, ...]:
        """Same person, same audience: one mail. What a list tells (`whole`) goes with the mail of that list."""
        person = self.recipient
        address = person.email.lower() or f"letter:{person.homeowner_id}:{person.name}"
        return person.audience, address, person.name, (self.whole or self).event_name

    @property
    def event_key(self) -> str:
        """Names what happened, so that the outbox counts it once."""
        if self.event_name:
            return self.event_name
        if self.event:
            return f"case-event:{self.event.pk}:{self.key}"
        return (
            f"report:{self.report.pk}:{self.key}"
            if self.report
            else f"case:{self.case.pk if self.case else 0}:{self.key}"
        )

    @property
    def subject_of_mail(self) -> tuple[str, int | None, str]:
        """What the mail is about, as the ledger of mails keeps it: kind, key, reference."""
        if self.about:
            return self.about
        if self.case:
            return "case", self.case.pk, self.case.reference
        return "report", self.report.pk if self.report else None, self.report.reference if self.report else ""


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
    return replace(letter, buttons=[button for button in letter.buttons if not _is_slot(button)], items=items)


def _office(told: Told) -> str:
    """Until incoming mail is read, replies go to the development's office."""
    about = told.case or told.report
    return about.development.office_email if about else ""


def together(group: list[Told]) -> Told:
    """One mail out of everything that a person is told at once: a heading for each kind of answer, an item a case."""
    first = group[0]
    if first.whole:
        return first.whole
    if len(group) == 1:
        return first
    home = _place(group)
    kinds = _by_kind(group)
    title = _news(kinds)
    pictures = tuple(told.pictures[0] for rows in kinds for told in rows if told.pictures)[:MOST_PICTURES]
    letter = layout.Letter(
        eyebrow=home,
        title=title,
        lead=_lead(kinds),
        preview=", ".join(_heading(rows) for rows in kinds) if len(kinds) > 1 else "",
        items=_items(kinds, group),
        next=first.letter.next if _in_common(group, "next") else "",
        buttons=_buttons(group),
        signature=first.letter.signature,
        footer=first.letter.footer,
    )
    slots = {_slot_name(told, name): slot for told in group for name, slot in told.links.items()}
    subject = _("%(news)s, %(home)s") % {"news": title, "home": home}
    return replace(first, subject=subject, letter=letter, links=slots, pictures=pictures)


def _news(kinds: list[list[Told]]) -> str:
    """As "We will repair: 3 items" or "New P1: 3 items"; with different answers "News on 3 items"."""
    count = sum(len(rows) for rows in kinds)
    items = ngettext("%(n)d item", "%(n)d items", count) % {"n": count}
    what = _what(kinds[0][0]) if len(kinds) == 1 or all(_is_new_work(rows[0]) for rows in kinds) else ""
    if what.endswith("?"):
        return f"{what} {items}"
    return (
        _("%(what)s: %(items)s") % {"what": what, "items": items} if what else _("News on %(items)s") % {"items": items}
    )


def _lead(kinds: list[list[Told]]) -> str:
    """The sentence that holds for all; with different answers how many of them need one from the reader."""
    if len(kinds) == 1:
        return kinds[0][0].letter.lead if _in_common(kinds[0], "lead") else ""
    asking = sum(len(rows) for rows in kinds if rows[0].key in ASKING)
    return (
        ngettext("%(n)d of them needs your answer.", "%(n)d of them need your answer.", asking) % {"n": asking}
        if asking
        else ""
    )


def _place(group: list[Told]) -> str:
    """The one home that it is about, or what several homes have in common."""
    first = group[0]
    return first.letter.eyebrow if _in_common(group, "eyebrow") or not first.case else first.case.development.name


def _buttons(group: list[Told]) -> list[Link]:
    """One button for all; what belongs to one item alone stands at that item."""
    if group[0].recipient.audience == Audience.HOMEOWNER:
        return [(_("See progress"), "/portal/")]
    return [button for button in group[0].letter.buttons if _is_shared(button, group)][:1]


def _is_shared(button: Link, group: list[Told]) -> bool:
    return not _is_slot(button) and all(button in told.letter.buttons for told in group)


def _is_slot(button: Link) -> bool:
    return bool(layout.SLOT.fullmatch(button[1]))


def _slot_name(told: Told, name: str) -> str:
    """Names the slot of one item: the mail holds the same link for several cases."""
    return f"{name}-{told.case.pk}" if told.case else f"{name}-r{told.report.pk if told.report else 0}"


def _links(told: Told, group: list[Told]) -> list[Link]:
    """What this person can do about this item: read it and write to us, and answer what the item asks."""
    if told.recipient.audience != Audience.HOMEOWNER:
        return [button for button in told.letter.buttons if not _is_shared(button, group)]
    own = [button for button in told.letter.buttons if _is_slot(button)]
    slots = {f"[[link:{name}]]": f"[[link:{_slot_name(told, name)}]]" for name in told.links}
    read = [(_("Read and reply"), f"/portal/cases/{told.case.reference}/#reply")] if told.case else []
    return read + [(label, slots[to]) for label, to in own]


def _by_kind(group: list[Told]) -> list[list[Told]]:
    """Those with the same answer beside each other: first what asks or presses, then as the answers come."""
    kinds: dict[tuple[str, str], list[Told]] = {}
    for told in group:
        kinds.setdefault((told.key, _what(told)), []).append(told)
    return sorted(kinds.values(), key=lambda rows: (rows[0].key not in ASKING, _urgency(rows[0])))


def _is_new_work(told: Told) -> bool:
    return told.key in NEW_WORK and told.recipient.audience != Audience.HOMEOWNER


def _urgency(told: Told) -> int:
    """The place of new work among other new work; homeowners never read of priorities, nor see them in an order."""
    return told.case.priority.order if told.case and _is_new_work(told) else 0


def _in_common(rows: list[Told], part: str) -> bool:
    """Whether this sentence says the same for all of them."""
    return len({getattr(told.letter, part) for told in rows}) == 1


def _items(kinds: list[list[Told]], group: list[Told]) -> list[layout.Item]:
    """Under each heading what holds for all its items, at each item what is its own."""
    items: list[layout.Item] = []
    pictures = 0
    for rows in kinds:
        common = [part for part in ("lead", "next") if _in_common(rows, part)]
        under = [getattr(rows[0].letter, part) for part in common] if len(kinds) > 1 else []
        for told in rows:
            picture = None
            if told.pictures and pictures < MOST_PICTURES:
                pictures += 1
                picture = layout.Picture(pictures, told.pictures[0][1])
            item = layout.Item(_title(told), picture=picture, words=_own_words(told, common), links=_links(told, group))
            is_first = told is rows[0] and len(kinds) > 1
            items.append(replace(item, heading=_heading(rows), under=" ".join(under).strip()) if is_first else item)
    return items


def _heading(rows: list[Told]) -> str:
    """What happened, and to how many of them."""
    what = _what(rows[0])
    return f"{what} ({len(rows)})" if what else ""


def _what(told: Told) -> str:
    """What happened, as the subject says it before it names the defect."""
    return told.subject.partition(told.case.title)[0].rstrip(": ") if told.case else ""


def _title(told: Told) -> str:
    return f"{told.case.title} ({told.case.reference})" if told.case else told.subject


def _own_words(told: Told, common: list[str]) -> str:
    """What is said of this item alone."""
    own = {part: "" if part in common else getattr(told.letter, part) for part in ("lead", "next")}
    caution = told.letter.caution.words if told.letter.caution else ""
    return " ".join(
        part for part in (caution, own["lead"], told.letter.quote, *told.letter.paragraphs, own["next"]) if part
    )
