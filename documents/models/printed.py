"""PDFs that we make."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.choices import PaperState


class PaperQuerySet(models.QuerySet["Paper"]):
    """Which PDFs."""

    def ready(self) -> Self:
        """Those that can be downloaded."""
        return self.filter(state=PaperState.READY)

    def due(self, at: datetime) -> Self:
        """Those that a worker may build now: nobody holds them, and their next try has come."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
        return self.filter(free, state=PaperState.WAITING, next_try_at__lte=at)


class Paper(models.Model):
    """A PDF that somebody asked for: a job while it waits, a file when it is ready.

    `key` names its builder (`documents.papers`), `subject` and `subject_id` what it is about, as values; `parameters`
    say for whom and in which form. Who may read it is asked of the builder at every request. `fingerprint` is what it
    shows: asked for again while nothing changed, the same bytes serve a second row.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=40)
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    parameters = models.JSONField(default=dict, blank=True)
    identity = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=PaperState.choices, default=PaperState.WAITING)
    failure = models.CharField(_("what went wrong"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    asked_by_name = models.CharField(_("asked by"), max_length=150)
    asked_by_id = models.BigIntegerField(null=True, editable=False)
    ready_at = models.DateTimeField(_("ready"), null=True)
    path = models.CharField(max_length=200, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=150, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    size = models.PositiveBigIntegerField(_("bytes"), null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    shows = models.JSONField(default=list, blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("PDF")
        verbose_name_plural = _("PDFs")
        indexes = [
            models.Index(fields=["next_try_at"], name="documents_paper_due", condition=Q(state=PaperState.WAITING)),
            models.Index(fields=["identity", "state", "ready_at"], name="documents_paper_same"),
            models.Index(fields=["path"], name="documents_paper_path"),
            models.Index(fields=["asked_at"], name="documents_paper_asked"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=Q(state=PaperState.WAITING), name="documents_paper_one_waiting"
            ),
            models.CheckConstraint(condition=Q(state__in=PaperState.values), name="documents_paper_state"),
            models.CheckConstraint(
                condition=~Q(state=PaperState.READY)
                | (~Q(path="") & ~Q(sha256="") & Q(ready_at__isnull=False, pages__isnull=False, size__isnull=False)),
                name="documents_paper_ready_has_bytes",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.FAILED) | ~Q(failure=""), name="documents_paper_failure_worded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.subject}:{self.subject_id}"

    @property
    def is_waiting(self) -> bool:
        """Not made yet."""
        return self.state == PaperState.WAITING

    @property
    def is_ready(self) -> bool:
        """To be downloaded."""
        return self.state == PaperState.READY

    @property
    def has_failed(self) -> bool:
        """Not made; the sentence says why, and a person may ask once more."""
        return self.state == PaperState.FAILED
