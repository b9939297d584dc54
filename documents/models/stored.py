"""Files that people gave us, and the sizes of pictures that we show."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from documents.choices import PRINTED, CapturedFrom, FileState, Kind, RenditionState, Size


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Which files."""

    def pictures(self) -> Self:
        """Only pictures."""
        return self.filter(kind=Kind.IMAGE)

    def seen(self) -> Self:
        """Only what there are pictures of: photos and videos."""
        return self.filter(kind__in=[Kind.IMAGE, Kind.VIDEO])

    def unclaimed(self) -> Self:
        """Files that no row of any other room points at: drafts that nobody sent."""
        rows = self
        for field in fields_that_claim():
            rows = rows.filter(~Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
        return rows


def fields_that_claim() -> list[models.ForeignKey]:
    """Every foreign key to a stored file in other rooms, those without a reverse name included."""
    from documents.models.sent import Sending

    relations = [
        relation
        for relation in StoredFile._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in {Rendition, Sending}
    ]
    return [relation.field for relation in relations if isinstance(relation.field, models.ForeignKey)]


class StoredFile(models.Model):
    """One file exactly as it was given to us; its bytes and its SHA-256 never change.

    Who may see it is decided by the room whose row points at it. `gps` and the original bytes are evidence and are
    never shown: people get renditions.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    mime = models.CharField(_("type"), max_length=100)
    original_name = models.CharField(_("name"), max_length=150)
    path = models.CharField(max_length=200, unique=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    seconds = models.PositiveIntegerField(_("seconds"), null=True, editable=False)
    captured_at = models.DateTimeField(_("taken"), null=True, blank=True)
    captured_from = models.CharField(max_length=10, choices=CapturedFrom.choices, blank=True)
    gps = models.JSONField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=FileState.choices)
    failure = models.CharField(_("what went wrong"), max_length=300, blank=True)
    stored_at = models.DateTimeField(_("stored"))
    stored_by_name = models.CharField(_("stored by"), max_length=150)
    stored_by_id = models.BigIntegerField(null=True, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        indexes = [models.Index(fields=["stored_at"], name="documents_file_stored")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="documents_storedfile_kind"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="documents_storedfile_state"),
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_storedfile_not_empty"),
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(path=""), name="documents_storedfile_has_bytes"),
            models.CheckConstraint(
                condition=Q(kind=Kind.DOCUMENT)
                | Q(width__isnull=False, height__isnull=False, width__gt=0, height__gt=0),
                name="documents_storedfile_measured",
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.FAILED) | ~Q(failure=""), name="documents_storedfile_failure_worded"
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_picture(self) -> bool:
        """Whether pages show it as a picture."""
        return self.kind == Kind.IMAGE

    @property
    def is_video(self) -> bool:
        """Whether pages play it."""
        return self.kind == Kind.VIDEO

    @property
    def is_seen(self) -> bool:
        """Whether there are pictures of it: itself, or a moment of a video."""
        return self.kind in {Kind.IMAGE, Kind.VIDEO}

    @property
    def length(self) -> str:
        """How long a video runs, such as 1:05; empty when that is not known."""
        return "" if self.seconds is None else f"{self.seconds // 60}:{self.seconds % 60:02}"


class RenditionQuerySet(models.QuerySet["Rendition"]):
    """Which sizes."""

    def ready(self) -> Self:
        """Sizes that can be shown."""
        return self.filter(state=RenditionState.READY)

    def printed(self) -> Self:
        """Sizes that are pictures."""
        return self.filter(kind__in=PRINTED)

    def due(self, at: datetime) -> Self:
        """Sizes that a worker may make now: nobody holds them, and their next try has come."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
        return self.filter(free, state=RenditionState.WAITING, next_try_at__lte=at)


class Rendition(models.Model):
    """One size of a picture, or the copy of a video: a job while it waits, a JPEG or MP4 when it is ready."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(_("size"), max_length=10, choices=Size.choices)
    state = models.CharField(_("state"), max_length=10, choices=RenditionState.choices, default=RenditionState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    path = models.CharField(max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    size = models.PositiveIntegerField(null=True, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["file", "kind"]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        indexes = [
            models.Index(
                fields=["next_try_at"], name="documents_rendition_due", condition=Q(state=RenditionState.WAITING)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["file", "kind"], name="documents_rendition_one_per_size"),
            models.CheckConstraint(condition=Q(kind__in=Size.values), name="documents_rendition_kind"),
            models.CheckConstraint(condition=Q(state__in=RenditionState.values), name="documents_rendition_state"),
            models.CheckConstraint(
                condition=~Q(state=RenditionState.READY)
                | (~Q(path="") & Q(width__isnull=False, height__isnull=False, size__isnull=False)),
                name="documents_rendition_ready_has_bytes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.kind}"
