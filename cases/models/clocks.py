"""Clocks and pauses. Source: domain 6.3; arithmetic in `units.calendars`."""

from django.db import models

from cases.choices import ClockKind, HoldKind, HoldReason


class Clock(models.Model):
    """One promise with a due time. Running until stopped; a pause moves `due_at`, never the start.

    `sequence` counts the promises of next news, of which a case has many; the others have one a cycle.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    cycle = models.PositiveSmallIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["case", "kind", "cycle", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "cycle", "sequence"], name="cases_clock_once"),
            models.CheckConstraint(
                condition=~models.Q(kind=ClockKind.STATUTORY) | models.Q(paused_at__isnull=True, paused_seconds=0),
                name="cases_clock_statutory_never_pauses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        """Not stopped; it may be paused."""
        return self.stopped_at is None

    @property
    def is_met(self) -> bool:
        """Stopped in time."""
        return self.stopped_at is not None and self.stopped_at <= self.due_at


class Hold(models.Model):
    """An interval in which a case waits. At most one open interval pauses the clocks."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=4, choices=HoldKind.choices)
    reason = models.CharField(max_length=20, choices=HoldReason.choices)
    words = models.TextField(blank=True)
    pauses = models.BooleanField()
    started_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=20, blank=True)
    started_by_name = models.CharField(max_length=120)
    ended_by_name = models.CharField(max_length=120, blank=True)
    event = models.ForeignKey("cases.CaseEvent", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at__isnull=True, pauses=True), name="cases_hold_one_pause"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(ended_at__isnull=True), name="cases_hold_one_of_a_kind"
            ),
            models.CheckConstraint(condition=models.Q(until_at__gt=models.F("started_at")), name="cases_hold_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reason}"
