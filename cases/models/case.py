"""The case: one fault in one place."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import (
    CLOSED_STATES,
    OPEN_STATES,
    Ball,
    OtherReason,
    OutOfScopeReason,
    PartyRole,
    Status,
    VisitKind,
    WorkStage,
)
from cases.querysets import CaseQuerySet

OPEN = models.Q(closed_at__isnull=True)
"""The same as the open states (constraint `cases_case_closed_has_date`): in this form the indexes of lists serve it."""


class Case(models.Model):
    """One fault in one place (`KRM-2041`), from its report to its closure.

    `status` changes only through `cases.workflow`. `version` rises with everything that staff edit and is what a form
    carries back (`seen_version`). The derived columns (`step`, `next_on`, `ball`, the due columns, `work_*`, `visit_*`)
    exist because lists sort and filter by them; `cases.steps`, `cases.clocks` and the rooms of work orders and visits
    write them. Which companies work on a case is told by its work orders alone.
    """

    reference = models.CharField(max_length=16, unique=True)
    reference_key = models.CharField(max_length=16, db_index=True)
    development = models.ForeignKey("units.Development", on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="cases")
    report_item = models.OneToOneField("cases.ReportItem", on_delete=models.PROTECT, related_name="case")

    location = models.ForeignKey("catalogue.Location", to_field="code", on_delete=models.PROTECT, related_name="+")
    element = models.ForeignKey(
        "catalogue.Element", to_field="code", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    trade = models.ForeignKey("catalogue.Trade", to_field="code", on_delete=models.PROTECT, related_name="+")
    defect_type = models.ForeignKey(
        "catalogue.DefectType", to_field="code", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fault = models.CharField(_("fault in a few words"), max_length=80)
    priority = models.ForeignKey("catalogue.Priority", to_field="code", on_delete=models.PROTECT, related_name="+")
    priority_reasons = models.JSONField(default=list, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        db_index=False,  # it would be taken before the indexes below, and lead through all that ever closed
    )
    access_note = models.TextField(_("access"), blank=True)

    status = models.CharField(max_length=24, choices=Status.choices, default=Status.NEW)
    version = models.PositiveIntegerField(default=1)
    cycle = models.PositiveSmallIntegerField(default=1)
    step = models.CharField(max_length=30, default="new")
    step_note = models.CharField(max_length=120, blank=True)
    next_on = models.DateTimeField(null=True, blank=True)
    ball = models.CharField(max_length=12, choices=Ball.choices, default=Ball.OFFICER)

    received_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    acknowledge_due_at = models.DateTimeField(null=True, blank=True)
    rectify_due_at = models.DateTimeField(null=True, blank=True)
    statutory_due_at = models.DateTimeField(null=True, blank=True)
    update_due_at = models.DateTimeField(null=True, blank=True)
    clock_due_at = models.DateTimeField(null=True, blank=True)
    is_paused = models.BooleanField(default=False)
    cover_ends_on = models.DateField(null=True, blank=True)
    cover_status = models.CharField(max_length=24, blank=True)
    appeal_days = models.PositiveSmallIntegerField(default=30)
    reply_days = models.PositiveSmallIntegerField(default=14)

    work_company = models.ForeignKey(
        "contractors.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    work_due_at = models.DateTimeField(null=True, blank=True)
    work_stage = models.CharField(max_length=10, choices=WorkStage.choices, blank=True, default="")
    work_note = models.CharField(max_length=120, blank=True)
    work_next_at = models.DateTimeField(null=True, blank=True)
    visit_kind = models.CharField(max_length=16, choices=VisitKind.choices, blank=True)
    visit_starts_at = models.DateTimeField(null=True, blank=True)
    visit_ends_at = models.DateTimeField(null=True, blank=True)
    inspected_at = models.DateTimeField(null=True, blank=True)

    is_visible = models.BooleanField(_("visible to the homeowner"), default=True)
    is_safety = models.BooleanField(default=False)
    is_vulnerable = models.BooleanField(default=False)
    has_photo = models.BooleanField(default=False)
    has_unread_reply = models.BooleanField(default=False)
    home_since = models.DateTimeField(null=True, blank=True)
    made_safe_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    not_right_at = models.DateTimeField(null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    reports_done_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    confirm_asked_at = models.DateTimeField(null=True, blank=True)
    confirm_due_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)

    closure_reason = models.CharField(max_length=16, blank=True)
    closing_notes = models.TextField(blank=True)
    closing_rule = models.TextField(_("rule or guidance quoted"), blank=True)
    guidance = models.ForeignKey(
        "catalogue.GuidanceArticle", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    damage_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="damages")
    passed_to = models.CharField(max_length=120, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    closed_without_reply = models.BooleanField(default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="cases_case_status"),
            models.CheckConstraint(condition=models.Q(ball__in=Ball.values), name="cases_case_ball"),
            models.CheckConstraint(
                condition=models.Q(status__in=CLOSED_STATES, closed_at__isnull=False)
                | models.Q(status__in=OPEN_STATES, closed_at__isnull=True),
                name="cases_case_closed_has_date",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=CLOSED_STATES)
                | models.Q(update_due_at__isnull=False, ball__in=[b for b in Ball.values if b != Ball.NOBODY]),
                name="cases_case_open_has_next",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.WITH_CONTRACTOR)
                | models.Q(work_company__isnull=False, work_due_at__isnull=False),
                name="cases_case_contractor_named",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.CLOSED_OUT_OF_SCOPE)
                | (models.Q(closure_reason__in=OutOfScopeReason.values) & ~models.Q(closing_notes="")),
                name="cases_case_out_of_scope_reasoned",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.CLOSED_OTHER) | models.Q(closure_reason__in=OtherReason.values),
                name="cases_case_other_reasoned",
            ),
            models.CheckConstraint(
                condition=models.Q(duplicate_of__isnull=True) | ~models.Q(duplicate_of=models.F("pk")),
                name="cases_case_not_own_duplicate",
            ),
            models.CheckConstraint(
                condition=models.Q(damage_of__isnull=True) | ~models.Q(damage_of=models.F("pk")),
                name="cases_case_not_own_damage",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "clock_due_at", "id"], name="cases_case_by_clock"),
            models.Index(fields=["status", "update_due_at", "id"], name="cases_case_by_update"),
            models.Index(fields=["clock_due_at", "id"], condition=OPEN, name="cases_case_open"),
            models.Index(fields=["officer", "clock_due_at", "id"], condition=OPEN, name="cases_case_mine"),
            models.Index(fields=["development", "clock_due_at", "id"], condition=OPEN, name="cases_case_dev"),
            models.Index(fields=["received_at", "id"], condition=OPEN, name="cases_case_by_age"),
            models.Index(fields=["next_on", "id"], condition=OPEN, name="cases_case_by_next"),
            models.Index(fields=["clock_due_at", "id"], condition=~OPEN, name="cases_case_closed"),
            models.Index(fields=["officer", "clock_due_at", "id"], condition=~OPEN, name="cases_case_mine_closed"),
            models.Index(fields=["officer"], condition=models.Q(has_unread_reply=True), name="cases_case_replies"),
            models.Index(fields=["visit_starts_at"], condition=OPEN, name="cases_case_visits"),
            models.Index(fields=["received_at", "id"], name="cases_case_by_receipt"),
            models.Index(fields=["closed_at", "id"], condition=~OPEN, name="cases_case_by_closing"),
            models.Index(fields=["rectify_due_at"], condition=OPEN, name="cases_case_by_rectify"),
            models.Index(fields=["statutory_due_at"], condition=OPEN, name="cases_case_by_statutory"),
            models.Index(
                fields=["update_due_at", "officer", "development", "id"], condition=OPEN, name="cases_case_by_news"
            ),
            models.Index(fields=["unit", "status"], name="cases_case_unit"),
            models.Index(fields=["work_company", "status", "work_due_at"], name="cases_case_company"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_closed(self) -> bool:
        """No more work is expected."""
        return self.status in CLOSED_STATES

    @property
    def is_open(self) -> bool:
        """Somebody still owes something."""
        return not self.is_closed

    @property
    def title(self) -> str:
        """Room and fault: `Master bathroom: water stain on the ceiling`."""
        return f"{self.location}: {self.fault}"


class CaseParty(models.Model):
    """Who has to do with a case, from when until when."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    homeowner = models.ForeignKey("homeowners.Homeowner", on_delete=models.PROTECT, related_name="case_parties")
    role = models.CharField(max_length=12, choices=PartyRole.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "case parties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "homeowner"], condition=models.Q(until__isnull=True), name="cases_caseparty_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.homeowner_id} {self.role}"
