"""That a company was reminded of a work order: by the sweep, or by the office."""

from django.db import models
from django.db.models import Q

from works.choices import ChaseRule


class Chaser(models.Model):
    """One reminder about one order, sent in a mail that may list several. Append-only.

    The sweep reminds once per order, rule and date due, also when two sweeps run at once: the constraint decides who
    is first. What the office sends (`now`) may be repeated.
    """

    order = models.ForeignKey("works.WorkOrder", on_delete=models.PROTECT, related_name="chasers")
    rule = models.CharField(max_length=8, choices=ChaseRule.choices)
    due_on = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["order", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=ChaseRule.values), name="works_chaser_rule"),
            models.UniqueConstraint(
                fields=["order", "rule", "due_on"],
                condition=~Q(rule=ChaseRule.NOW),
                name="works_chaser_once_a_rule_and_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"
