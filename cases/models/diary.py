"""The case's diary: what happened, what was said, what was shown, who was told. Append-only."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import AttachmentRole, Direction, EventKind, Lane, NoticeChannel, Status
from cases.querysets import AttachmentQuerySet, CaseEventQuerySet


class Message(models.Model):
    """Words between the office and a homeowner, or an internal note. The lane never changes."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="messages")
    lane = models.CharField(max_length=10, choices=Lane.choices, default=Lane.INTERNAL)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.OUT)
    words = models.TextField()
    author_id_value = models.BigIntegerField(null=True, blank=True)
    author_name = models.CharField(max_length=120)
    is_call = models.BooleanField(default=False)
    with_whom = models.CharField(max_length=120, blank=True)
    guidance = models.ForeignKey(
        "catalogue.GuidanceArticle", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lane=Lane.RESIDENT) | models.Q(direction=Direction.OUT),
                name="cases_message_incoming_is_resident",
            ),
            models.CheckConstraint(condition=models.Q(lane__in=Lane.values), name="cases_message_lane"),
        ]

    def __str__(self) -> str:
        return f"{self.lane} {self.pk}"


class CaseEvent(models.Model):
    """One diary row. `words` may reach the homeowner, `note` never does."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    move = models.CharField(max_length=24, blank=True)
    old_status = models.CharField(max_length=24, choices=Status.choices, blank=True)
    new_status = models.CharField(max_length=24, choices=Status.choices, blank=True)
    at = models.DateTimeField()
    actor_user_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(max_length=120)
    actor_role = models.CharField(max_length=20)
    channel = models.CharField(max_length=12)
    address = models.CharField(max_length=45, blank=True)
    words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="event")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    is_visible = models.BooleanField(_("homeowner may read it"), default=False)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "at", "id"], name="cases_event_story")]

    def __str__(self) -> str:
        return f"{self.kind} {self.move} {self.pk}".strip()


class Attachment(models.Model):
    """Evidence: a file on a report's item, a case or a message. Other rooms link to it, none copies it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="attachments")
    case = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    report_item = models.ForeignKey(
        "cases.ReportItem", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    role = models.CharField(max_length=10, choices=AttachmentRole.choices, default=AttachmentRole.BEFORE)
    caption = models.CharField(max_length=120, blank=True)
    pair_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="pairs")
    is_visible = models.BooleanField(_("homeowner may see it"), default=False)
    cycle = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by_id = models.BigIntegerField(null=True, blank=True)
    added_by_name = models.CharField(max_length=120)
    added_by_role = models.CharField(max_length=20)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(report_item__isnull=False),
                name="cases_attachment_has_owner",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Notice(models.Model):
    """Who was told what of one case. Several notices may share one mail (one action, one mail a person)."""

    case = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    report = models.ForeignKey("cases.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    event = models.ForeignKey(CaseEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    audience = models.CharField(max_length=12)
    homeowner = models.ForeignKey(
        "homeowners.Homeowner", null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    recipient_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, choices=NoticeChannel.choices)
    mail = models.ForeignKey(
        "outbox.OutgoingMail", null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    subject = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(report__isnull=False), name="cases_notice_has_subject"
            ),
            models.CheckConstraint(
                condition=models.Q(channel=NoticeChannel.LETTER) | models.Q(mail__isnull=False),
                name="cases_notice_mail_exists",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(channel=NoticeChannel.LETTER, done_at__isnull=True),
                name="cases_notice_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name}: {self.subject}"
