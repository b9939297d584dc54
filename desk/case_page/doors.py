"""How a view of the case page comes to its case, and where a person goes after an act."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import quote, urlencode

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.access import SignedInRequest
from cases.models import Case
from cases.search import reference_key
from desk.my_day import queues

CaseView = Callable[..., HttpResponseBase]

WITH = (
    "report_item__report__reporter",
    "report_item__defect_type",
    "element",
    "guidance",
    "trade__guidance",
    "defect_type__guidance",
    "duplicate_of",
    "development__manager",
    "development__default_officer",
    "development__calendar",
)
"""What the page and the mails name beside `for_page`."""

FOR_ACTS = ("development__targets", "development__calendar__holidays")
"""What an act asks several times: promises are counted from the targets in the working time of the development."""


def on_case(view: CaseView) -> CaseView:
    """Hands the view its case: found in any case and punctuation, 404 unless the person may see it.

    A page asked for under another spelling is shown under the one that we write.
    """

    @wraps(view)
    def opened(request: SignedInRequest, reference: str, **rest: object) -> HttpResponseBase:
        case = find(request, reference)
        if request.method in {"GET", "HEAD"} and reference != case.reference:
            return HttpResponseRedirect(_respelt(request, reference, case.reference))
        if request.method == "POST":
            prefetch_related_objects([case], *FOR_ACTS)
        return view(request, case, **rest)

    return opened


def find(request: SignedInRequest, reference: str) -> Case:
    """The case of a reference as people write it, among those this person may see."""
    key = reference_key(reference)
    rows = Case.objects.visible_to(request.user).for_page().select_related(*WITH)
    case = rows.filter(reference_key=key).first() if key else None
    if case is None:
        raise Http404
    return case


def _respelt(request: HttpRequest, written: str, reference: str) -> str:
    before, _mark, rest = request.path.partition(f"/{written}/")
    query = request.META.get("QUERY_STRING", "")
    address = f"{quote(before)}/{quote(reference)}/{quote(rest)}"
    return f"{address}?{query}" if query else address


def address(case: Case, *, queue: str = "", part: str = "") -> str:
    """The case's page, in the queue that the person works through."""
    query = f"?{urlencode({'queue': queue})}" if queue else ""
    return f"{reverse('case_detail', args=[case.reference])}{query}{part}"


def queue_of(request: HttpRequest) -> str:
    """The queue that the person works through, as the address or the form says; unknown ones are none."""
    name = request.POST.get("queue") or request.GET.get("queue") or ""
    return name if name in queues.QUEUES else ""


def way_on(request: SignedInRequest, case: Case) -> str:
    """Where an act leads: back to the case, or on to the next one of the queue (*Save and next*).

    Asked before the act, because afterwards the case may have left the queue.
    """
    queue = queue_of(request)
    if queue and request.POST.get("then") == "next":
        place = queues.place(queue, case, user=request.user)
        if place.next:
            return f"{reverse('case_detail', args=[place.next])}?{urlencode({'queue': queue})}"
        return queues.end_of(queue)
    return address(case, queue=queue)
