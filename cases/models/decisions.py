"""What waits for a manager."""

import uuid

from django.db import models

from cases.choices import DecisionKind, DecisionState
from cases.querysets import DecisionQuerySet


class DecisionRequest(models.Model):
    """A move or change that a manager must decide: its words, evidence and author are kept until then."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=DecisionKind.choices)
    move = models.CharField(max_length=24, blank=True)
    words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    why = models.TextField(blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    seen_version = models.PositiveIntegerField()
    author_user_id = models.BigIntegerField(null=True, blank=True)
    author_name = models.CharField(max_length=120)
    author_role = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    remarks = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(state=DecisionState.WAITING),
                name="cases_decision_one_waiting",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DecisionState.WAITING) | models.Q(decided_at__isnull=False),
                name="cases_decision_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by_id__isnull=True) | ~models.Q(decided_by_id=models.F("author_user_id")),
                name="cases_decision_not_by_author",
            ),
        ]
        indexes = [models.Index(fields=["author_user_id", "decided_at"], name="cases_decision_answered")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
