"""Which work orders: the words of the trade."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import STAFF_ROLES, Role
from contractors.appointments import sites_of
from contractors.models import Appointment, Company
from units.models import Development
from units.querysets import in_scope
from works.choices import IN_HAND, LIVE_STATES, SHOWN_STATES, ListState

if TYPE_CHECKING:
    from works.models import DefectList, ListLine, WorkOrder  # noqa: F401  (names of the rows, for the type checker)


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
        """What the company itself sees: nothing of a list before that is sent (behaviours W4)."""
        held_back = self.model._default_manager.filter(lines__until_revision__isnull=True, lines__list__revision=0)
        rows = self.filter(state__in=SHOWN_STATES, sent_at__isnull=False)
        return rows.exclude(pk__in=held_back.order_by().values("pk"))

    def in_hand(self) -> Self:
        """The company was given it and can work on it: not planned, disputed or done."""
        return self.filter(state__in=IN_HAND, sent_at__isnull=False)

    def overdue(self, at: datetime) -> Self:
        """Owed past the date due, or past the date that the company promised itself."""
        return self.in_hand().filter(Q(due_at__lt=at) | Q(promised_at__lt=at))

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


class DefectListQuerySet(models.QuerySet["DefectList"]):
    """Defect lists."""

    def visible_to(self, user: Any) -> Self:
        """Staff by scope; a contractor the own company's that were sent, where it is appointed now."""
        if user.role in STAFF_ROLES:
            return self.filter(in_scope(user, "development"))
        if user.role == Role.CONTRACTOR:
            here = Q(pk__in=[])
            for site in sites_of(user, timezone.now()):
                here |= Q(company_id=site.company_id, development_id=site.development_id)
            return self.filter(here, revision__gte=1)
        return self.none()

    def open(self) -> Self:
        """Not closed."""
        return self.exclude(state=ListState.CLOSED)

    def for_page(self) -> Self:
        """With everything that a row names."""
        return self.select_related("company", "development__calendar", "development__default_officer")


class ListLineQuerySet(models.QuerySet["ListLine"]):
    """Orders on lists."""

    def current(self) -> Self:
        """Still on their list."""
        return self.filter(until_revision__isnull=True)
