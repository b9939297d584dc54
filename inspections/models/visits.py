"""A visit to a home, who takes part in it, and what time itself had us write to them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import VisitKind
from inspections.choices import OPEN_STATES, Answer, Attendance, Door, PartyKind, Rule, VisitState
from inspections.querysets import PartyQuerySet, VisitQuerySet


class Visit(models.Model):
    """Somebody comes to a home in a window, for one or several of its cases (`V-12`).

    While times are only offered, the window is the first of them. `version` rises with every change that people see;
    it is the SEQUENCE of the visit in calendars.
    """

    number = models.PositiveIntegerField(unique=True)
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="visits")
    cases = models.ManyToManyField("cases.Case", related_name="visits")
    kind = models.CharField(_("kind"), max_length=16, choices=VisitKind.choices)
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.BOOKED)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    who = models.CharField(_("who comes"), max_length=120)
    note = models.TextField(_("note for the homeowner"), blank=True)
    clear = models.CharField(_("what to clear before"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("about how long it takes"), null=True, blank=True)
    door = models.CharField(_("who opens the door"), max_length=10, choices=Door.choices, blank=True)
    door_note = models.CharField(_("what they should know"), max_length=500, blank=True)
    finding = models.TextField(_("what was found"), blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)
    booked_at = models.DateTimeField()
    booked_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(_("which time nobody was at home"), default=0)
    arrived_at = models.DateTimeField(_("at the door since"), null=True, blank=True)
    called = models.CharField(_("whom they called from the door"), max_length=200, blank=True)
    missed_by = models.CharField(_("who did not come"), max_length=10, choices=PartyKind.choices, blank=True)
    recorded_by_name = models.CharField(max_length=120, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="inspections_visit_forward"),
            models.CheckConstraint(
                condition=Q(state__in=VisitState.values, kind__in=VisitKind.values), name="inspections_visit_words"
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.CANCELLED) | ~Q(cancel_reason=""), name="inspections_visit_cancel_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES) | Q(ended_at__isnull=False), name="inspections_visit_ended"
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.NO_ACCESS) | Q(arrived_at__isnull=False, attempt__gte=1) & ~Q(called=""),
                name="inspections_visit_no_access_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.NO_SHOW) | ~Q(missed_by="") & ~Q(recorded_by_name=""),
                name="inspections_visit_no_show_by_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="inspections_visit_calendar"),
            models.Index(fields=["unit", "starts_at"], name="inspections_visit_home"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """`V-12`."""
        return f"V-{self.number}"

    @property
    def is_open(self) -> bool:
        """Offered or booked: not yet answered for."""
        return self.state in OPEN_STATES


class VisitParty(models.Model):
    """Somebody who takes part: a homeowner, a company (with or without a named person), one of our staff.

    Name and address are kept as they were when the visit was arranged; rights are asked of the registers each time.
    The visit has its quorum when every required party said yes.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="parties")
    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    homeowner = models.ForeignKey(
        "homeowners.Homeowner", null=True, blank=True, on_delete=models.PROTECT, related_name="visit_parties"
    )
    company = models.ForeignKey(
        "contractors.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="visit_parties"
    )
    contact = models.ForeignKey(
        "contractors.Contact", null=True, blank=True, on_delete=models.PROTECT, related_name="visit_parties"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="visit_parties"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_required = models.BooleanField(_("the visit needs this party"), default=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_words = models.CharField(max_length=300, blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance.choices, blank=True, default="")
    attended_at = models.DateTimeField(null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=PartyKind.HOMEOWNER, homeowner__isnull=False, company=None, contact=None, user__isnull=True
                )
                | Q(kind=PartyKind.COMPANY, homeowner=None, company__isnull=False, user__isnull=True)
                | Q(kind=PartyKind.STAFF, homeowner=None, company=None, contact=None, user__isnull=False),
                name="inspections_visitparty_one_side",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING) | Q(answer__in=Answer.values, answered_at__isnull=False),
                name="inspections_visitparty_answered",
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=["", Attendance.ABSENT], attended_at=None)
                | Q(attendance=Attendance.THERE, attended_at__isnull=False),
                name="inspections_visitparty_attended",
            ),
            models.UniqueConstraint(fields=["visit", "homeowner"], name="inspections_visitparty_homeowner_once"),
            models.UniqueConstraint(fields=["visit", "company"], name="inspections_visitparty_company_once"),
            models.UniqueConstraint(fields=["visit", "user"], name="inspections_visitparty_user_once"),
        ]

    def __str__(self) -> str:
        return self.name


class VisitNudge(models.Model):
    """One thing that time had us write for a visit as it stood: once per visit, party, rule and window."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="nudges")
    party = models.ForeignKey(VisitParty, on_delete=models.CASCADE, related_name="nudges")
    rule = models.CharField(max_length=8, choices=Rule.choices)
    starts_at = models.DateTimeField(help_text=_("The window it was written for: a moved visit is reminded anew."))
    at = models.DateTimeField()

    class Meta:
        ordering = ["visit", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "party", "rule", "starts_at"], name="inspections_visitnudge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.rule}"
