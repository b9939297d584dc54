"""Tells people what happened to a case: composes the sentence for each audience and adds it to the mailing.

Only `words` reach a person outside; a note never does. A case that is hidden from the homeowner tells no homeowner.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import orders, people
from cases.choices import AttachmentRole, Audience, NoticeChannel
from cases.dates import local_date
from cases.headlines import headline
from cases.mailing import Mailing, Picture, Told
from cases.models import Attachment, Case, CaseEvent, Notice
from cases.people import Recipient
from cases.sentences import LINK_LABELS, Sentence, sentence_for
from cases.words import HIDDEN
from catalogue.models import GuidanceArticle
from ledger import audit
from ledger.actors import Actor
from outbox import layout
from units.models import Development
from units.wording import day, when, window

ACTION_LINKS = {"yes": "confirm", "no": "not-right", "reopen": "reopen", "appeal": "reopen", "photos": "photos"}
PATHS = {
    "see": "/portal/cases/{ref}/",
    "reply": "/portal/cases/{ref}/#reply",
    "desk": "/cases/{ref}/",
    "decision": "/decisions/{request}/",
    "job": "/jobs/",
}
PICTURES_IN_A_MAIL = 6
SENTENCE_ENDS = re.compile(r"(?<=\.) ")

QUOTED = ("alert", "safety", "reply", "not-right", "reopen")
"""Happenings whose words are the homeowner's own."""

WORDS_FOR_CONTRACTOR = ("send-back", "take-back", "correct")
"""Happenings whose words the contractor reads too; all others are written to the homeowner."""


def tell(
    case: Case,
    event: CaseEvent | None,
    key: str,
    recipients: Sequence[Recipient],
    *,
    mailing: Mailing,
    words: str = "",
    pictures: Sequence[Attachment] = (),
    **facts: Any,
) -> None:
    """Add one happening to the mailing, for each of these people in the words of their audience."""
    shown = tuple(_shown(picture) for picture in list(pictures)[:PICTURES_IN_A_MAIL])
    known = _facts(case, by=mailing.by, at=mailing.at) | facts
    mailing.add(_told(case, event, key, person, known, words, shown) for person in recipients)


def _shown(attachment: Attachment) -> Picture:
    role = attachment.get_role_display() if attachment.role in {AttachmentRole.BEFORE, AttachmentRole.AFTER} else ""
    return attachment.file, attachment.caption or role


def _told(
    case: Case,
    event: CaseEvent | None,
    key: str,
    person: Recipient,
    facts: dict[str, Any],
    words: str,
    pictures: tuple[Picture, ...],
) -> Told:
    sentence = sentence_for(key, person.audience)
    facts = facts | {"state": _state(case, person.audience)}
    is_order = person.audience == Audience.CONTRACTOR and key in orders.ORDERS
    if person.audience == Audience.CONTRACTOR and key not in WORDS_FOR_CONTRACTOR and not is_order:
        words = ""
    names = _links_for(sentence, person)
    if is_order:
        again = orders.without_people(case, words) if key == orders.AGAIN else ""
        words = "\n\n".join(part for part in (again, orders.fault_in_own_words(case)) if part)
        facts = facts | {"caution": orders.caution(case)}
    quoted = key in QUOTED or is_order
    if quoted and words.strip() in case.title:
        words = ""
    said, read_on = _guidance(facts.get("article"), person)
    letter = layout.Letter(
        eyebrow=f"{case.unit}, {case.development.name}",
        title=case.title,
        lead=" ".join(part for part in (_filled(sentence.lead, facts), facts.get("visit_off", "")) if part),
        quote=words.strip() if quoted else "",
        paragraphs=(*(words.strip().split("\n\n") if words.strip() and not quoted else ()), *said),
        pictures=[layout.Picture(number, caption) for number, (_file, caption) in enumerate(pictures, start=1)],
        facts=facts.get("lines", ()),
        next=_filled(_promised(str(sentence.next), facts), facts),
        caution=facts.get("caution"),
        buttons=(*((str(LINK_LABELS[name]), _address(name, facts)) for name in names), *read_on),
        signature=signature(case),
        footer=footer(case.development, person.audience),
    )
    links = {name: _slot(case, name, person) for name in names if name in ACTION_LINKS}
    subject = _filled(sentence.subject, facts)
    return Told(person, key, subject, letter, case=case, event=event, pictures=pictures, links=links)


def _guidance(article: GuidanceArticle | None, person: Recipient) -> tuple[list[str], list[tuple[str, str]]]:
    """What a homeowner's mail quotes of an article that goes with it, and the button to that very revision."""
    if article is None or person.audience != Audience.HOMEOWNER:
        return [], []
    return [article.in_mail], [(_("Read our guide"), article.get_absolute_url())]


def _state(case: Case, audience: Audience) -> str:
    words = headline(case, audience)
    return _("No longer with you") if words == HIDDEN else words


def _links_for(sentence: Sentence, person: Recipient) -> list[str]:
    """A tenant is never offered to confirm, appeal or reopen."""
    if person.audience != Audience.HOMEOWNER or person.may_confirm:
        return list(sentence.links)
    return [name for name in sentence.links if name not in {"yes", "no", "reopen", "appeal"}] or ["see"]


def _filled(words: Any, facts: dict[str, Any]) -> str:
    return str(words).format_map(facts)


def _promised(words: str, facts: dict[str, Any]) -> str:
    """Without the sentence that promises news where none is promised, as on a closed case."""
    if facts["news"]:
        return words
    return " ".join(sentence for sentence in SENTENCE_ENDS.split(words) if "{news}" not in sentence)


def _address(name: str, facts: dict[str, Any]) -> str:
    """Where a link leads. Action links are slots: their token is minted while the mail is sent."""
    if name in ACTION_LINKS:
        return f"[[link:{name}]]"
    return PATHS[name].format_map(facts)


def _slot(case: Case, name: str, person: Recipient) -> dict[str, Any]:
    return {
        "purpose": "case-photos" if name == "photos" else "case-action",
        "action": ACTION_LINKS[name],
        "case": case.pk,
        "homeowner": person.homeowner_id,
        "name": person.name,
    }


def _facts(case: Case, *, by: Actor, at: datetime) -> dict[str, Any]:
    """What every sentence may name."""
    zone = case.development.tz

    def on(moment: datetime | None) -> str:
        return day(moment.astimezone(zone).date()) if moment else ""

    return {
        "fault": case.title,
        "ref": case.reference,
        "home": str(case.unit),
        "officer": people.first_name(case.officer.name) if case.officer else _("Our office"),
        "name": people.first_name(by.name),
        "today": on(at),
        "news": "" if case.is_closed else on(case.update_due_at),
        "dates": on(case.company_due_at or case.update_due_at),
        "due": when(case.company_due_at, zone) if case.company_due_at else "",
        "deadline": on(case.confirm_due_at),
        "appeal": on(at + timedelta(days=case.appeal_days)),
        "done": on(case.reports_done_at or case.checked_at or at),
        "when": window(case.visit_starts_at, case.visit_ends_at, zone)
        if case.visit_starts_at and case.visit_ends_at
        else "",
        "visit": case.get_visit_kind_display(),
        "party": case.passed_to,
        "follow_up": day(case.follow_up_on) if case.follow_up_on else "",
        "other": case.duplicate_of.reference if case.duplicate_of else "",
        "priority": case.priority_id,
        "received": when(case.received_at, zone),
    }


def signature(case: Case) -> layout.Signature:
    """The officer's name and the office phone, on every mail."""
    development = case.development
    name = case.officer.name if case.officer else development.name
    return layout.Signature(name=name, phone=development.office_phone, hours=development.office_hours)


def footer(development: Development, audience: Audience) -> str:
    """Whose mail this is; for a homeowner with the emergency number."""
    if audience != Audience.HOMEOWNER:
        return development.name
    return _("%(name)s. Emergency, day and night: %(phone)s.") % {
        "name": development.name,
        "phone": development.emergency_phone,
    }


def window_words(case: Case, start: datetime, end: datetime) -> str:
    """As in "Tue 3 Mar, 09:00-12:00" at the home."""
    return window(start, end, case.development.tz)


def on_day(case: Case, moment: datetime) -> str:
    """As in "Tue 3 Mar" at the home."""
    return day(moment.astimezone(case.development.tz).date())


def picture_count(count: int) -> str:
    """As in "with 3 photos" for the alert."""
    if not count:
        return _("without photos")
    return ngettext("with %(n)d photo", "with %(n)d photos", count) % {"n": count}


def photo_count(count: int) -> str:
    """As in "3 photos"."""
    return ngettext("%(n)d photo", "%(n)d photos", count) % {"n": count}


def cover_words(case: Case, at: datetime) -> str:
    """As in "covered, 143 days left" for the alert."""
    left = (case.cover_ends_on - local_date(case, at)).days if case.cover_ends_on else None
    if left is None or left < 0:
        return case.cover_status.replace("-", " ") or _("cover unclear")
    return ngettext("%(status)s, %(n)d day left", "%(status)s, %(n)d days left", left) % {
        "status": case.cover_status.replace("-", " "),
        "n": left,
    }


RECIPIENTS: dict[Audience, Callable[..., list[Recipient]]] = {
    Audience.HOMEOWNER: lambda case, by, at: people.residents(case, at=at),
    Audience.CONTRACTOR: lambda case, by, at: people.company(case),
    Audience.STAFF: lambda case, by, at: people.staff(people.officers_of(case), but=by),
}


def recipients(case: Case, audiences: Sequence[Audience], *, by: Actor, at: datetime) -> list[Recipient]:
    """Everybody of these audiences, as the registers stand now."""
    return [person for audience in audiences for person in RECIPIENTS[audience](case, by, at)]


def done(notice: Notice, *, by: Actor, at: datetime) -> bool:
    """Somebody wrote or phoned: the "letter or phone to do" is done. False when a colleague was faster."""
    rows = Notice.objects.filter(pk=notice.pk, channel=NoticeChannel.LETTER, done_at__isnull=True)
    if not rows.update(done_at=at, done_by_name=by.name):
        return False
    case = notice.case
    audit.record(
        "notice.done",
        by=by,
        at=at,
        about="case" if case else "report",
        about_id=(notice.case_id or notice.report_id) or 0,
        reference=case.reference if case else "",
        new={"notice": notice.pk, "to": notice.recipient_name, "subject": notice.subject},
    )
    return True
