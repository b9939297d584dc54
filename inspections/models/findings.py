"""What was found at a visit: an answer for each case, pictures and videos, defects that nobody had reported.

Every row carries the key that the phone gave it, so that an act sent twice is one act. Answers are only ever added: the
newest of each side counts. Staff read all of it; a company reads its own side, a homeowner none until it is released.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.choices import Verdict, WhyNot
from inspections.querysets import FromSiteQuerySet, ItemQuerySet, ShotQuerySet


class FromSite(models.Model):
    """Something noted on site: `made_at` by the phone's clock, `at` when it reached us; `company` is the side."""

    client_key = models.UUIDField(unique=True)
    company = models.ForeignKey(
        "contractors.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=20)

    class Meta:
        abstract = True


class VisitItem(FromSite):
    """One side's answer for one case of a visit. Append-only: an answer that was changed is another row."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="visit_items")
    answer = models.CharField(max_length=8, choices=Verdict.choices)
    why = models.CharField(_("why not OK"), max_length=10, choices=WhyNot.choices, blank=True)
    words = models.TextField(blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "case", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Verdict.values), name="inspections_visititem_answer"),
            models.CheckConstraint(
                condition=Q(answer=Verdict.NOT_OK, why__in=WhyNot.values) | ~Q(answer=Verdict.NOT_OK) & Q(why=""),
                name="inspections_visititem_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.case_id} {self.answer}"


class VisitShot(FromSite):
    """A picture or video taken at a visit. It goes onto its case, hidden, when the visit ends (`attachment`)."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="shots")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="visit_shots")
    file = models.OneToOneField("documents.StoredFile", on_delete=models.PROTECT, related_name="visit_shot")
    attachment = models.ForeignKey(
        "cases.Attachment", null=True, blank=True, on_delete=models.PROTECT, related_name="visit_shots"
    )

    objects = ShotQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "case", "made_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)


class VisitFound(FromSite):
    """A defect seen on the spot that nobody had reported; it became a case, hidden from the resident until released."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="found")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="found_at")

    objects = FromSiteQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.case_id}"
