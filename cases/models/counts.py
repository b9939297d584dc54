"""How many cases there are, counted by the database itself as they change (`cases.counters`)."""

from django.conf import settings
from django.db import models


class CaseCount(models.Model):
    """So many cases more, or fewer, of one kind on one local day: the numbers of pages are sums of these rows.

    Written by triggers, appended and never changed, so that two moves at once do not wait for each other; the sweep
    folds rows of one key into one. `day` is the calendar day at the development; `label` a trade or a company.
    """

    kind = models.CharField(max_length=10)
    development = models.ForeignKey(
        "units.Development", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    status = models.CharField(max_length=24)
    label = models.CharField(max_length=64)
    day = models.DateField()
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "officer"], name="cases_count_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.n:+d}"


class CountCheck(models.Model):
    """When the numbers were last counted anew from the cases, and how many of them were wrong."""

    checked_at = models.DateTimeField(db_index=True)
    corrected = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d} {self.corrected}"
