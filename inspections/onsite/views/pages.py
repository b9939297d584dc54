"""The page of a visit on site and its acts. The script asks for JSON and repeats until it has it; a form is sent on."""

import contextlib
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, allow
from accounts.choices import DESK_ROLES, Role
from cases.evidence import MoveRefused, StaleCase
from cases.views import holder_of
from documents import pieces, serving
from documents.choices import Size
from documents.models import Sending, StoredFile
from documents.refusals import UploadRefused
from inspections import findings, results
from inspections.choices import VisitState, WhyNot
from inspections.findings import Act
from inspections.models import VisitShot
from inspections.onsite.door import Door, open_door
from inspections.onsite.forms import FinishForm, FoundForm, NobodyHomeForm
from inspections.onsite.page import frame, page_of
from inspections.onsite.views import acts
from ledger.idempotency import first_time

WORKERS = (*DESK_ROLES, Role.CONTRACTOR)
ABOUT_ITEMS = ("answer", "photo")
LINKS = ("photo", "film", "finish", *(name.replace("-", "_") for name in acts.ACTS))


@allow(*WORKERS)
@require_safe
def visit_on_site(request: SignedInRequest, reference: str, room: str) -> HttpResponse:
    """Who is here, what is OK, what is not: the visit on one page."""
    return shown(request, open_door(request, reference, room))


def shown(
    request: HttpRequest, door: Door, *, status: int = 200, refused: dict[str, Any] | None = None, **forms: Any
) -> HttpResponse:
    """The page; after a refusal with what was typed and why it was not taken."""
    page, sent = page_of(door), refused or {}
    at_item = sent.get("case") if sent.get("act") in ABOUT_ITEMS else None
    known = {case.pk for case in door.cases}
    context = frame(door) | {
        "page": page,
        "rows": [(item, sent if item.case.reference == at_item else None) for item in page.items],
        "sent_in": [row for row in page.found if row.case_id not in known],
        "found": FoundForm(visit=door.visit),
        "nobody": NobodyHomeForm(),
        "refusals": {str(sent["act"]).replace("-", "_"): sent} if sent else {},
        "reasons": WhyNot.choices,
        "may_attend": door.visit.state == VisitState.BOOKED,
        "urls": {name: door.url(name) for name in LINKS},
    }
    return TemplateResponse(request, "inspections/onsite/page.html", context | forms, status=status)


@allow(*WORKERS)
@require_POST
def visit_act(request: SignedInRequest, reference: str, room: str, act: str) -> HttpResponseBase:
    """One act on site, done once for each key."""
    door = open_door(request, reference, room)
    this = acts.act_of(request, door, at=timezone.now())
    try:
        answer = _done(request, door, act, this)
    except (MoveRefused, UploadRefused) as refusal:
        return _refused(request, door, act, refusal)
    if asks_json(request):
        return JsonResponse({"saved_at": clock(door, this)} | answer)
    messages.success(request, _("Saved %(time)s.") % {"time": clock(door, this)})
    return HttpResponseRedirect(str(answer.get("go") or door.url() + _anchor(request, act)))


def _done(request: HttpRequest, door: Door, act: str, this: Act) -> acts.Answer:
    """Pictures first, outside any transaction; then the act with its key in one."""
    shots = acts.take_shots(request, door, this) if act in ABOUT_ITEMS else []
    told: acts.Answer = {"thumb": acts.thumb(shots[0])} if shots else {}
    if act == "photo" or (act == "answer" and shots and not request.POST.get("answer")):
        return told
    files = acts.files_of(request, this) if act not in ABOUT_ITEMS else []
    try:
        with transaction.atomic():
            press = first_time(str(this.key), by=this.by, at=this.at)
            is_repeat = press.is_repeat
            if not is_repeat:
                told |= acts.ACTS[act](request, door, this, files)
                press.settle(door.url())
    except MoveRefused:
        acts.let_go(files, this)
        raise
    if is_repeat:
        acts.let_go(files, this)
    return told


def _refused(request: HttpRequest, door: Door, act: str, refusal: MoveRefused | UploadRefused) -> HttpResponseBase:
    is_stale = isinstance(refusal, StaleCase)
    if asks_json(request):
        again = bool(getattr(refusal, "may_work_later", False))
        return JsonResponse({"error": str(refusal.sentence), "again": again}, status=409 if is_stale else 422)
    sent = {"act": act, "sentence": str(refusal.sentence), "case": request.POST.get("case", ""), "typed": request.POST}
    forms: dict[str, Any] = {}
    if act == "found":
        forms["found"] = FoundForm(request.POST, visit=door.visit)
    if act == "nobody-home":
        forms["nobody"] = NobodyHomeForm(request.POST)
    return shown(request, door, status=409 if is_stale else 422, refused=sent, **forms)


def _anchor(request: HttpRequest, act: str) -> str:
    return f"#item-{request.POST['case']}" if act in ABOUT_ITEMS and request.POST.get("case") else f"#{act}"


def asks_json(request: HttpRequest) -> bool:
    """Whether the page's script asks."""
    return request.headers.get("X-Requested-With") == "fetch"


def clock(door: Door, act: Act) -> str:
    """When it arrived, at the home."""
    return str(time_format(act.at.astimezone(door.visit.unit.development.tz), "H:i"))


@allow(*WORKERS)
@require_POST
def visit_film(request: SignedInRequest, reference: str, room: str) -> HttpResponseBase:
    """Begins a video of a case, which comes in pieces."""
    door = open_door(request, reference, room)
    case = door.case(request.POST.get("case", ""))

    def address(sending: Sending) -> str:
        return f"{door.url('film_piece', sending.public_id)}?case={case.reference}"

    return pieces.begun(request, holder=holder_of(request), at=timezone.now(), url=address)


@allow(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_film_piece(request: SignedInRequest, reference: str, room: str, public_id: str) -> HttpResponseBase:
    """A piece of a video; the last one makes it a shot of its case under the key that the video began with."""
    door = open_door(request, reference, room)
    at = timezone.now()
    case = door.case(request.GET.get("case", ""))

    def kept(file: StoredFile) -> JsonResponse:
        key = get_object_or_404(Sending, public_id=public_id, holder=holder_of(request)).client_key
        act = acts.act_with(key, door, at=at)
        shot = findings.keep_shot(door.visit, case, file, act=act)
        return JsonResponse({"id": str(shot.public_id), "saved_at": clock(door, act), "thumb": acts.thumb(shot)})

    try:
        return pieces.carried_on(request, public_id, holder=holder_of(request), by=door.by, at=at, kept=kept)
    except MoveRefused as refusal:
        return JsonResponse({"error": str(refusal.sentence), "again": False}, status=422)


@allow(*WORKERS)
@require_safe
def visit_shot(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The small picture of something taken on site, for those who may see it."""
    rows = VisitShot.objects.visible_to(request.user).select_related("file").prefetch_related("file__renditions")
    return serving.serve(request, get_object_or_404(rows, public_id=public_id).file, Size.LIST)


@allow(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_finish(request: SignedInRequest, reference: str, room: str) -> HttpResponse:
    """What was said of each item and what becomes of it; a press ends the visit and passes it on."""
    door = open_door(request, reference, room)
    form = FinishForm(request.POST if request.method == "POST" else None)
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        this = acts.act_of(request, door, at=at)
        try:
            with transaction.atomic():
                press = first_time(str(this.key), by=door.by, at=at)
                if not press.is_repeat:
                    for sentence in _finish(door, form.cleaned_data["words"], request):
                        messages.warning(request, sentence)
                    press.settle(door.url("finish"))
            return HttpResponseRedirect(press.answer)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal.sentence))
    status = 422 if form.is_bound and form.errors else 200
    context = frame(door) | {
        "page": page_of(door),
        "form": form,
        "outlook": results.outlook(door.visit, door.cases),
        "page_url": door.url(),
        "sign_url": _sign_url(door),
    }
    return TemplateResponse(request, "inspections/onsite/finish.html", context, status=status)


def _finish(door: Door, words: str, request: HttpRequest) -> list[str]:
    """By the office or by a company that may; answers what could not be passed on."""
    if not door.may_finish:
        raise MoveRefused(_("This visit is answered for already."))
    seen = request.POST.get("seen_version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    cases = None if door.is_office else door.cases
    return results.finish(door.visit, words=words, seen_version=version, cases=cases, by=door.by, at=timezone.now())


def _sign_url(door: Door) -> str:
    """Where the homeowner signs on this phone, for the office, once something is ready to be signed for."""
    if not door.is_office or not any(case.status in results.SENT_BACK_FROM for case in door.cases):
        return ""
    with contextlib.suppress(NoReverseMatch):
        return reverse("sign_at_home", args=[door.visit.reference])
    return ""
