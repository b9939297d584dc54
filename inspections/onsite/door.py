"""Through which door somebody came to a visit's page, and what that door shows: the office all, a company its share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest, actor_of
from accounts.choices import Role
from cases.choices import VisitKind
from cases.models import Case
from cases.search import reference_key
from contractors.appointments import companies_of
from inspections.choices import OPEN_STATES, VisitState
from inspections.models import Visit, VisitFound
from ledger.actors import Actor

DESK, JOBS = "desk", "jobs"


@dataclass(frozen=True)
class Door:
    """One visit as this person may see it."""

    room: str
    visit: Visit
    user: Any
    by: Actor
    companies: tuple[Any, ...] = ()

    @property
    def is_office(self) -> bool:
        """Staff: reads every side."""
        return self.room == DESK

    @property
    def company_ids(self) -> list[int] | None:
        """Whose answers and pictures are shown; None for all."""
        return None if self.is_office else [company.pk for company in self.companies]

    @property
    def company_id(self) -> int | None:
        """In whose name the person notes something; None for the office."""
        return self.companies[0].pk if self.companies else None

    @cached_property
    def cases(self) -> list[Case]:
        """The visit's cases that this side sees, in a steady order."""
        rows = self.visit.cases.for_page().select_related("report_item").order_by("pk")
        if not self.is_office:
            rows = rows.filter(pk__in=Case.objects.visible_to(self.user).values("pk"))
        return list(rows)

    def case(self, reference: str) -> Case:
        """One of them, by reference; 404 for any other. A company may still add to what it found itself."""
        key = reference_key(reference) or "-"
        for case in self.cases:
            if case.reference_key == key:
                return case
        found = VisitFound.objects.filter(visit=self.visit, case__reference_key=key, by_id=self.by.user_id)
        row = found.select_related("case").first()
        if row is None:
            raise Http404
        return row.case

    @property
    def may_finish(self) -> bool:
        """The office any visit that is booked, a company its repair."""
        is_own = self.is_office or self.visit.kind == VisitKind.RECTIFICATION
        return is_own and self.visit.state == VisitState.BOOKED

    @property
    def may_write(self) -> bool:
        """Not before a time was chosen; what comes late is still taken."""
        return self.visit.state != VisitState.OFFERED

    @property
    def is_over(self) -> bool:
        """The visit is answered for."""
        return self.visit.state not in OPEN_STATES

    @property
    def back(self) -> tuple[str, str]:
        """Address and words of the way back."""
        if self.is_office:
            return reverse("visit_detail", args=[self.visit.reference]), self.visit.reference
        return reverse("job_list"), _("Your work")

    def url(self, page: str = "", *args: Any) -> str:
        """The address of the page or of one of its acts, in this room."""
        stem = "visit_on_site" if self.is_office else "job_visit"
        return reverse(f"{stem}_{page}" if page else stem, args=[self.visit.reference, *args])


def open_door(request: SignedInRequest, reference: str, room: str) -> Door:
    """The visit behind a door. 403 for the other room's people, 404 for a visit the person may not see."""
    is_contractor = request.user.role == Role.CONTRACTOR
    if is_contractor != (room == JOBS):
        raise PermissionDenied(_("This page is not for your role."))
    number = reference.strip().upper().removeprefix("V").strip("- ")
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    rows = Visit.objects.visible_to(request.user).for_page().select_related("unit__development__default_officer")
    visit = rows.filter(number=int(number)).first()
    if visit is None:
        raise Http404
    companies = _taking_part(request, visit) if is_contractor else ()
    return Door(room, visit, request.user, actor_of(request), tuple(companies))


def _taking_part(request: SignedInRequest, visit: Visit) -> Sequence[Any]:
    own = companies_of(request.user, timezone.now())
    here = set(visit.parties.filter(company__in=own).values_list("company_id", flat=True))
    return [company for company in own if company.pk in here]
