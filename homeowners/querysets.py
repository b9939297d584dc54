"""The words of the trade for people and tenures, and who may see which row."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from homeowners.choices import CONFIRMING_ROLES, OWNER_ROLES, TenureRole
from homeowners.names import folded
from units import periods
from units.models import StaffScope
from units.querysets import in_scope

if TYPE_CHECKING:
    from homeowners.models import Homeowner, Tenure  # noqa: F401  (rows of the querysets, for mypy)

_FEWEST_DIGITS = 4


class HomeownerQuerySet(QuerySet["Homeowner"]):
    """People of the register."""

    def visible_to(self, user: Any) -> Self:
        """The people whose row this user may read.

        Office: everybody; an officer limited to developments only who holds or held a home there. A homeowner: the
        rows of the own account (a couple with one address is two rows). Everybody else: nobody.
        """
        if getattr(user, "role", "") == Role.HOMEOWNER and user.is_active:
            return self.filter(user_id=user.pk)
        held = self._tenures().visible_to(user).filter(homeowner=OuterRef("pk"))
        return self.filter(_unlimited(user) | Exists(held))

    def _tenures(self) -> "TenureQuerySet":
        return apps.get_model("homeowners", "Tenure").objects.all()

    def with_words(self, text: str) -> Self:
        """The people a caller may be: every typed word in the name, or the e-mail, or the digits of a phone."""
        words = folded(text).split()
        if not words:
            return self
        named = Q()
        for word in words:
            named &= Q(search_name__contains=word)
        return self.filter(named | Q(email__contains=text.strip().lower()) | _phone_holds(text))


class TenureQuerySet(QuerySet["Tenure"]):
    """Who holds which unit, from when until when; half-open [from, until)."""

    def in_force(self, on: date) -> Self:
        """Tenures that hold on this day of their development's calendar."""
        return self.filter(periods.holds_on(on))

    def in_force_at(self, at: datetime) -> Self:
        """Tenures that hold at this instant: each development's own day is asked, so a seller's ends at local midnight.

        Reads the zones in use (one small query) when it is built.
        """
        return self.filter(periods.holds_at(at, development="unit__development"))

    def owners(self) -> Self:
        """Owners and joint owners."""
        return self.filter(role__in=OWNER_ROLES)

    def tenants(self) -> Self:
        """Those who live there without owning."""
        return self.filter(role=TenureRole.TENANT)

    def may_confirm(self) -> Self:
        """Those whose word closes, appeals or reopens a case: a tenant's does not (workflow 2)."""
        return self.filter(role__in=CONFIRMING_ROLES)

    def of_user(self, user: Any) -> Self:
        """Tenures of the people linked to this account."""
        return self.filter(homeowner__user_id=user.pk) if user.pk else self.none()

    def visible_to(self, user: Any, *, at: datetime | None = None) -> Self:
        """Office: those of the developments in the own scope. A homeowner: the own ones in force at `at` (now)."""
        if getattr(user, "role", "") == Role.HOMEOWNER and user.is_active:
            return self.of_user(user).in_force_at(at or timezone.now())
        return self.filter(in_scope(user, "unit__development"))

    def with_people(self) -> Self:
        """With person, unit and development at hand: nothing more is asked while a page is made."""
        return self.select_related("homeowner", "unit__development", "unit__block")


def _unlimited(user: Any) -> Q:
    """True for a member of the office who is not limited to developments, for nobody else."""
    nobody = Q(pk__in=())
    if not user.is_active or getattr(user, "role", "") not in STAFF_ROLES:
        return nobody
    return ~Q(Exists(StaffScope.objects.filter(user=user.pk))) if user.role == Role.OFFICER else ~nobody


def _phone_holds(text: str) -> Q:
    """Digits typed in any way, with or without the leading zero; fewer than four find nothing."""
    digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0")
    if len(digits) < _FEWEST_DIGITS or any(sign.isalpha() for sign in text):
        return Q(pk__in=())
    return Q(phone__contains=digits) | Q(second_phone__contains=digits)
