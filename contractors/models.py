"""Companies that build and repair, their people, and where they are appointed for what."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.phones import display
from contractors.choices import CompanyKind
from contractors.querysets import AppointmentQuerySet, CompanyQuerySet, ContactQuerySet
from units.liability import add_months

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Company(models.Model):
    """A contractor. Never deleted; ended by ending its appointments."""

    if TYPE_CHECKING:
        contacts: RelatedManager["Contact"]
        appointments: RelatedManager["Appointment"]

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=24, unique=True, help_text=_("For tables and buttons."))
    slug = models.SlugField(_("address"), max_length=40, unique=True, help_text=_("Ends the page's address."))
    kind = models.CharField(_("kind"), max_length=12, choices=CompanyKind.choices)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    address = models.TextField(_("postal address"), blank=True, max_length=500)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(short_name=""), name="contractors_company_names"),
            models.CheckConstraint(condition=~Q(slug=""), name="contractors_company_slug"),
            models.CheckConstraint(condition=Q(kind__in=CompanyKind.values), name="contractors_company_kind"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="contractors_company_email_lower"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"), name="contractors_company_phone_e164"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def phone_shown(self) -> str:
        """The phone as people read it."""
        return display(self.phone)


class Contact(models.Model):
    """A person of a company; with an account it may sign in and see the company's work."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("company"))
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="contractor_contacts"
    )
    gets_mail = models.BooleanField(_("gets the company's mail"), default=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["company", "name", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contractors_contact_name"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="contractors_contact_email_lower"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"), name="contractors_contact_phone_e164"
            ),
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(left_at__isnull=True) & ~Q(email=""),
                name="contractors_contact_email_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(user__isnull=True, gets_mail=False),
                name="contractors_contact_left_without_rights",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_shown(self) -> str:
        """The phone as people read it."""
        return display(self.phone)


class Appointment(models.Model):
    """A company works in a development, for some trades or all, in [from, until) of the development's zone.

    Its own liability runs `liability_months` from practical completion (domain reference 3.2), whatever the owners'
    cover says. `until_on == from_on` is an entry made by mistake: it never held.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("company")
    )
    development = models.ForeignKey(
        "units.Development", on_delete=models.PROTECT, related_name="appointments", verbose_name=_("development")
    )
    trades = models.ManyToManyField(
        "catalogue.Trade",
        blank=True,
        related_name="+",
        verbose_name=_("trades"),
        help_text=_("None: all trades."),
    )
    is_main = models.BooleanField(_("main contractor here"), default=False)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day it no longer holds."))
    liability_starts_on = models.DateField(_("practical completion"), null=True, blank=True)
    liability_months = models.PositiveSmallIntegerField(_("liability in months"), null=True, blank=True)
    silence_accepts = models.BooleanField(
        _("silence accepts"),
        default=True,
        help_text=_("A work order that nobody answers in time counts as accepted."),
    )
    parent = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_appointments",
        verbose_name=_("works under"),
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["development", "-is_main", "from_on", "pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="contractors_appointment_until_after_from",
            ),
            models.UniqueConstraint(
                fields=["development"],
                condition=Q(until_on__isnull=True, is_main=True),
                name="contractors_appointment_one_open_main",
            ),
            models.CheckConstraint(
                condition=Q(liability_months__isnull=True) | Q(liability_months__range=(1, 240)),
                name="contractors_appointment_liability_months",
            ),
            models.CheckConstraint(
                condition=Q(liability_starts_on__isnull=True) | Q(liability_months__isnull=False),
                name="contractors_appointment_liability_whole",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("company")), name="contractors_appointment_parent_other"
            ),
            models.CheckConstraint(
                condition=Q(is_main=False) | Q(parent__isnull=True), name="contractors_appointment_main_has_no_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.development_id}"

    @property
    def liability_until(self) -> date | None:
        """The last day on which the company answers itself; None until practical completion and months are entered."""
        if self.liability_starts_on is None or self.liability_months is None:
            return None
        return add_months(self.liability_starts_on, self.liability_months)

    def holds_on(self, day: date) -> bool:
        """In force on this day of the development's calendar."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)
