"""A company offers times for a home: one visit for everything it owes there, and the homeowner chooses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import VisitKind
from cases.evidence import MoveRefused, StaleCase
from inspections import offers
from inspections.models import Visit
from inspections.offers import Window
from inspections.taking_part import Invited
from portal.contractor import answers
from portal.contractor.doors import Door
from portal.contractor.forms import TimesForm
from works import orders
from works.models import WorkOrder


@transaction.atomic
def offer(
    door: Door,
    form: TimesForm,
    rows: Sequence[WorkOrder],
    seen: Mapping[int, int],
    windows: Sequence[Window],
    *,
    at: datetime,
) -> Visit:
    """Ask the home when the company may come; whoever offers has accepted.

    Times that it offered before and nobody chose give way to these; a booked time holds until another is chosen.
    StaleCase when the page was too old, MoveRefused as `offers.offer`.
    """
    by, company = door.by(form.name), door.defect_list.company
    known = [row for row in rows if row.number in seen]
    if not known:
        raise MoveRefused(_("These items were answered already, or are no longer with you."))
    for row in known:
        if row.version != seen[row.number]:
            raise StaleCase
        if row.state in orders.ACCEPTABLE:
            orders.accept(row, by=by, at=at, seen_version=row.version, how=answers.how_of(door))
    cases = [row.case for row in known]
    words = form.cleaned_data["note"]
    visit = open_visit(door, known, at=at)
    if visit is None:
        facts: dict[str, Any] = {
            "kind": VisitKind.RECTIFICATION,
            "invited": [Invited(company=company)],
            "company": company,
        }
        minutes = form.cleaned_data["minutes"]
        visit = offers.offer(cases, slots=windows, by=by, at=at, note=words, minutes=minutes, **facts)
    else:
        visit.cases.add(*cases)
        offers.offer_again(visit, slots=windows, words=words, seen_version=visit.version, by=by, at=at, company=company)
    answers.heard(door, by=by, at=at)
    return visit


def open_visit(door: Door, rows: Sequence[WorkOrder], *, at: datetime) -> Visit | None:
    """The company's repair visit to this home that is offered or booked already."""
    cases = [row.case_id for row in rows]
    found = Visit.objects.still_open(at).filter(kind=VisitKind.RECTIFICATION, parties__company=door.defect_list.company)
    return found.for_page().filter(cases__in=cases, starts_at__gt=at).order_by("starts_at", "pk").first()
