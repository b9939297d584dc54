"""Mail that leaves: one row per event and recipient, written in the transaction of the event itself."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from documents.choices import FileState, Kind, RenditionState
from documents.models import Rendition, StoredFile
from outbox.choices import MailState
from outbox.wording import state_in_words


def new_message_id() -> str:
    """A Message-ID for the whole life of one mail: a mail that went out twice is the same mail."""
    return f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"


class MailQuerySet(models.QuerySet["OutgoingMail"]):
    """Which mails."""

    def due(self, at: datetime) -> "MailQuerySet":
        """To be sent now, longest due first: queued and not waiting for pictures, or left behind by a dead worker."""
        pictured = MailPicture.objects.filter(mail=OuterRef("pk"))
        waits = Rendition.objects.printed().filter(file=OuterRef("file"), state=RenditionState.WAITING)
        unready = pictured.filter(~Q(file__kind=Kind.VIDEO) | Exists(waits), file__state=FileState.WAITING)
        queued = Q(state=MailState.QUEUED, next_try_at__lte=at) & (
            Q(waits_until=None) | Q(waits_until__lte=at) | ~Exists(unready)
        )
        return self.filter(queued | Q(state=MailState.SENDING, lease_until__lte=at)).order_by("next_try_at", "pk")

    def undelivered(self) -> "MailQuerySet":
        """Still on their way."""
        return self.filter(state__in=[MailState.QUEUED, MailState.SENDING])

    def failed(self) -> "MailQuerySet":
        """Given up; somebody has to look."""
        return self.filter(state=MailState.FAILED)

    def about(self, kind: str, pk: int) -> "MailQuerySet":
        """Mails about one row of an upper room."""
        return self.filter(about=kind, about_id=pk)


class OutgoingMail(models.Model):
    """One mail to one address, and how far it got. Written by `outbox.post`, moved on by `outbox.delivery`."""

    message_id = models.CharField(max_length=120, unique=True, default=new_message_id, editable=False)
    event = models.CharField(max_length=150)
    recipient = models.CharField(_("to"), max_length=254)
    recipient_name = models.CharField(max_length=150, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=255)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    kind = models.SlugField(max_length=60, db_index=False)
    about = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    about_reference = models.CharField(max_length=40, blank=True)
    author_name = models.CharField(_("by"), max_length=150)
    context = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    secret_purpose = models.CharField(max_length=40, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    queued_at = models.DateTimeField(_("queued"))
    waits_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    claims = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True, db_index=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(_("why not"), max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="outbox_outgoingmail_once"),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="outbox_outgoingmail_state"),
            models.CheckConstraint(condition=~Q(recipient=""), name="outbox_outgoingmail_recipient"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, lease_until__isnull=False, claim__isnull=False)
                | ~Q(state=MailState.SENDING) & Q(lease_until=None, claim=None),
                name="outbox_outgoingmail_lease",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False) | ~Q(state=MailState.SENT) & Q(sent_at=None),
                name="outbox_outgoingmail_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.FAILED, failed_at__isnull=False) & ~Q(failure="")
                | ~Q(state=MailState.FAILED) & Q(failed_at=None),
                name="outbox_outgoingmail_failed",
            ),
            models.CheckConstraint(
                condition=Q(secret_purpose="") | Q(body_text="", body_html=""), name="outbox_outgoingmail_secret"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="outbox_mail_due"),
            models.Index(fields=["about", "about_id", "-id"], name="outbox_mail_about"),
            models.Index(fields=["-queued_at", "-id"], name="outbox_mail_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.recipient})"

    @property
    def is_failed(self) -> bool:
        """Given up: shows the retry button."""
        return self.state == MailState.FAILED

    @property
    def is_secret(self) -> bool:
        """Carries a one-time secret, so its body is made while sending and never kept."""
        return bool(self.secret_purpose)

    @property
    def may_have_pictures(self) -> bool:
        """A mail is written with the time that it waits for its pictures; without one it has none."""
        return self.waits_until is not None

    @property
    def wording(self) -> str:
        """How far it got, with full dates in the active time zone: "delivered Tue 3 Mar, 20:15"."""
        return state_in_words(self)

    def wording_at(self, at: datetime, zone: ZoneInfo) -> str:
        """The same for a reader at `at` in `zone`: a time of that same day stands without its date."""
        return state_in_words(self, at=at, zone=zone)

    @property
    def link_slots(self) -> dict[str, dict[str, Any]]:
        """What stands behind each `[[link:NAME]]` of the body."""
        return self.context.get("links", {})


class MailPicture(models.Model):
    """A picture shown inside a mail, taken from its small rendition while sending."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["mail", "order"]
        constraints = [models.UniqueConstraint(fields=["mail", "order"], name="outbox_mailpicture_order")]

    def __str__(self) -> str:
        return self.caption
