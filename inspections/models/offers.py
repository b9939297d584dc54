"""Times that were offered to a homeowner, and what came of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.choices import Half, OfferState


class VisitOffer(models.Model):
    """A choice of windows for one visit. A visit that is moved by agreement is offered anew; the rows are its history.

    When none suits, the homeowner names a day and a half of it (`asked_*`): then the ball is with the office.
    """

    visit = models.ForeignKey("inspections.Visit", on_delete=models.CASCADE, related_name="offers")
    company = models.ForeignKey(
        "contractors.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    until = models.DateTimeField(_("answer by"))
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=120, blank=True)
    chosen = models.ForeignKey(
        "inspections.OfferedSlot", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(_("day that suits the homeowner"), null=True, blank=True)
    asked_half = models.CharField(max_length=10, choices=Half.choices, blank=True)
    asked_words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["visit", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(state=OfferState.OPEN), name="inspections_visitoffer_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, ended_at=None)
                | ~Q(state=OfferState.OPEN) & Q(ended_at__isnull=False),
                name="inspections_visitoffer_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.CHOSEN) | Q(chosen__isnull=False), name="inspections_visitoffer_chosen"
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.ASKED) | Q(asked_on__isnull=False) & ~Q(asked_half=""),
                name="inspections_visitoffer_asked",
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="inspections_offer_by_until")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.state}"


class OfferedSlot(models.Model):
    """One of the offered windows."""

    offer = models.ForeignKey(VisitOffer, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["offer", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="inspections_offeredslot_forward"),
            models.UniqueConstraint(fields=["offer", "starts_at"], name="inspections_offeredslot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
