"""Large files on their way in."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.stored import StoredFile


class SendingQuerySet(models.QuerySet["Sending"]):
    """Which files on their way in."""

    def unfinished(self) -> Self:
        """Their bytes are not all here, or not yet looked at."""
        return self.filter(file__isnull=True)

    def expired(self, at: datetime) -> Self:
        """Nobody may go on with them."""
        return self.filter(expires_at__lte=at)


class Sending(models.Model):
    """A large file on its way in, piece by piece (`documents.sendings`). `received` bytes are safe on the disk.

    `holder` (user:12, draft:<key>, link:5) is who may go on with it; `client_key` is the sender's own name for the
    file, so that asking twice begins one sending.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.CharField(max_length=80)
    client_key = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=150)
    size = models.PositiveBigIntegerField(_("bytes"))
    received = models.PositiveBigIntegerField(default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, null=True, related_name="sendings")
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = SendingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        indexes = [models.Index(fields=["expires_at"], name="documents_sending_expires")]
        constraints = [
            models.UniqueConstraint(fields=["holder", "client_key"], name="documents_sending_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_sending_not_empty"),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="documents_sending_within"),
        ]

    def __str__(self) -> str:
        return self.name
