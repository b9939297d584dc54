"""The table of cases, and finding a case, home or person from any page."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.choices import STAFF_ROLES, Role
from cases import saved
from cases.forms.search import EVERYBODY, MINE, CaseSearchForm
from cases.models import Case, Report
from cases.search import by_reference, report_by_reference, visit_number
from desk import shell
from desk.counting import capped
from desk.rows import people_of, row
from desk.table import chips, hits, links, remembered, tiles
from inspections.models import Visit
from units import pages

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet

IN_NO_FIELD = ("q", "mine", "sort", "like", "received", "closed")
"""What the panel *All filters* has no field for, and sends along."""


@allow(*STAFF_ROLES)
@require_safe
def case_list(request: SignedInRequest) -> HttpResponse:
    """The cases that the address asks for; without anything asked, the person's default view or those of last time."""
    if "clear" in request.GET:
        return _cleared(request)
    asked = {name: request.GET.getlist(name) for name in CaseSearchForm.base_fields if name in request.GET}
    if not asked and (last := saved.default_query(request.user) or remembered.query(request)):
        return redirect(f"{reverse('case_list')}?{last}")
    if jump := where_to(request, request.GET.get("q", "")):
        return redirect(jump)
    form = CaseSearchForm(request.GET, user=request.user, at=timezone.now())
    if not form.is_valid():
        return TemplateResponse(request, "desk/table/case_list.html", {"form": form}, status=400)
    response = _shown(request, form, is_tidy=all(any(values) for values in asked.values()))
    remembered.keep(request, response, form)
    return response


def _cleared(request: SignedInRequest) -> HttpResponse:
    """No filters: said in so many words where nothing asked would open the default view."""
    whose = f"?mine={MINE if request.user.role == Role.OFFICER else EVERYBODY}"
    response = redirect(reverse("case_list") + (whose if saved.default_query(request.user) else ""))
    remembered.forget(response)
    return response


def _shown(request: SignedInRequest, form: CaseSearchForm, *, is_tidy: bool) -> HttpResponse:
    """A form sends its empty fields too: the address is tidied before it is shown."""
    if not is_tidy:
        return redirect(f"{reverse('case_list')}{links.link(form)}")
    cases = Case.objects.visible_to(request.user)
    return TemplateResponse(request, "desk/table/case_list.html", _context(request, form, cases))


@allow(*STAFF_ROLES)
@require_safe
def find(request: SignedInRequest) -> HttpResponse:
    """What the search box of every page asks for: a reference opens its case, words look through all cases."""
    words = request.GET.get("q", "").strip()
    if not words:
        return redirect("case_list")
    if jump := where_to(request, words):
        return redirect(jump)
    return redirect(f"{reverse('case_list')}?{urlencode({'q': words, 'mine': EVERYBODY})}")


def where_to(request: SignedInRequest, words: str) -> str:
    """The address of the case, report or visit that the words are the reference of, if this person may see it."""
    case, report = by_reference(words), report_by_reference(words)
    if case and Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return reverse("case_detail", args=[case.reference])
    if report and Report.objects.visible_to(request.user).filter(pk=report.pk).exists():
        return f"/intake/{report.reference}/"
    number = visit_number(words)
    visit = Visit.objects.visible_to(request.user).filter(number=number).first() if number else None
    return reverse("visit_detail", args=[visit.reference]) if visit else ""


def _context(request: SignedInRequest, form: CaseSearchForm, cases: "CaseQuerySet") -> dict[str, Any]:
    counted = tiles.counts(form, cases)
    whole = Case.objects.for_page().select_related("report_item__report")
    found = form.filter(cases)
    page = pages.page(found, by=form.order, query=request.GET, whole=whole, newest_first=form.newest_first)
    people = people_of(page.rows, form.at)
    words = form.cleaned_data["q"]
    asked = {"other": tiles.other_side(form, cases)} if counted.other is None else {}
    waiting = shell.waits(request.user, form.at, **asked)
    here, other = counted.words("list"), capped(waiting["other"]) if asked else f"{counted.other:,}"
    return {
        "form": form,
        "rail": shell.rail(request.user, form.at, waiting),
        "find": words,
        "tiles": tiles.rows(form, counted),
        "rows": [row(case, person=people[case.pk], user=request.user, at=form.at) for case in page.rows],
        "page": page,
        "count": here,
        "total": counted.numbers["list"],
        "whose": links.whose(form, here=here, other=other),
        "sorts": links.sorts(form),
        "neighbours": links.neighbours(form, page),
        "views": links.views(form),
        "query": form.query(),
        "chips": chips.in_use(form),
        "menus": chips.menus(form),
        "groups": chips.groups(form),
        "kept": chips.kept(form, but=[name for name in form.fields if name not in IN_NO_FIELD]),
        "can_tick": request.user.is_desk,
        "is_cut": bool(form.found and form.found.is_cut),
        "homes": hits.homes(words, request.user) if words else [],
        "people": hits.people(words, request.user, form.at, zones=form.zones) if words else [],
        "with_closed": links.link(form, state=["open", "closed"]) if not form.cleaned_data["state"] else "",
    }
