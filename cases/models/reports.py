"""What came in, untouched. Only the answer to "who is this?" is added later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import Channel, ClaimedRole, ReportState
from cases.querysets import ReportQuerySet
from catalogue.choices import ElementTile


class Report(models.Model):
    """One message about one home, with one or several faults (`R-318`).

    Three dates: when it was reported (sent, said), received (reached us: decides cover, starts the clocks) and logged
    (entered here). `is_written_notice` starts the statutory clock at `notice_received_at` (domain 3.5).
    """

    number = models.PositiveIntegerField(unique=True)
    development = models.ForeignKey("units.Development", on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="reports")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    raw_words = models.TextField(blank=True)
    reporter = models.ForeignKey(
        "homeowners.Homeowner", null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    reporter_name = models.CharField(max_length=120)
    reporter_email = models.EmailField(blank=True)
    reporter_phone = models.CharField(max_length=30, blank=True)
    claimed_role = models.CharField(max_length=10, choices=ClaimedRole.choices, default=ClaimedRole.OWNER)
    access_wishes = models.TextField(_("access"), blank=True)
    is_vulnerable = models.BooleanField(default=False)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    logged_at = models.DateTimeField()
    logged_by_name = models.CharField(max_length=120)
    is_written_notice = models.BooleanField(default=False)
    notice_received_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ReportState.choices)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by_name = models.CharField(max_length=120, blank=True)
    verified_how = models.JSONField(default=list, blank=True)
    refusal = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_written_notice=False) | models.Q(notice_received_at__isnull=False),
                name="cases_report_notice_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.VERIFIED) | models.Q(verified_at__isnull=False),
                name="cases_report_verified_date",
            ),
            models.CheckConstraint(
                condition=models.Q(logged_at__gte=models.F("received_at")), name="cases_report_received_before_logged"
            ),
            models.CheckConstraint(
                condition=models.Q(received_at__gte=models.F("reported_at")),
                name="cases_report_reported_before_received",
            ),
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="cases_report_queue")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`R-318`."""
        return f"R-{self.number}"

    @property
    def is_verified(self) -> bool:
        """Somebody or something established who reported."""
        return self.state == ReportState.VERIFIED


class ReportItem(models.Model):
    """One fault in the reporter's own words; immutable."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    location = models.ForeignKey("catalogue.Location", to_field="code", on_delete=models.PROTECT, related_name="+")
    element_tile = models.CharField(max_length=30, blank=True)
    defect_type = models.ForeignKey(
        "catalogue.DefectType", to_field="code", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    answers = models.JSONField(default=dict, blank=True)
    is_urgent_to_reporter = models.BooleanField(default=False)
    damage_of = models.ForeignKey(
        "cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="damage_items"
    )

    class Meta:
        ordering = ["report", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="cases_reportitem_position")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.position}"

    @property
    def chosen(self) -> str:
        """What was picked beside the words, as "Water is leaking, window"; empty when only words came."""
        return ", ".join(part for part in (self.defect_type.owner_label if self.defect_type else "", self.part) if part)

    @property
    def part(self) -> str:
        """The plain word for the part of the room; empty when none of the named ones was picked."""
        return ElementTile.word_for(self.element_tile)

    @property
    def answered(self) -> list[tuple[str, str]]:
        """The questions of the kind of fault that were answered, each with its answer."""
        asked = self.defect_type.asked if self.defect_type else []
        return [
            (question.text, dict(question.choices)[answer])
            for question in asked
            if (answer := self.answers.get(question.key)) in dict(question.choices)
        ]
