"""A report while it is being written: kept on the server so that a lost signal loses nothing."""

import uuid

from django.conf import settings
from django.db import models

from cases.choices import ClaimedRole


class ReportDraft(models.Model):
    """An unsent report. Belongs to a user, or to the browser that holds its key (a report link without an account).

    `address` and `photos_taken` bound what comes by link; they stay empty for a user.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="report_drafts"
    )
    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="report_drafts")
    reporter_name = models.CharField(max_length=120, blank=True)
    reporter_email = models.CharField(max_length=254, blank=True)
    reporter_phone = models.CharField(max_length=30, blank=True)
    claimed_role = models.CharField(max_length=10, choices=ClaimedRole.choices, default=ClaimedRole.OWNER)
    access_wishes = models.TextField(blank=True)
    access_times = models.JSONField(default=list, blank=True)
    address = models.CharField(max_length=45, blank=True)
    photos_taken = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    report = models.OneToOneField("cases.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["started_at", "address"], name="cases_reportdraft_throttle")]

    def __str__(self) -> str:
        return str(self.key)


class DraftItem(models.Model):
    """One fault of a draft; may be half filled in."""

    draft = models.ForeignKey(ReportDraft, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    location = models.ForeignKey(
        "catalogue.Location", to_field="code", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    element_tile = models.CharField(max_length=30, blank=True)
    defect_type = models.ForeignKey(
        "catalogue.DefectType", to_field="code", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    is_urgent = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["draft", "position"], name="cases_draftitem_position")]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.position}"


class DraftPhoto(models.Model):
    """A picture that is already stored while the words are still being typed."""

    item = models.ForeignKey(DraftItem, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField("documents.StoredFile", on_delete=models.PROTECT, related_name="draft_photo")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file_id)
