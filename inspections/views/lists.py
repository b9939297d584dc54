"""All visits: the list with its filter, to be taken away, and the calendar by month, week and agenda."""

from django.http import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts import sheets
from accounts.access import SignedInRequest, allow
from documents.sheets_out import asking
from inspections import months, sheet
from inspections.finding import VisitSearchForm
from inspections.models import Visit
from inspections.pressing import STAFF, visible, with_cases
from inspections.telling import show_state
from units import pages


@allow(*STAFF)
def visit_list(request: SignedInRequest) -> HttpResponse:
    """Visits to come, offered, past, failed or cancelled; by home, person, reference, kind, development, video."""
    form = VisitSearchForm(request.GET, user=request.user)
    rows = form.filter(Visit.objects.visible_to(request.user), at=timezone.now())
    page = pages.page(
        rows, by="starts_at", query=request.GET, whole=visible(request), newest_first=form.is_newest_first
    )
    asked = request.GET.copy()
    for name in ("after", "before"):
        asked.pop(name, None)
    query = asked.urlencode()
    count = len(page.rows)
    context = {
        "rows": [(visit, cases, show_state(visit)) for visit, cases in with_cases(page.rows)],
        "form": form,
        "previous": f"?{query}&before={page.previous}" if page.previous else "",
        "next": f"?{query}&after={page.next}" if page.next else "",
        "words": ngettext("%(n)d visit", "%(n)d visits", count) % {"n": count},
        "is_paged": bool(page.previous or page.next),
    }
    return TemplateResponse(request, "inspections/visit_list.html", context)


@allow(*STAFF)
@require_GET
def visit_export(request: SignedInRequest, way: str = "") -> HttpResponseBase:
    """The list of visits as a file or on paper, all of them."""
    form = VisitSearchForm(request.GET, user=request.user)
    rows = form.filter(Visit.objects.visible_to(request.user), at=timezone.now())
    order = "-" if form.is_newest_first else ""
    rows = rows.order_by(f"{order}starts_at", f"{order}pk")
    asked = asking.in_use(form) or [(str(form.fields["state"].label), _("To come"))]
    return sheets.answer(request, sheet.of_visits(rows, asked=asked), way, back=reverse("visit_list"))


@allow(*STAFF)
def visit_calendar(request: SignedInRequest) -> HttpResponse:
    """A month, a week or the next weeks as an agenda; each visit at its home's local day."""
    shown = months.read(request.GET, today=timezone.localdate())
    rows = visible(request).taking_time().of_development(shown.development).between(*shown.bounds())
    found = with_cases(rows.order_by("starts_at", "pk")[: months.MOST])
    context = {"shown": shown, "days": shown.days(found), "weeks": shown.weeks(found), "today": timezone.localdate()}
    return TemplateResponse(request, "inspections/visit_calendar.html", context)
