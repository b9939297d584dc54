"""A work order: one company's share of one case, in sequence (product.md, Records)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from works.choices import DisputeReason, DisputeState, HowAccepted, OrderState, WaitReason, WorkClockKind
from works.querysets import WorkOrderQuerySet


class WorkOrder(models.Model):
    """One company's share of one case (`WO-12`), from being sent until the case is closed.

    `state` changes only through `works.orders` and with the moves of the case (`works.following`); `version` rises with
    it. One that goes `after` another is `planned` until that is done and `ready_on` has come: the day of that plus
    `dry_days`. `position` numbers the orders of one cycle of a case as they were made.
    """

    number = models.PositiveIntegerField(unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="work_orders")
    company = models.ForeignKey("contractors.Company", on_delete=models.PROTECT, related_name="work_orders")
    cycle = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=1)
    scope = models.CharField(_("what to do"), max_length=200, blank=True)
    is_mandatory = models.BooleanField(_("the repair is not done without it"), default=True)
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers")
    dry_days = models.PositiveSmallIntegerField(_("days to dry before it begins"), default=0)
    condition = models.CharField(_("before it begins"), max_length=120, blank=True)
    ready_on = models.DateField(null=True, blank=True)
    budget_code = models.CharField(_("budget code"), max_length=40, blank=True)

    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.NEW)
    version = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by_name = models.CharField(max_length=120)
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_how = models.CharField(max_length=8, choices=HowAccepted.choices, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    waits_for = models.CharField(max_length=12, choices=WaitReason.choices, blank=True)
    waits_until = models.DateField(null=True, blank=True)
    words = models.CharField(_("what it waits for, or why it is back"), max_length=200, blank=True)
    method_note = models.TextField(_("how it was repaired"), blank=True)
    is_beyond_dispute = models.BooleanField(default=False)

    objects = WorkOrderQuerySet.as_manager()

    class Meta:
        ordering = ["case", "cycle", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OrderState.values), name="works_workorder_state"),
            models.CheckConstraint(
                condition=Q(state__in=[OrderState.PLANNED, OrderState.CANCELLED]) | Q(sent_at__isnull=False),
                name="works_workorder_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.DONE) | Q(done_at__isnull=False), name="works_workorder_done"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[OrderState.CLOSED, OrderState.CANCELLED], ended_at__isnull=False)
                | ~Q(state__in=[OrderState.CLOSED, OrderState.CANCELLED]) & Q(ended_at__isnull=True),
                name="works_workorder_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.WAITING) | ~Q(waits_for=""), name="works_workorder_waits_for_something"
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.PLANNED) | Q(after__isnull=False), name="works_workorder_planned_after"
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=F("pk")), name="works_workorder_not_after_itself"
            ),
            models.UniqueConstraint(fields=["case", "cycle", "position"], name="works_workorder_one_a_position"),
        ]
        indexes = [
            models.Index(fields=["company", "state", "due_at"], name="works_workorder_of_company"),
            models.Index(fields=["state", "due_at"], name="works_workorder_by_due"),
            models.Index(fields=["ready_on"], condition=Q(state=OrderState.PLANNED), name="works_workorder_planned"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`WO-12`."""
        return f"WO-{self.number}"

    def begins_on(self, today: date) -> bool:
        """Whether its turn has come, once the order before it is done."""
        return self.ready_on is None or self.ready_on <= today


class WorkClock(models.Model):
    """One of the contractor's promises with a due time; the arithmetic is that of the case's clocks."""

    order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=8, choices=WorkClockKind.choices)
    sequence = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["order", "kind", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "sequence"], name="works_workclock_once"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_at"], condition=Q(stopped_at__isnull=True), name="works_workclock_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"


class Promise(models.Model):
    """A date that a company promised; the rows of an order are its history of slippage. Append-only."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="promises")
    promised_at = models.DateTimeField()
    was_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["order", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(was_at__isnull=True) | ~Q(was_at=F("promised_at")), name="works_promise_changes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.promised_at:%Y-%m-%d}"


class Dispute(models.Model):
    """*Not ours*: a company says why an order is not its own; a manager decides, the owner's clocks run on."""

    order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="disputes")
    reason = models.CharField(max_length=16, choices=DisputeReason.choices)
    words = models.TextField()
    evidence = models.ManyToManyField("cases.Attachment", blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=DisputeState.choices, default=DisputeState.RAISED)
    request = models.OneToOneField("cases.DecisionRequest", on_delete=models.PROTECT, related_name="dispute")
    raised_at = models.DateTimeField()
    raised_by_name = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state=DisputeState.RAISED), name="works_dispute_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="works_dispute_words"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.reason}"
