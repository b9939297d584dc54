"""Words between people: notes, updates, replies, calls, questions, photo links (workflow.md section 3).

The lane is chosen by the verb, never by a flag that could be forgotten: `note` is for staff, everything else is read by
the homeowner.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.choices import Role
from cases import clocks, diary, holds, notices, people, steps, workflow
from cases.choices import AttachmentRole, Audience, Direction, EventKind, Lane, Status
from cases.evidence import MoveRefused
from cases.files import attach
from cases.mailing import Mailing
from cases.models import Attachment, Case, CaseEvent, Message
from cases.sittings import SITTING
from cases.versions import as_it_is
from catalogue.models import GuidanceArticle
from documents.models import StoredFile
from ledger.actors import Actor

LONGEST_ASK = timedelta(days=14)
"""A question pauses the repair target at most so long (domain 6.2, code 15)."""


@transaction.atomic
def note(case: Case, *, words: str, by: Actor, at: datetime) -> CaseEvent:
    """An internal note: it reaches no mail, no PDF, no portal."""
    _some(words)
    message = _write(case, Lane.INTERNAL, Direction.OUT, words, by=by, at=at)
    return diary.record(case, EventKind.NOTE, by=by, at=at, note=words, message=message)


@transaction.atomic
def update(
    case: Case,
    *,
    words: str,
    by: Actor,
    at: datetime,
    files: Sequence[Attachment] = (),
    article: GuidanceArticle | None = None,
    mailing: Mailing | None = None,
    news_by: datetime | None = None,
) -> CaseEvent:
    """Update resident: mailed at once in the officer's own words; counts as the promised news. Refused when hidden.

    `news_by`: the promise of the next news, where it is not left to the rule.
    """
    as_it_is(case)
    _some(words)
    _shown(case)
    first_review(case, by=by, at=at)
    message = _write(case, Lane.RESIDENT, Direction.OUT, words, by=by, at=at, article=article)
    sent = {"article": article.title} if article else {}
    event = diary.record(
        case, EventKind.MESSAGE, by=by, at=at, words=words, message=message, evidence=sent, is_visible=True
    )
    _answered(case, at=at, news_by=news_by)
    _tell_residents(case, event, "message", words, by=by, at=at, files=files, mailing=mailing, article=article)
    return event


@transaction.atomic
def reply(case: Case, *, words: str, by: Actor, at: datetime, files: Sequence[Attachment] = ()) -> CaseEvent:
    """The homeowner writes: the officer is told, an open question ends, its pause too."""
    as_it_is(case)
    _some(words)
    message = _write(case, Lane.RESIDENT, Direction.IN, words, by=by, at=at)
    event = diary.record(case, EventKind.MESSAGE, by=by, at=at, words=words, message=message, is_visible=True)
    _heard(case, by=by, at=at)
    _tell_officers(case, event, "reply", by=by, at=at, words=words, pictures=files)
    return event


@transaction.atomic
def send_pictures(case: Case, photos: Sequence[StoredFile], *, by: Actor, at: datetime) -> list[Attachment]:
    """Pictures of the homeowner without a word: they wait as a reply does and end an open question.

    The officer gets one alert a sitting. Pictures that come after somebody has read or answered the first ones alert
    anew, so that none can lie unseen.
    """
    as_it_is(case)
    rows = attach(case, photos, role=AttachmentRole.BEFORE, is_visible=True, by=by, at=at)
    if not rows:
        return []
    is_first = _heard(case, by=by, at=at)
    if is_first or not case.notices.filter(mail__kind="pictures", at__gt=at - SITTING).exists():
        event = case.events.filter(kind=EventKind.FILE, at=at, actor_name=by.name).latest("pk")
        photos_sent = notices.photo_count(len(rows))
        _tell_officers(case, event, "pictures", by=by, at=at, pictures=rows, photos=photos_sent)
    return rows


def _heard(case: Case, *, by: Actor, at: datetime) -> bool:
    """The homeowner wrote or sent something: it waits for the officer, a question ends. True when nothing waited."""
    is_first = Case.objects.filter(pk=case.pk, has_unread_reply=False).update(has_unread_reply=True)
    case.has_unread_reply = True
    holds.end_ask(case, how="reply", by=by, at=at)
    return bool(is_first)


def _tell_officers(case: Case, event: CaseEvent, key: str, *, by: Actor, at: datetime, **facts: Any) -> None:
    mailing = Mailing(by=by, at=at)
    officers = notices.recipients(case, [Audience.STAFF], by=by, at=at)
    notices.tell(case, event, key, officers, mailing=mailing, **facts)
    mailing.send()


@transaction.atomic
def call(
    case: Case,
    *,
    words: str,
    with_whom: str,
    direction: str,
    also_mail: bool,
    by: Actor,
    at: datetime,
    mailing: Mailing | None = None,
) -> CaseEvent:
    """A call in or out: a diary entry that counts as an update. A call that starts the review is always mailed."""
    as_it_is(case)
    _some(words)
    if not with_whom.strip():
        raise MoveRefused(_("Write whom you spoke with."), "with_whom")
    started = first_review(case, by=by, at=at)
    message = Message.objects.create(
        case=case,
        lane=Lane.RESIDENT,
        direction=direction,
        words=words,
        author_id_value=by.user_id,
        author_name=by.name,
        is_call=True,
        with_whom=with_whom,
        at=at,
    )
    event = diary.record(
        case,
        EventKind.CALL,
        by=by,
        at=at,
        words=words,
        message=message,
        evidence={"with": with_whom, "direction": direction},
        is_visible=True,
    )
    _answered(case, at=at)
    if case.is_visible and (also_mail or started):
        _tell_residents(case, event, "call", words, by=by, at=at, mailing=mailing, with_whom=with_whom)
    return event


@transaction.atomic
def ask(
    case: Case, *, words: str, until_at: datetime, by: Actor, at: datetime, mailing: Mailing | None = None
) -> CaseEvent:
    """A question with a date: mails it, pauses the pausable clocks, ends by itself on the reply or the date."""
    as_it_is(case)
    _some(words)
    _shown(case)
    if case.is_closed:
        raise MoveRefused(_("This case is closed."))
    if not at < until_at <= at + LONGEST_ASK:
        raise MoveRefused(_("Choose a date in the next 14 days."), "until_on")
    first_review(case, by=by, at=at)
    message = _write(case, Lane.RESIDENT, Direction.OUT, words, by=by, at=at)
    event = diary.record(
        case,
        EventKind.ASKED,
        by=by,
        at=at,
        words=words,
        message=message,
        evidence={"until": until_at.isoformat()},
        is_visible=True,
    )
    holds.begin_ask(case, until_at=until_at, by=by, at=at, event=event)
    _answered(case, at=at)
    deadline = notices.on_day(case, until_at)
    _tell_residents(case, event, "ask", words, by=by, at=at, mailing=mailing, deadline=deadline)
    return event


@transaction.atomic
def send_photo_link(case: Case, *, by: Actor, at: datetime, mailing: Mailing | None = None) -> CaseEvent:
    """Mail a link (72 hours, many pictures, nothing else) while the homeowner is on the phone."""
    _shown(case)
    event = diary.record(case, EventKind.PHOTO_LINK, by=by, at=at, is_visible=True)
    if not _tell_residents(case, event, "photo-link", "", by=by, at=at, mailing=mailing):
        raise MoveRefused(_("Nobody of this case has an e-mail address."))
    return event


def first_review(case: Case, *, by: Actor, at: datetime) -> bool:
    """The officer's first message, call or booking starts the review; its mail is that message's."""
    if case.status != Status.NEW or by.role not in {"officer", "manager"}:
        return False
    workflow.move(case, "start-review", by=by, at=at, seen_version=case.version, quiet=True)
    return True


def mark_read(case: Case, *, up_to: int | None = None) -> None:
    """The officer has seen the homeowner's words (up to this diary row); they leave the queue *Replies*."""
    newer = CaseEvent.objects.filter(case=OuterRef("pk"), actor_role=Role.HOMEOWNER, pk__gt=up_to or 0)
    seen = ~Exists(newer) if up_to else Q()
    if Case.objects.filter(seen, pk=case.pk).update(has_unread_reply=False):
        case.has_unread_reply = False


def _some(words: str) -> None:
    if len(words.strip()) < 2:
        raise MoveRefused(_("Write a few words."), "words")


def _shown(case: Case) -> None:
    if not case.is_visible:
        raise MoveRefused(_("This case is hidden from the homeowner: nobody would be told. Make it visible first."))


def _write(
    case: Case,
    lane: Lane,
    direction: Direction,
    words: str,
    *,
    by: Actor,
    at: datetime,
    article: GuidanceArticle | None = None,
) -> Message:
    return Message.objects.create(
        case=case,
        lane=lane,
        direction=direction,
        words=words,
        author_id_value=by.user_id,
        author_name=by.name,
        guidance=article,
        at=at,
    )


def _answered(case: Case, *, at: datetime, news_by: datetime | None = None) -> None:
    """A person of ours told the homeowner something."""
    clocks.told(case, at=at)
    if news_by and case.is_open:
        clocks.promise_news(case, by=news_by, at=at)
    mark_read(case)
    steps.refresh(case, at=at)


def _tell_residents(
    case: Case,
    event: CaseEvent,
    key: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
    files: Sequence[Attachment] = (),
    mailing: Mailing | None = None,
    **facts: Any,
) -> int:
    own = mailing or Mailing(by=by, at=at)
    residents = people.residents(case, at=at)
    notices.tell(case, event, key, residents, mailing=own, words=words, pictures=files, **facts)
    if mailing is None:
        own.send()
    return sum(1 for person in residents if person.email)
