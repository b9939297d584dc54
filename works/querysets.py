"""Which work orders: the words of the trade."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from contractors.appointments import sites_of
from contractors.models import Appointment, Company
from units.models import Development
from units.querysets import in_scope
from works.choices import LIVE_STATES, SHOWN_STATES

if TYPE_CHECKING:
    from works.models import WorkOrder  # noqa: F401  (names of the rows, for the type checker)


class WorkOrderQuerySet(models.QuerySet["WorkOrder"]):
    """Work orders."""

    def visible_to(self, user: Any) -> Self:
        """Staff by scope; a contractor the own company's, sent and not ended, where it is appointed now."""
        if user.role in STAFF_ROLES:
            return self.filter(in_scope(user, "case__development"))
        if user.role == Role.CONTRACTOR:
            return self.shown().of_sites(sites_of(user, timezone.now()))
        return self.none()

    def live(self) -> Self:
        """The company still owes something."""
        return self.filter(state__in=LIVE_STATES)

    def shown(self) -> Self:
        """What the company itself sees."""
        return self.filter(state__in=SHOWN_STATES, sent_at__isnull=False)

    def of_sites(self, sites: Sequence[Appointment]) -> Self:
        """The orders of these companies, each where it is appointed; led by the index of company and state."""
        here = Q(pk__in=[])
        for site in sites:
            here |= Q(company_id=site.company_id, case__development_id=site.development_id)
        return self.filter(here, company_id__in={site.company_id for site in sites})

    def of_company_at(self, company: Company, development: Development) -> Self:
        """The orders of one company in one development."""
        return self.filter(company=company, case__development=development)

    def for_page(self) -> Self:
        """With everything that a row names."""
        return self.select_related(
            "company", "case__development", "case__unit__block", "case__location", "case__trade", "case__priority"
        )
