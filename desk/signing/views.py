"""The page that an officer hands to the homeowner: look, untick, sign with a finger."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import DESK_ROLES
from cases import drawings, signing
from cases.choices import Audience, SignHow, Status
from cases.evidence import MoveRefused, StaleCase
from cases.files import pairs
from cases.forms.signing import FingerForm
from cases.headlines import headline
from cases.models import Attachment, Case, CaseEvent
from cases.people import holders
from cases.signing import Signature
from desk.signing import places
from desk.signing.places import Place
from documents.models import StoredFile
from documents.refusals import UploadRefused
from units.wording import day


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_at_home(request: SignedInRequest, place: str) -> HttpResponse:
    """GET: the list for the homeowner. POST: one signature for all of it, or its sentence and nothing."""
    found = places.find(request.user, place)
    at = timezone.now()
    cases = places.cases_of(request.user, found)
    if request.method == "POST":
        cases = _listed(request, found, cases)
    if not cases:
        return _nothing(request, found)
    form = _form(request, cases, at)
    if request.method != "POST":
        return _page(request, found, form, status=200)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    return _sign(request, found, form, at)


def _listed(request: SignedInRequest, place: Place, cases: list[Case]) -> list[Case]:
    """The cases of the sent list, also those that went on meanwhile: the list is then refused as a whole."""
    sent = {name.removeprefix("seen-") for name in request.POST if name.startswith("seen-")}
    rows = Case.objects.visible_to(request.user).for_page().filter(unit=place.unit, is_visible=True)
    return list(rows.filter(reference__in=sent).order_by("location", "pk")) or cases


def _form(request: SignedInRequest, cases: list[Case], at: datetime) -> FingerForm:
    sent = request.method == "POST"
    refused = CaseEvent.objects.filter(case__in=cases, move="not-right").values_list("case_id", flat=True)
    form = FingerForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        cases=cases,
        refused=frozenset(refused),
        signers=holders(cases[0], at=at),
    )
    by = actor_of(request)
    form.for_sender(
        by=by,
        at=at,
        holder=f"user:{by.user_id}",
        thumb=_thumb,
        upload_url=reverse("file_upload"),
        videos_url=reverse("video_begin"),
    )
    return form


def _thumb(file: StoredFile) -> str:
    return reverse("kept_file", args=[file.public_id])


def _sign(request: SignedInRequest, place: Place, form: FingerForm, at: datetime) -> HttpResponse:
    by = actor_of(request)
    try:
        signature = _signature(form, request, at)
    except UploadRefused:
        form.add_error(None, _("The drawing did not arrive whole. Sign once more, or confirm by name instead."))
        return _page(request, place, form, status=422)
    kept = False

    def act() -> str:
        nonlocal kept
        signoff = signing.sign(
            form.cases,
            form.answers,
            by=signing.at_the_home(form.person, address=by.address),
            at=at,
            name=form.cleaned_data["name"],
            how=SignHow.FINGER,
            seen_versions=form.versions,
            signature=signature,
            witness=by,
            visit=place.visit.reference if place.visit else "",
            back_to_work=form.cleaned_data["back"] and not form.is_refusal,
            is_refusal=form.is_refusal,
        )
        kept = True
        return reverse("sign_off_detail", args=[signoff.reference])

    try:
        return presses.once(request, act, at=at)
    except MoveRefused as refusal:
        kept = False
        form.add_error(None, refusal.sentence)
        return _page(request, place, form, status=409 if isinstance(refusal, StaleCase) else 422)
    finally:
        if not kept:
            drawings.drop(signature, by=by, at=at)


def _signature(form: FingerForm, request: SignedInRequest, at: datetime) -> Signature | None:
    drawn = form.cleaned_data.get("drawn")
    if not drawn or request.POST.get("go") == "name":
        return None
    return drawings.keep(drawn, by=actor_of(request), at=at)


def _page(request: SignedInRequest, place: Place, form: FingerForm, *, status: int) -> HttpResponse:
    visible = Attachment.objects.visible_to(request.user).pictures().filter(case__in=form.cases)
    pictures = list(visible.select_related("file").order_by("added_at", "pk"))
    context: dict[str, Any] = {
        "form": form,
        "rows": [{"item": item, "pair": _pair(item.case, pictures)} for item in form.items],
        "unfinished": [(case, headline(case, Audience.HOMEOWNER)) for case in places.unfinished(request.user, place)],
        "place": place,
        "unit": place.unit,
        "office": place.unit.development,
        "has_contractor": any(case.status in places.TO_SIGN and case.work_company_id for case in form.cases),
        "back": _back(place),
    }
    return TemplateResponse(request, "desk/signing/sign_at_home.html", context, status=status)


def _back(place: Place) -> str:
    if place.visit:
        return reverse("visit_detail", args=[place.visit.reference])
    return reverse("case_list")


def _pair(case: Case, pictures: list[Attachment]) -> tuple[dict[str, str], dict[str, str]] | None:
    both = pairs([row for row in pictures if row.case_id == case.pk and row.is_visible])
    return (_shot(case, both[-1][0]), _shot(case, both[-1][1])) if both else None


def _shot(case: Case, row: Attachment) -> dict[str, str]:
    taken = (row.file.captured_at or row.added_at).astimezone(case.development.tz).date()
    return {
        "src": reverse("case_file", args=[row.public_id, "list"]),
        "full": reverse("case_file", args=[row.public_id, "page"]),
        "alt": row.caption or case.title,
        "when": day(taken),
    }


def _nothing(request: SignedInRequest, place: Place) -> HttpResponse:
    """No repair of this home is done: the page says so."""
    if Case.objects.visible_to(request.user).filter(unit=place.unit, status=Status.WITH_CONTRACTOR).exists():
        words = _("Every repair of this home is still with the contractor.")
    else:
        words = _("No repair of this home waits for a signature.")
    messages.info(request, words)
    return redirect(_back(place))
