"""What spans rooms: who is sweeping which room right now, and files on their way into the registers."""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from defects_portal.choices import AT_WORK, ImportStage, ImportState
from ledger.actors import Actor
from units.sheets.outcomes import Verdict

LEASE = timedelta(minutes=5)


class DutyQuerySet(models.QuerySet["Duty"]):
    """Rows of the sweep."""

    def claim(self, name: str, at: datetime) -> UUID | None:
        """Takes the duty by compare-and-set; None while another holds it. A dead holder loses it after LEASE."""
        self.get_or_create(name=name)
        token = uuid4()
        free = Q(held_until=None) | Q(held_until__lte=at)
        taken = self.filter(free, name=name).update(holder=token, held_until=at + LEASE)
        return token if taken else None

    def release(self, token: UUID, at: datetime, failure: str) -> None:
        """Gives the duty back with its outcome, unless somebody else has taken it meanwhile."""
        self.filter(holder=token).update(holder=None, held_until=None, last_run_at=at, failure=failure)


class Duty(models.Model):
    """The part of `manage.py sweep` that one room does."""

    name = models.CharField(_("room"), max_length=40, unique=True)
    holder = models.UUIDField(_("holder"), null=True, editable=False)
    held_until = models.DateTimeField(_("held until"), null=True, editable=False)
    last_run_at = models.DateTimeField(_("last run"), null=True, editable=False)
    failure = models.CharField(_("failure"), max_length=200, blank=True, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder=None, held_until=None) | Q(holder__isnull=False, held_until__isnull=False),
                name="defects_portal_duty_held_with_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Which imports."""

    def visible_to(self, user: Any) -> Self:
        """The administrator keeps the registers; nobody else sees an import."""
        is_keeper = user.is_active and getattr(user, "role", "") == Role.ADMINISTRATOR
        return self.all() if is_keeper else self.none()

    def due(self, at: datetime) -> Self:
        """Imports that a worker may take up now: begun, and nobody holds them."""
        free = Q(lease_until=None) | Q(lease_until__lte=at)
        return self.filter(free, state__in=AT_WORK)


class ImportRun(models.Model):
    """One file on its way into the registers: a job while it is checked or entered, and the record of it afterwards.

    `sheets` holds how each sheet is read (see `defects_portal.imports.sheets`), `terms` what was ticked, `chunks_done`
    how much of the pass at hand is done for good.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.COLUMNS)
    sheets = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    development = models.CharField(_("development of rows that name none"), max_length=5, blank=True)
    terms = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    entered = models.JSONField(default=dict)
    chunks_done = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(_("what went wrong"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("sent"))
    made_by = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("import begun"), null=True)
    ended_at = models.DateTimeField(_("import ended"), null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="defects_portal_importrun_state"),
            models.CheckConstraint(
                condition=~Q(state=ImportState.FAILED) | ~Q(failure=""), name="defects_portal_importrun_failure_worded"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.IMPORTING, ImportState.DONE]) | Q(begun_at__isnull=False),
                name="defects_portal_importrun_begun",
            ),
            models.CheckConstraint(
                condition=Q(claim=None, lease_until=None) | Q(claim__isnull=False, lease_until__isnull=False),
                name="defects_portal_importrun_held_with_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.file.original_name

    @property
    def is_at_work(self) -> bool:
        """A worker has it or will take it."""
        return self.state in AT_WORK

    @property
    def is_over(self) -> bool:
        """Nothing more happens to it."""
        return self.state in {ImportState.DONE, ImportState.FAILED}

    @property
    def author(self) -> Actor:
        """Who imports."""
        return Actor(**self.made_by)


class ImportLine(models.Model):
    """One row of a file that a person has to know of: new ones only as examples, bad and waiting ones all."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    stage = models.CharField(max_length=8, choices=ImportStage.choices)
    sheet = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField(_("row"))
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    needs = models.CharField(max_length=10, blank=True)
    sentence = models.TextField(_("what is wrong"), blank=True)
    changes = models.JSONField(default=list)
    ends = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    cells = models.JSONField(default=list)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ["run", "stage", "sheet", "row"]
        constraints = [
            models.UniqueConstraint(fields=["run", "stage", "sheet", "row"], name="defects_portal_importline_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="defects_portal_importline_verdict"),
            models.CheckConstraint(condition=Q(stage__in=ImportStage.values), name="defects_portal_importline_stage"),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.BAD, Verdict.HELD]) | ~Q(sentence=""),
                name="defects_portal_importline_bad_is_worded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.row}"


class SheetMemory(models.Model):
    """How somebody had a sheet with these headers read: proposed again the next time."""

    fingerprint = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    keys = models.JSONField()

    class Meta:
        verbose_name = _("remembered sheet")
        verbose_name_plural = _("remembered sheets")

    def __str__(self) -> str:
        return self.kind
