"""Which visits: the words of the trade."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from cases.models import Case
from contractors.appointments import companies_of, sites_of
from documents.choices import Kind
from inspections.choices import OPEN_STATES, VisitState
from units.querysets import in_scope

if TYPE_CHECKING:
    from inspections.models import (  # noqa: F401  (names of the rows, for the type checker)
        Checklist,
        Visit,
        VisitItem,
        VisitParty,
        VisitShot,
    )


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits."""

    def visible_to(self, user: Any) -> Self:
        """Staff by scope; a homeowner those for a case the person sees.

        A contractor those where an own company, appointed there now, takes part.
        """
        if user.role in STAFF_ROLES:
            return self.filter(in_scope(user, "unit__development"))
        if user.role == Role.HOMEOWNER:
            return self.filter(cases__in=Case.objects.visible_to(user)).distinct()
        if user.role == Role.CONTRACTOR and user.is_active:
            return self.with_company_of(user, timezone.now())
        return self.none()

    def with_company_of(self, user: Any, at: datetime) -> Self:
        """Where a company that this account acts for takes part and is appointed at `at`."""
        wanted = Q(pk__in=[])
        for site in sites_of(user, at):
            wanted |= Q(company_id=site.company_id, visit__unit__development_id=site.development_id)
        party: Any = self.model._meta.get_field("parties").related_model
        parties = party.objects.filter(wanted, visit=OuterRef("pk"))
        return self.filter(Exists(parties))

    def of_development(self, code: str) -> Self:
        """At homes of the development with this code; all without one."""
        return self.filter(unit__development__code=code) if code else self

    def booked(self) -> Self:
        """Still to come or not yet answered for."""
        return self.filter(state=VisitState.BOOKED)

    def offered(self) -> Self:
        """Waiting for the homeowner to choose a time."""
        return self.filter(state=VisitState.OFFERED)

    def open(self) -> Self:
        """Offered or booked."""
        return self.filter(state__in=OPEN_STATES)

    def taking_time(self) -> Self:
        """Those that stand in a calendar: not cancelled, not merely offered."""
        return self.exclude(state__in=[VisitState.OFFERED, VisitState.CANCELLED])

    def ahead(self, at: datetime) -> Self:
        """Booked and not over."""
        return self.booked().filter(ends_at__gt=at)

    def still_open(self, at: datetime) -> Self:
        """Offered, or booked and not over."""
        return self.open().filter(Q(state=VisitState.OFFERED) | Q(ends_at__gt=at))

    def between(self, start: datetime, end: datetime) -> Self:
        """Whose window begins in [start, end)."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def with_video(self) -> Self:
        """At which somebody took a video."""
        shots: Any = self.model._meta.get_field("shots").related_model
        return self.filter(Exists(shots.objects.filter(visit=OuterRef("pk"), file__kind=Kind.VIDEO)))

    def for_page(self) -> Self:
        """With home and development at hand."""
        return self.select_related("unit__development", "unit__block")


class PartyQuerySet(models.QuerySet["VisitParty"]):
    """Who takes part in visits."""

    def of_kind(self, kind: str) -> Self:
        """One side."""
        return self.filter(kind=kind)

    def on_site(self) -> Self:
        """Somebody of ours or of a contractor who was recorded as arrived."""
        return self.filter(kind__in=["company", "staff"], attended_at__isnull=False)


class FromSiteQuerySet(models.QuerySet[Any]):
    """What was noted on site."""

    def of_side(self, companies: Iterable[int] | None) -> Self:
        """What this side may read: a company its own, the office (None) everything."""
        return self if companies is None else self.filter(company_id__in=companies)


class ItemQuerySet(FromSiteQuerySet):
    """Answers for cases at visits."""

    def newest(self) -> "dict[tuple[int, int | None], VisitItem]":
        """The answer that counts, by case and side (company, or None for the office)."""
        return {(row.case_id, row.company_id): row for row in self.order_by("made_at", "pk")}


class ShotQuerySet(FromSiteQuerySet):
    """Pictures and videos taken at visits."""

    def visible_to(self, user: Any) -> Self:
        """Staff by scope; a contractor those of its own company at a visit it sees; nobody else."""
        if user.role in STAFF_ROLES:
            return self.filter(in_scope(user, "visit__unit__development"))
        if user.role == Role.CONTRACTOR and user.is_active:
            visits = self.model._meta.get_field("visit").related_model.objects.visible_to(user)
            own = {company.pk for company in companies_of(user, timezone.now())}
            return self.filter(visit__in=visits, company_id__in=own)
        return self.none()

    def unfiled(self) -> Self:
        """Not on their case yet."""
        return self.filter(attachment=None)


class ChecklistQuerySet(models.QuerySet["Checklist"]):
    """Lists of points to look at."""

    def in_use(self) -> Self:
        """Not retired."""
        return self.filter(is_retired=False)

    def fitting(self, kind: str, trades: Iterable[str]) -> Self:
        """For this kind of visit or any, and for one of these trades or any."""
        fits = Q(trade=None) | Q(trade_id__in=list(trades))
        return self.in_use().filter(fits, kind__in=["", kind])
