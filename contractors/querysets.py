"""The words of the trade for companies, and who may see which row."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from units import periods
from units.querysets import in_scope

if TYPE_CHECKING:
    from contractors.models import Appointment, Company, Contact  # noqa: F401  (rows of the querysets, for mypy)


class CompanyQuerySet(QuerySet["Company"]):
    """Contractors."""

    def visible_to(self, user: Any, *, at: datetime | None = None) -> Self:
        """Office: all; an officer limited to developments those ever appointed there and those appointed nowhere yet.

        A contractor: the own company, as long as the person is its contact.
        """
        if _is_contractor(user):
            return self.filter(Exists(_contacts().of_user(user).filter(company=OuterRef("pk"))))
        if not user.is_active or getattr(user, "role", "") not in STAFF_ROLES:
            return self.none()
        appointments = apps.get_model("contractors", "Appointment").objects.filter(company=OuterRef("pk"))
        return self.filter(Exists(appointments.filter(in_scope(user, "development"))) | ~Exists(appointments))

    def with_sites(self, user: Any, *, at: datetime) -> Self:
        """With `sites`: the appointments in force that this member of the office may see, and their developments."""
        appointments = apps.get_model("contractors", "Appointment").objects.visible_to(user).in_force_at(at)
        sites = appointments.select_related("development").order_by("development__name", "pk")
        return self.prefetch_related(Prefetch("appointments", queryset=sites, to_attr="sites"))

    def with_words(self, text: str) -> Self:
        """Every typed word in the name, the short name or a contact's name or e-mail."""
        found = self
        for word in text.split()[:8]:
            contact = _contacts().filter(Q(name__icontains=word) | Q(email__icontains=word), company=OuterRef("pk"))
            found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word) | Exists(contact))
        return found


class ContactQuerySet(QuerySet["Contact"]):
    """People of the contractors."""

    def standing(self) -> Self:
        """Still with the company."""
        return self.filter(left_at=None)

    def of_user(self, user: Any) -> Self:
        """The contacts that this account acts for; a disabled one acts for none, and who left has none (constraint)."""
        return self.filter(user_id=user.pk) if _is_contractor(user) else self.none()

    def visible_to(self, user: Any) -> Self:
        """Whoever sees the company sees its people."""
        companies = apps.get_model("contractors", "Company").objects.visible_to(user)
        return self.filter(company__in=companies)


class AppointmentQuerySet(QuerySet["Appointment"]):
    """Who works where, half-open [from, until) in the development's zone."""

    def in_force(self, on: date) -> Self:
        """Appointments that hold on this day of their development's calendar."""
        return self.filter(periods.holds_on(on))

    def in_force_at(self, at: datetime) -> Self:
        """Appointments that hold at this instant: each development's own day is asked (one small query when built)."""
        return self.filter(periods.holds_at(at, development="development"))

    def for_page(self) -> Self:
        """With everything that a row names, its trades as `named_trades`."""
        named = Prefetch("trades", to_attr="named_trades")
        return self.select_related("company", "development", "parent").prefetch_related(named)

    def of_user(self, user: Any) -> Self:
        """Of the companies that this account acts for."""
        return self.filter(Exists(_contacts().of_user(user).filter(company=OuterRef("company"))))

    def visible_to(self, user: Any, *, at: datetime | None = None) -> Self:
        """Office: of the developments in scope. A contractor: the own company's in force at `at` (now)."""
        if _is_contractor(user):
            return self.of_user(user).in_force_at(at or timezone.now())
        return self.filter(in_scope(user, "development"))


def _is_contractor(user: Any) -> bool:
    return getattr(user, "role", "") == Role.CONTRACTOR and user.is_active


def _contacts() -> ContactQuerySet:
    return apps.get_model("contractors", "Contact").objects.all()
