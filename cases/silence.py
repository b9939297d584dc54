"""When silence closes a case: the one rule of *close-no-reply*, for the sweep that looks and the move that acts."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accounts.choices import Role
from cases.choices import AttachmentRole, Audience, Direction, EventKind, NoticeChannel
from cases.dates import LAST_MINUTE
from cases.models import Attachment, Case, CaseEvent, Hold, Message, Notice
from cases.querysets import CaseQuerySet
from homeowners.models import Tenure
from outbox.choices import MailState

LEAST_REMINDERS = 2


def silent(at: datetime) -> CaseQuerySet:
    """Two reminders that left, the promised day over, an after-photo, a check by staff, no word since, no pause.

    Source: workflow.md, close-no-reply. A letter counts once somebody wrote it; an answer on the last day counts, a
    picture is a word. Reminders count that went to somebody who holds the home now; a photo of a repair that was sent
    back proves nothing.
    """
    left = Q(mail__state=MailState.SENT) | Q(channel=NoticeChannel.LETTER, done_at__isnull=False)
    holders = Tenure.objects.in_force_at(at).may_confirm().filter(homeowner=OuterRef("homeowner"))
    told = Notice.objects.filter(
        left,
        Exists(holders.filter(unit=OuterRef("case__unit"))),
        event=OuterRef("pk"),
        audience=Audience.HOMEOWNER,
    )
    reminders = CaseEvent.objects.filter(
        Exists(told), case=OuterRef("pk"), kind=EventKind.REMINDED, at__gte=OuterRef("confirm_asked_at")
    )
    number = reminders.order_by().values("case").annotate(number=Count("pk")).values("number")
    photos = Attachment.objects.filter(case=OuterRef("pk"), role=AttachmentRole.AFTER, cycle=OuterRef("cycle"))
    sent_back = CaseEvent.objects.moves().filter(case=OuterRef("case"), move="send-back", at__gte=OuterRef("added_at"))
    word = Message.objects.filter(case=OuterRef("pk"), direction=Direction.IN, at__gte=OuterRef("confirm_asked_at"))
    asked = unpaused().filter(confirm_due_at__lte=at - LAST_MINUTE, has_unread_reply=False)
    return asked.alias(reminded=Subquery(number)).filter(
        Exists(photos.filter(~Exists(sent_back))),
        ~Exists(word),
        ~Exists(_pictures()),
        checked_at__isnull=False,
        is_visible=True,
        reminded__gte=LEAST_REMINDERS,
    )


def unpaused() -> CaseQuerySet:
    """Waiting for the homeowner's confirmation, and for nothing else: no hold runs and no other question is open."""
    return Case.objects.awaiting_homeowner().filter(~Exists(Hold.objects.filter(case=OuterRef("pk"), ended_at=None)))


def _pictures() -> QuerySet[CaseEvent]:
    """Files of the homeowner since the question."""
    return CaseEvent.objects.filter(
        case=OuterRef("pk"), kind=EventKind.FILE, actor_role=Role.HOMEOWNER, at__gte=OuterRef("confirm_asked_at")
    )


def is_silent(case: Case, at: datetime) -> bool:
    """Whether silence closes this case now."""
    return silent(at).filter(pk=case.pk).exists()
