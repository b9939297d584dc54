"""Verdicts on cover: what the liability engine answered, with what it was asked."""

from django.db import models

from cases.choices import Side


class CoverageVerdict(models.Model):
    """One answer of `units.liability` for one side of a case. Never edited; a new answer replaces the one in force."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="verdicts")
    side = models.CharField(max_length=10, choices=Side.choices)
    is_in_force = models.BooleanField(default=True)
    is_first = models.BooleanField(default=False)
    status = models.CharField(max_length=24)
    rule_code = models.CharField(max_length=60, blank=True)
    rule_version = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    days_left = models.IntegerField(null=True, blank=True)
    test_date = models.DateField(null=True, blank=True)
    gap_days = models.IntegerField(null=True, blank=True)
    sentence = models.TextField()
    clause = models.CharField(max_length=200, blank=True)
    inputs = models.JSONField(default=dict)
    assessed_at = models.DateTimeField()
    assessed_by_name = models.CharField(max_length=120)
    why = models.CharField(max_length=200, blank=True)
    overridden_by_name = models.CharField(max_length=120, blank=True)
    override_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["assessed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "side"], condition=models.Q(is_in_force=True), name="cases_verdict_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.status}"

    @property
    def is_covered(self) -> bool:
        """The duty stands, in whatever form."""
        return self.status in {"covered", "covered-extended", "snag-only-covered"}
