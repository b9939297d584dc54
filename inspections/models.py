"""Visits to a home. Slots, parties and attendance come with contractors' visits; this is the visit booked by staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import VisitKind
from inspections.choices import VisitState
from inspections.querysets import VisitQuerySet


class Visit(models.Model):
    """Somebody comes to a home in a window, for one or several of its cases (`V-12`)."""

    number = models.PositiveIntegerField(unique=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="visits")
    cases = models.ManyToManyField("cases.Case", related_name="visits")
    kind = models.CharField(_("kind"), max_length=12, choices=VisitKind.choices)
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.BOOKED)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    who = models.CharField(_("who comes"), max_length=120)
    note = models.TextField(_("note for the homeowner"), blank=True)
    finding = models.TextField(_("what was found"), blank=True)
    version = models.PositiveIntegerField(default=1)
    booked_at = models.DateTimeField()
    booked_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="inspections_visit_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=VisitState.values, kind__in=VisitKind.values),
                name="inspections_visit_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=VisitState.CANCELLED) | ~models.Q(cancel_reason=""),
                name="inspections_visit_cancel_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=VisitState.BOOKED) | models.Q(ended_at__isnull=False),
                name="inspections_visit_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="inspections_visit_calendar"),
            models.Index(fields=["unit", "starts_at"], name="inspections_visit_home"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`V-12`."""
        return f"V-{self.number}"
