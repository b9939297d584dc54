"""A defect list: work orders of one company in one development, numbered and revisioned (`DL-14`)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from works.choices import ListEventKind, ListState
from works.querysets import DefectListQuerySet, ListLineQuerySet


class DefectList(models.Model):
    """What one company is given to do in one development: compiled, then issued, and issued again when it changed.

    While `collecting` or `waiting` the company knows nothing of it. `state` changes only through `works.lists`;
    `version` rises with it and with every change of its lines. `revision` 0: not yet issued.
    """

    number = models.PositiveIntegerField(unique=True)
    development = models.ForeignKey("units.Development", on_delete=models.PROTECT, related_name="defect_lists")
    company = models.ForeignKey("contractors.Company", on_delete=models.PROTECT, related_name="defect_lists")
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.COLLECTING)
    revision = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    collects_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by_name = models.CharField(max_length=120)
    issued_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by_name = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DefectListQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ListState.values), name="works_defectlist_state"),
            models.CheckConstraint(
                condition=Q(revision=0, issued_at__isnull=True) | Q(revision__gte=1, issued_at__isnull=False),
                name="works_defectlist_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.ISSUED) | Q(revision__gte=1), name="works_defectlist_revision"
            ),
            models.CheckConstraint(
                condition=Q(state=ListState.CLOSED, closed_at__isnull=False)
                | ~Q(state=ListState.CLOSED) & Q(closed_at__isnull=True),
                name="works_defectlist_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.COLLECTING) | Q(collects_until__isnull=False),
                name="works_defectlist_collects_until",
            ),
            models.UniqueConstraint(
                fields=["development", "company", "collects_until"],
                condition=Q(state=ListState.COLLECTING),
                name="works_defectlist_one_collects",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state"], name="works_defectlist_of_company"),
            models.Index(fields=["state", "collects_until"], name="works_defectlist_by_hour"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`DL-14`."""
        return f"DL-{self.number}"

    @property
    def title(self) -> str:
        """`DL-14, revision 2`, once there is more than one."""
        if self.revision < 2:
            return self.reference
        return _("%(ref)s, revision %(n)d") % {"ref": self.reference, "n": self.revision}

    @property
    def is_shown(self) -> bool:
        """The company knows of it."""
        return self.revision > 0

    @property
    def is_open(self) -> bool:
        """Not closed yet."""
        return self.state != ListState.CLOSED


class ListLine(models.Model):
    """An order on a list. It stands on one list at a time; a line that left keeps the revision it was last on."""

    list = models.ForeignKey(DefectList, on_delete=models.PROTECT, related_name="lines")
    order = models.ForeignKey("works.WorkOrder", on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    since_revision = models.PositiveSmallIntegerField()
    until_revision = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ListLineQuerySet.as_manager()

    class Meta:
        ordering = ["list", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(until_revision__isnull=True), name="works_listline_one_list_an_order"
            ),
            models.UniqueConstraint(fields=["list", "position"], name="works_listline_position"),
            models.CheckConstraint(
                condition=Q(until_revision__isnull=True) | Q(until_revision__gte=F("since_revision") - 1),
                name="works_listline_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.position}"


class ListIssue(models.Model):
    """One revision as it was sent: what a later one is compared with, and what the paper shows. Append-only.

    `snapshot`: rows of {order, number, case, title, unit, due}, in the order of the list.
    """

    list = models.ForeignKey(DefectList, on_delete=models.PROTECT, related_name="issues")
    revision = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=120)
    accept_by = models.DateTimeField()
    snapshot = models.JSONField()

    class Meta:
        ordering = ["list", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["list", "revision"], name="works_listissue_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="works_listissue_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.revision}"


class ListEvent(models.Model):
    """What happened to a list, and whether it arrived. Append-only."""

    list = models.ForeignKey(DefectList, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=ListEventKind.choices)
    revision = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    name = models.CharField(max_length=150, blank=True)
    address = models.CharField(max_length=254, blank=True)
    words = models.CharField(max_length=300, blank=True)
    mail = models.ForeignKey("outbox.OutgoingMail", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["list", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListEventKind.values), name="works_listevent_kind"),
            models.UniqueConstraint(
                fields=["mail", "kind"], condition=Q(mail__isnull=False), name="works_listevent_mail_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
