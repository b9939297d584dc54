"""Letters that a closing case gives out. Numbered once, never edited; what takes them back is noted beside them."""

from django.db import models


class ClosingLetter(models.Model):
    """Closing notes of a case that was not covered (`L-12`): what the homeowner was told, as it was told.

    Paper is made from this row, not from the case, so that it reads the same after the case went on. A correction or
    a reopening marks it withdrawn; the next closing gets the next number.
    """

    number = models.PositiveIntegerField(unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="letters")
    event = models.OneToOneField("cases.CaseEvent", on_delete=models.PROTECT, related_name="letter")
    issued_at = models.DateTimeField()
    addressees = models.JSONField(default=list)
    title = models.CharField(max_length=200)
    reason = models.CharField(max_length=16)
    notes = models.TextField()
    rule = models.TextField(blank=True)
    guidance = models.ForeignKey(
        "catalogue.GuidanceArticle", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guidance_title = models.CharField(max_length=200, blank=True)
    signed_by = models.CharField(max_length=120)
    ask_again_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "cases.CaseEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="letters_withdrawn"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(notes=""), name="cases_closingletter_notes"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="cases_closingletter_withdrawn_whole",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(withdrawn_at__isnull=True), name="cases_closingletter_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`L-12`."""
        return f"L-{self.number}"
