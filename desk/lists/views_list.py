"""One defect list at the desk: what stands on it, what became of it, issuing it; and compiling a new one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts import sheets
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES, STAFF_ROLES, Role
from accounts.papers import ask
from accounts.presses import once
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.rehearsal import Rehearsal, rehearse
from desk.case_page import panel as words
from desk.lists import choosing, sheet
from desk.lists.views import LIST_PILLS, order_row
from units.wording import when
from works import list_mails, lists, papers, snapshots
from works.choices import ListState
from works.models import DefectList, WorkOrder


def find(request: SignedInRequest, reference: str) -> DefectList:
    """The list, if this person may see it."""
    number = reference.upper().removeprefix("DL-")
    rows = DefectList.objects.visible_to(request.user).for_page()
    found = rows.filter(number=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if found is None:
        raise Http404
    return found


@allow(*STAFF_ROLES)
@require_safe
def defect_list_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """Items by home, its history, what changed since it was sent."""
    return page(request, find(request, reference))


def page(request: SignedInRequest, found: DefectList, *, status: int = 200) -> HttpResponse:
    """The page of a list."""
    at, zone = timezone.now(), found.development.tz
    lines = snapshots.lines_of(found)
    last = snapshots.last_issue(found)
    changes = snapshots.compare(last.snapshot, snapshots.rows(lines)) if last else snapshots.Changes()
    can_act = request.user.is_desk and found.is_open
    context = {
        "list": found,
        "kind": LIST_PILLS[ListState(found.state)],
        "headline": list_mails.counted(len(lines), len({line.order.case.unit_id for line in lines})),
        "rows": [order_row(line.order, at) | {"mark": changes.of(line.order_id)} for line in lines],
        "changes": changes,
        "change_words": list_mails.change_words(changes),
        "events": [_event(event, zone) for event in found.events.order_by("-at", "-pk")[:50]],
        "goes": when(found.collects_until, zone) if found.collects_until else "",
        "accept_by": when(last.accept_by, zone) if last else "",
        "can_issue": can_act and (found.state == ListState.COLLECTING or changes.is_any),
        "can_release": can_act and found.state == ListState.WAITING and request.user.role == Role.MANAGER,
        "crumbs": [{"url": reverse("defect_list_list"), "words": _("Defect lists")}],
    }
    return TemplateResponse(request, "desk/lists/defect_list_detail.html", context, status=status)


def _event(event: Any, zone: Any) -> dict[str, Any]:
    who = ", ".join(part for part in (event.name, event.address if event.mail_id else "") if part)
    return {
        "what": event.get_kind_display(),
        "revision": event.revision,
        "when": when(event.at, zone),
        "who": who,
        "words": event.words,
    }


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def defect_list_issue(request: SignedInRequest, reference: str) -> HttpResponse:
    """Shows the mails of the next revision; confirming sends them."""
    found = find(request, reference)
    by, at = actor_of(request), timezone.now()

    def act(seen: int) -> Callable[[Mailing], Any]:
        return lambda mailing: lists.issue(find(request, reference), by=by, at=at, seen_version=seen, mailing=mailing)

    if request.method == "POST":
        seen = words.number(request.POST.get("seen_version"))
        return _press(request, found, lambda: lists.issue(found, by=by, at=at, seen_version=seen))
    shown = rehearse(lambda mailing: _quiet(act(found.version), mailing), by=by, at=at)
    url = reverse("defect_list_issue", args=[found.reference])
    title = _("Send %(ref)s, revision %(n)d") % {"ref": found.reference, "n": found.revision + 1}
    return _confirm(request, shown, title, url, back=_url(found), facts={"version": found.version})


def _quiet(act: Callable[[Mailing], Any], mailing: Mailing) -> None:
    """A rehearsal asks what a move answers; a list answers something else."""
    act(mailing)


@allow(*DESK_ROLES)
@require_POST
def defect_list_release(request: SignedInRequest, reference: str) -> HttpResponse:
    """The manager lets it go."""
    found = find(request, reference)
    by, at = actor_of(request), timezone.now()
    seen = words.number(request.POST.get("seen_version"))
    return _press(request, found, lambda: lists.release(found, by=by, at=at, seen_version=seen))


@allow(*DESK_ROLES)
@require_POST
def defect_list_remark(request: SignedInRequest, reference: str) -> HttpResponse:
    """The manager says what must change first."""
    found = find(request, reference)
    by, at = actor_of(request), timezone.now()
    seen, said = words.number(request.POST.get("seen_version")), request.POST.get("words", "")[:300]
    return _press(request, found, lambda: lists.remark(found, words=said, by=by, at=at, seen_version=seen))


def _press(request: SignedInRequest, found: DefectList, act: Callable[[], Any]) -> HttpResponse:
    """Once; a refusal or a change meanwhile comes back on the page."""

    def work() -> str:
        act()
        messages.success(request, _done(find(request, found.reference)))
        return _url(found)

    try:
        return once(request, work, at=timezone.now())
    except MoveRefused as refusal:
        messages.error(request, refusal.sentence)
        return page(request, find(request, found.reference), status=409 if isinstance(refusal, StaleCase) else 422)


def _done(found: DefectList) -> str:
    facts = {"title": found.title, "company": found.company.short_name}
    if found.state == ListState.WAITING:
        return _("%(title)s waits for the manager.") % facts
    return _("%(title)s is on its way to %(company)s.") % facts


def _url(found: DefectList) -> str:
    return reverse("defect_list_detail", args=[found.reference])


@allow(*STAFF_ROLES)
@require_POST
def defect_list_pdf(request: SignedInRequest, reference: str) -> HttpResponseRedirect:
    """The paper of the newest revision; of a list that was not sent there is none."""
    found = find(request, reference)
    if not found.is_shown:
        raise Http404
    about = papers.about(found)
    return ask(
        request,
        papers.KEY,
        subject=about["subject"],
        subject_id=about["subject_id"],
        parameters=about["parameters"],
    )


@allow(*STAFF_ROLES)
@require_GET
def defect_list_items(request: SignedInRequest, reference: str, way: str = "") -> HttpResponseBase:
    """The items of a list as a file or on paper."""
    found = find(request, reference)
    return sheets.answer(request, sheet.of_items(found, at=timezone.now()), way, back=_url(found))


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def defect_list_new(request: SignedInRequest) -> HttpResponse:
    """A list out of ticked cases, or of all that a company owes in a development: its mails, then issued."""
    chosen = choosing.of(request)
    by, at = actor_of(request), timezone.now()
    if not chosen.orders:
        messages.info(request, chosen.sentence or _("Tick the cases that are with a contractor first."))
        return redirect("case_list")
    if request.method == "POST":
        return _compile(request, chosen)
    keys = [order.pk for order in chosen.orders]

    def act(mailing: Mailing) -> None:
        rows = {row.pk: row for row in WorkOrder.objects.for_page().filter(pk__in=keys)}
        lists.compile_list([rows[key] for key in keys], by=by, at=at, mailing=mailing)

    shown = rehearse(act, by=by, at=at)
    facts = {"cases": chosen.references, "left_out": chosen.left_out}
    url = reverse("defect_list_new")
    return _confirm(request, shown, chosen.title, url, back=reverse("case_list"), facts=facts)


def _compile(request: SignedInRequest, chosen: choosing.Chosen) -> HttpResponse:
    by, at = actor_of(request), timezone.now()

    def work() -> str:
        made = lists.compile_list(chosen.orders, by=by, at=at)
        for found in made:
            messages.success(request, _done(DefectList.objects.for_page().get(pk=found.pk)))
        return _url(made[0]) if len(made) == 1 else reverse("defect_list_list")

    try:
        return once(request, work, at=at)
    except MoveRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("case_list")


def _confirm(
    request: SignedInRequest, shown: Rehearsal, title: str, url: str, *, back: str, facts: dict[str, Any]
) -> HttpResponse:
    mails = words.mails(shown)
    context = {
        "title": title,
        "action": url,
        "back": back,
        "mails": mails,
        "mail_count": words.count_words(mails),
        "refusal": shown.refusal.sentence if shown.refusal else "",
        "confirm": words.confirm_words(mails, needs_manager=False, otherwise=_("Send the list")),
        "crumbs": [{"url": reverse("defect_list_list"), "words": _("Defect lists")}],
        **facts,
    }
    return TemplateResponse(request, "desk/lists/defect_list_confirm.html", context)
