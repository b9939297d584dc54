"""What to look at: lists of points an administrator keeps, and what was ticked at a visit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import VisitKind
from inspections.models.findings import FromSite
from inspections.querysets import ChecklistQuerySet


class Checklist(models.Model):
    """Points for one kind of visit or any, for one trade or any. Retired, never deleted: old visits name its points."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind of visit"), max_length=16, choices=VisitKind.choices, blank=True)
    trade = models.ForeignKey(
        "catalogue.Trade",
        to_field="code",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="checklists",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_retired = models.BooleanField(_("no longer used"), default=False)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *VisitKind.values]), name="inspections_checklist_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChecklistPoint(models.Model):
    """One thing to look at. A point that was reworded is another point, so that an old tick keeps its meaning."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="points")
    words = models.CharField(_("what to look at"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["checklist", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "words"], name="inspections_checklistpoint_once"),
        ]

    def __str__(self) -> str:
        return self.words


class VisitTick(FromSite):
    """A point was ticked or unticked at a visit. Append-only; the newest counts, whoever made it."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="ticks")
    point = models.ForeignKey(ChecklistPoint, on_delete=models.PROTECT, related_name="ticks")
    is_ticked = models.BooleanField()

    class Meta:
        ordering = ["visit", "point", "made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.point_id} {self.is_ticked}"
