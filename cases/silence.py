"""When silence closes a case: the one rule of *close-no-reply*, for the sweep that looks and the move that acts."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from cases.choices import AttachmentRole, Audience, Direction, EventKind, NoticeChannel
from cases.dates import LAST_MINUTE
from cases.models import Attachment, Case, CaseEvent, Message, Notice
from cases.querysets import CaseQuerySet
from outbox.choices import MailState

LEAST_REMINDERS = 2


def silent(at: datetime) -> CaseQuerySet:
    """Two reminders that left, the promised day over, an after-photo, a check by staff, no word since.

    Source: workflow.md, close-no-reply. A letter counts once somebody wrote it; an answer on the last day counts.
    """
    left = Q(mail__state=MailState.SENT) | Q(channel=NoticeChannel.LETTER, done_at__isnull=False)
    told = Notice.objects.filter(left, event=OuterRef("pk"), audience=Audience.HOMEOWNER)
    reminders = CaseEvent.objects.filter(
        Exists(told), case=OuterRef("pk"), kind=EventKind.REMINDED, at__gte=OuterRef("confirm_asked_at")
    )
    number = reminders.order_by().values("case").annotate(number=Count("pk")).values("number")
    photo = Attachment.objects.filter(case=OuterRef("pk"), role=AttachmentRole.AFTER, cycle=OuterRef("cycle"))
    word = Message.objects.filter(case=OuterRef("pk"), direction=Direction.IN, at__gte=OuterRef("confirm_asked_at"))
    asked = Case.objects.awaiting_homeowner().filter(confirm_due_at__lte=at - LAST_MINUTE)
    return asked.alias(reminded=Subquery(number)).filter(
        Exists(photo), ~Exists(word), checked_at__isnull=False, is_visible=True, reminded__gte=LEAST_REMINDERS
    )


def is_silent(case: Case, at: datetime) -> bool:
    """Whether silence closes this case now."""
    return silent(at).filter(pk=case.pk).exists()
