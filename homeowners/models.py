"""People and the homes they hold."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.phones import display
from homeowners.choices import CONFIRMING_ROLES, OWNER_ROLES, Language, TenureRole, VerifiedHow
from homeowners.names import folded
from homeowners.querysets import HomeownerQuerySet, TenureQuerySet


class FoldedNameField(models.CharField):
    """The row's name without case and accents, written whenever the row is saved: both databases then search alike."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001  (Django calls it so)
        """Derives the value from `name`."""
        value = folded(model_instance.name)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class Homeowner(models.Model):
    """A person (or a management body) of the register. Two people may share one account: couples share an address."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    search_name = FoldedNameField(max_length=120, editable=False, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, db_index=True)
    second_phone = models.CharField(_("second phone"), max_length=20, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="homeowners"
    )
    is_body = models.BooleanField(_("management body"), default=False)
    is_vulnerable = models.BooleanField(
        _("needs care"),
        default=False,
        help_text=_("Elderly, ill, disabled, small children: answered sooner."),
    )
    prefers_letter = models.BooleanField(_("prefers letters"), default=False)
    note = models.TextField(_("note"), blank=True, max_length=2000, help_text=_("Only the office reads this."))

    objects = HomeownerQuerySet.as_manager()

    class Meta:
        ordering = ["search_name", "pk"]
        verbose_name = _("homeowner")
        verbose_name_plural = _("homeowners")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="homeowners_homeowner_name"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="homeowners_homeowner_email_lower"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"), name="homeowners_homeowner_phone_e164"
            ),
            models.CheckConstraint(
                condition=Q(second_phone="") | Q(second_phone__startswith="+"),
                name="homeowners_homeowner_second_phone_e164",
            ),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="homeowners_homeowner_language"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_shown(self) -> str:
        """The phone as people read it."""
        return display(self.phone)

    @property
    def second_phone_shown(self) -> str:
        """The second phone as people read it."""
        return display(self.second_phone)

    @property
    def needs_post(self) -> bool:
        """Mail cannot reach or shall not replace paper: each notice becomes a "letter or phone to do"."""
        return self.prefers_letter or not self.email


class Tenure(models.Model):
    """One person holds one unit in one role, from a day up to (not including) another, in the development's zone.

    `until_on == from_on` is an entry made by mistake: it never held. Rows are ended, never deleted.
    """

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="tenures")
    homeowner = models.ForeignKey(Homeowner, on_delete=models.PROTECT, related_name="tenures")
    role = models.CharField(_("role"), max_length=20, choices=TenureRole.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day it no longer holds."))
    evidence = models.CharField(_("proof"), max_length=300)
    verified_how = models.CharField(_("verified by"), max_length=20, choices=VerifiedHow.choices)
    letter_on = models.DateField(_("date of the letter of authority"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by_name = models.CharField(max_length=120)
    recorded_by_id = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(_("end recorded"), null=True, blank=True)
    ended_by_name = models.CharField(max_length=120, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "-from_on", "pk"]
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        indexes = [models.Index(fields=["homeowner", "until_on"], name="homeowners_tenure_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="homeowners_tenure_until_after_from",
            ),
            models.UniqueConstraint(
                fields=["unit", "homeowner", "role"],
                condition=Q(until_on__isnull=True),
                name="homeowners_tenure_open_once",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until_on__isnull=True, role=TenureRole.OWNER),
                name="homeowners_tenure_one_open_owner",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until_on__isnull=True, role=TenureRole.MANAGEMENT_BODY),
                name="homeowners_tenure_one_open_body",
            ),
            models.CheckConstraint(condition=Q(role__in=TenureRole.values), name="homeowners_tenure_role"),
            models.CheckConstraint(condition=Q(verified_how__in=VerifiedHow.values), name="homeowners_tenure_verified"),
            models.CheckConstraint(condition=~Q(evidence=""), name="homeowners_tenure_evidence"),
            models.CheckConstraint(
                condition=~Q(role=TenureRole.REPRESENTATIVE) | Q(letter_on__isnull=False),
                name="homeowners_tenure_letter_dated",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (Q(until_on__isnull=False) & ~Q(end_reason="")),
                name="homeowners_tenure_end_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.homeowner_id} {self.role} {self.unit_id}"

    def holds_on(self, day: date) -> bool:
        """In force on this day of the development's calendar."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def is_owner(self) -> bool:
        """Owner or joint owner."""
        return self.role in OWNER_ROLES

    @property
    def may_confirm(self) -> bool:
        """This person's word closes, appeals or reopens a case."""
        return self.role in CONFIRMING_ROLES

    @property
    def never_held(self) -> bool:
        """Entered by mistake and taken back."""
        return self.until_on == self.from_on
