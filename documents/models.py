"""Files that people gave us, and the sizes of pictures that we show."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from documents.choices import PRINTED, CapturedFrom, FileState, Kind, PaperState, RenditionState, Size


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
