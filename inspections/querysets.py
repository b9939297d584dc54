"""Which visits: the words of the trade."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from accounts.choices import STAFF_ROLES, Role
from cases.models import Case
from inspections.choices import VisitState
from units.querysets import in_scope

if TYPE_CHECKING:
    from inspections.models import Visit  # noqa: F401  (names of the rows, for the type checker)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits."""

    def visible_to(self, user: Any) -> Self:
        """Staff by scope; a homeowner those for a case the person sees."""
        if user.role in STAFF_ROLES:
            return self.filter(in_scope(user, "unit__development"))
        if user.role == Role.HOMEOWNER:
            return self.filter(cases__in=Case.objects.visible_to(user)).distinct()
        return self.none()

    def of_development(self, code: str) -> Self:
        """At homes of the development with this code; all without one."""
        return self.filter(unit__development__code=code) if code else self

    def booked(self) -> Self:
        """Still to come or not yet answered for."""
        return self.filter(state=VisitState.BOOKED)

    def ahead(self, at: datetime) -> Self:
        """Booked and not over."""
        return self.booked().filter(ends_at__gt=at)

    def between(self, start: datetime, end: datetime) -> Self:
        """Whose window begins in [start, end)."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def for_page(self) -> Self:
        """With home and development at hand."""
        return self.select_related("unit__development", "unit__block")
