"""Signatures: who signed for which repairs, what stood on the list, what was answered. Written once, never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import SignAnswer, SignHow
from cases.querysets import SignOffQuerySet


class SignOff(models.Model):
    """One signature under one list of repairs of one home (`S-12`).

    `list_hash` is the SHA-256 of the list with its answers (`cases.signatures.canonical`), so that paper and rows can
    be held against each other at any later day; `signature_sha256` that of the image as it was drawn.
    """

    number = models.PositiveIntegerField(unique=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="signoffs")
    how = models.CharField(max_length=8, choices=SignHow.choices)
    homeowner = models.ForeignKey(
        "homeowners.Homeowner", null=True, blank=True, on_delete=models.PROTECT, related_name="signoffs"
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    witness_name = models.CharField(max_length=120, blank=True)
    witness_id_value = models.BigIntegerField(null=True, blank=True)
    visit = models.CharField(max_length=20, blank=True)
    is_refusal = models.BooleanField(default=False)
    signature = models.ForeignKey(
        "documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="signoffs"
    )
    signature_sha256 = models.CharField(max_length=64, blank=True)
    list_hash = models.CharField(max_length=64)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(how__in=SignHow.values), name="cases_signoff_how"),
            models.CheckConstraint(
                condition=models.Q(signature__isnull=True, signature_sha256="")
                | (models.Q(signature__isnull=False) & ~models.Q(signature_sha256="")),
                name="cases_signoff_signature_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(how=SignHow.FINGER) | ~models.Q(witness_name=""), name="cases_signoff_witnessed"
            ),
        ]
        indexes = [models.Index(fields=["unit", "at"], name="cases_signoff_home")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`S-12`."""
        return f"S-{self.number}"


class SignOffLine(models.Model):
    """One repair on the list, in the words that were shown, and its answer. Words and pictures are the signer's."""

    signoff = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="signoff_lines")
    position = models.PositiveSmallIntegerField()
    cycle = models.PositiveSmallIntegerField()
    seen_version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    answer = models.CharField(max_length=14, choices=SignAnswer.choices)
    words = models.TextField(blank=True)
    pictures = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["signoff", "position"]
        constraints = [
            models.UniqueConstraint(fields=["signoff", "case"], name="cases_signoffline_case_once"),
            models.UniqueConstraint(fields=["signoff", "position"], name="cases_signoffline_position"),
            models.CheckConstraint(condition=models.Q(answer__in=SignAnswer.values), name="cases_signoffline_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.signoff_id}/{self.position}"
