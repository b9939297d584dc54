"""The page on which a company offers times for a home."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.presses import once
from cases.evidence import MoveRefused
from inspections import offers
from inspections.choices import VisitState
from inspections.forms import ThreeSlotsFormSet, slot_rows, windows
from portal import refusals
from portal.contractor import pages, times
from portal.contractor.doors import Door
from portal.contractor.forms import TimesForm
from portal.contractor.views.lists import versions
from units.wording import window
from works.models import WorkOrder


def page(request: HttpRequest, door: Door, rows: Sequence[WorkOrder], home: str) -> HttpResponseBase:
    """Three windows for everything that is owed in a home; GET shows, POST asks the homeowner to choose."""
    development = door.defect_list.development
    sent = request.method == "POST"
    form = TimesForm(request.POST if sent else None, door=door)
    slots = slot_rows(request, offers.preset(development, door.at), development.tz, ThreeSlotsFormSet)

    def shown(status: int) -> HttpResponse:
        visit = times.open_visit(door, rows, at=door.at)
        context = pages.frame(door) | {
            "form": form,
            "slots": slots,
            "rows": list(door.orders().for_page().filter(pk__in=[row.pk for row in rows])) if sent else rows,
            "home": home,
            "back": door.url("job_list_detail"),
            "by_day": f"{door.url('list_date')}?{urlencode({'home': home, 'how': 'day'})}",
            "is_offered": visit is not None and visit.state == VisitState.OFFERED,
            "booked": window(visit.starts_at, visit.ends_at, development.tz) if visit else "",
        }
        return TemplateResponse(request, "portal/contractor/home_times.html", context, status=status)

    if not sent:
        return shown(200)
    if not (form.is_valid() and slots.is_valid()):
        return shown(422)

    def work() -> str:
        given = windows(slots, development.tz)
        visit = times.offer(door, form, rows, versions(request), given, at=door.at)
        words = _("The homeowner of %(home)s is asked to choose; %(ref)s.")
        messages.success(request, words % {"home": home, "ref": visit.reference})
        return door.url("job_list_detail")

    try:
        return once(request, work, at=door.at)
    except MoveRefused as refusal:
        return shown(refusals.tell(request, form, refusal))
