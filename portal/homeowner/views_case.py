"""One case as its homeowner sees it, and the homeowner's answers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import presses
from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import Role
from cases import damages, footage, signatures, signing
from cases.capacities import capacity_of
from cases.choices import Lane, SignAnswer, Status
from cases.evidence import MoveRefused
from cases.models import Attachment, Case, ClosingLetter, SignOff
from cases.moves import OWNER, may_ask_again
from cases.querysets import read_since, since
from cases.search import reference_key
from documents.models import StoredFile
from homeowners.choices import CONFIRMING_ROLES
from homeowners.tenures import Home, homes_of
from ledger.actors import Actor
from portal import refusals
from portal.homeowner import answers, case_view
from portal.homeowner.forms import AgainForm, MessageForm, NotRightForm
from portal.homeowner.homes import visit_rows
from portal.homeowner.views import visits_of


def find(request: SignedInRequest, reference: str) -> Case:
    """The case among those this person may see now; 404 otherwise, as for one that does not exist."""
    visible = Case.objects.visible_to(request.user).for_page().select_related("report_item__report", "guidance")
    case = visible.filter(reference_key=reference_key(reference) or "-").first()
    if case is None:
        raise Http404
    return case


def home_of(request: SignedInRequest, case: Case, at: datetime) -> Home:
    """The tenure through which this person sees the case."""
    for home in homes_of(request.user, at):
        if home.unit.pk == case.unit_id:
            return home
    raise Http404


def thumb(file: StoredFile) -> str:
    """Where a file that was just uploaded is shown to the one who sent it."""
    return reverse("kept_file", args=[file.public_id])


def ready(form: Form, *, by: Actor, at: datetime) -> Form:
    """Tells the form's photo field who sends."""
    field: Any = form.fields["photos"]
    field.for_sender(
        by=by,
        at=at,
        holder=f"user:{by.user_id}",
        thumb=thumb,
        upload_url=reverse("file_upload"),
        videos_url=reverse("video_begin"),
    )
    return form


@allow(Role.HOMEOWNER)
def portal_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Headline, next date, who acts, pictures, visit, messages with reply, the whole story."""
    case = find(request, reference)
    if reference != case.reference:
        return redirect("portal_case", case.reference)
    form = ready(MessageForm(), by=actor_of(request), at=timezone.now())
    return page(request, case, form)


def page(request: SignedInRequest, case: Case, form: Form, *, status: int = 200) -> HttpResponse:
    """The case page with a reply form in whatever state it is."""
    at = timezone.now()
    home = home_of(request, case, at)
    events = list(
        case.events.for_homeowner(read_since(case, home)).select_related("message__guidance").order_by("at", "pk")
    )
    visible = Attachment.objects.visible_to(request.user).filter(case=case)
    attachments = list(visible.select_related("file").order_by("added_at", "pk"))
    pictures = [row for row in attachments if row.file.is_picture]
    visits = visits_of(request.user).still_open(at).filter(cases=case)
    report = case.report_item.report
    is_owner = capacity_of(case, actor_of(request), at=at) == OWNER
    context = {
        "case": case,
        "headline": case_view.headline_of(case),
        "next_on": case.next_on.astimezone(case.development.tz).date() if case.next_on and case.is_open else None,
        "steps": case_view.progress(case),
        "pair": case_view.pair(case, pictures),
        "pictures": [case_view.shot(case, row) for row in pictures if not row.message_id],
        "films": footage.films(attachments, case),
        "documents": [row for row in attachments if not row.file.is_seen],
        "visits": visit_rows(visits),
        "messages_said": case_view.messages(
            case,
            [event for event in events if event.message and event.message.lane == Lane.RESIDENT],
            [row for row in attachments if row.file.is_seen],
            {home.tenure.homeowner.name, request.user.name},
        ),
        "story": case_view.story(case, events),
        "words": case.report_item.words if report.received_at >= since(home) else "",
        "form": form,
        "asks_confirm": is_owner and case.status == Status.AWAITING_HOMEOWNER,
        "asks_again": is_owner and case.is_closed and may_ask_again(case, at),
        "office": case.development,
        "letter": letter_of(case, home),
        "may_damage": damages.may_report(case),
        "may_protest": is_owner and case.status == Status.CLOSED_OUT_OF_SCOPE and may_protest(case),
        **signed(case, home, at),
    }
    return TemplateResponse(request, "portal/homeowner/portal_case.html", context, status=status)


def letter_of(case: Case, home: Home) -> ClosingLetter | None:
    """The closing letter in force that was written to these people; asked for only where there can be one."""
    if case.status != Status.CLOSED_OUT_OF_SCOPE:
        return None
    return case.letters.filter(withdrawn_at__isnull=True, issued_at__gte=read_since(case, home)).first()


def may_protest(case: Case) -> bool:
    """A repair that was not accepted, then decided by us: it can be accepted under protest, once."""
    return signing.was_refused(case) and not case.signoff_lines.filter(answer=SignAnswer.PROTEST).exists()


def signed(case: Case, home: Home, at: datetime) -> dict[str, Any]:
    """The signatures for this repair, and whose is missing; asked for only where there can be some."""
    if home.role not in CONFIRMING_ROLES or case.status not in (*damages.AT_WORK, Status.CLOSED_OUT_OF_SCOPE):
        return {}
    rows = list(SignOff.objects.filter(lines__case=case, at__gte=since(home)).order_by("-number"))
    is_waiting = rows and case.status == Status.AWAITING_HOMEOWNER
    names = [person.name for person in signatures.missing(case, at=at)] if is_waiting else []
    return {"signoffs": rows, "missing": ", ".join(names)}


@allow(Role.HOMEOWNER)
@require_POST
def portal_message(request: SignedInRequest, reference: str) -> HttpResponse:
    """Send a message; a refused one keeps its words and pictures."""
    case = find(request, reference)
    at = timezone.now()
    form = ready(MessageForm(request.POST, request.FILES), by=actor_of(request), at=at)
    if not form.is_valid():
        return page(request, case, form, status=422)
    words, photos = form.cleaned_data["words"], form.cleaned_data["photos"]

    def act() -> str:
        answers.say(case, words, photos, by=actor_of(request), at=at)
        return f"{reverse('portal_case', args=[case.reference])}#reply"

    return done(request, act, form, lambda: page(request, case, form, status=422), at=at)


def done(
    request: SignedInRequest, act: Callable[[], str], form: Form, again: Callable[[], HttpResponse], *, at: datetime
) -> HttpResponse:
    """Carry out a press once; a refusal comes back with its sentence at its field."""
    try:
        return presses.once(request, act, at=at)
    except MoveRefused as refusal:
        status = refusals.tell(request, form, refusal)
        response = again()
        response.status_code = status
        return response


@allow(Role.HOMEOWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def portal_answer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Is it fixed? Yes, or no with what is wrong."""
    case = find(request, reference)
    at = timezone.now()
    by = actor_of(request)
    if case.status != Status.AWAITING_HOMEOWNER or capacity_of(case, by, at=at) != OWNER:
        return HttpResponseRedirect(reverse("portal_case", args=[case.reference]))
    is_no = request.POST.get("answer") == "no"
    form: Any = ready(NotRightForm(request.POST if is_no else None, request.FILES if is_no else None), by=by, at=at)
    version = seen(request, case)

    def shown(status: int = 422) -> HttpResponse:
        return answer_page(request, case, form, status=status)

    if request.method != "POST":
        return shown(200)
    if is_no and not form.is_valid():
        return shown()

    def act() -> str:
        if is_no:
            answers.not_right(case, form.said, form.cleaned_data["photos"], seen_version=version, by=by, at=at)
        else:
            answers.confirm(case, seen_version=version, by=by, at=at)
        return reverse("portal_case", args=[case.reference])

    return done(request, act, form, shown, at=at)


def seen(request: SignedInRequest, case: Case) -> int:
    """The version that the person's page showed."""
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else case.version if request.method == "GET" else 0


def answer_page(request: SignedInRequest, case: Case, form: Form, *, status: int) -> HttpResponse:
    """The question with before and after."""
    pictures = list(
        Attachment.objects.visible_to(request.user)
        .filter(case=case)
        .pictures()
        .select_related("file")
        .order_by("added_at")
    )
    context = {
        "case": case,
        "pair": case_view.pair(case, pictures),
        "form": form,
        "action": reverse("portal_answer", args=[case.reference]),
        "name": request.user.name,
        "deadline": case_view.deadline(case),
        "repaired": case_view.repaired(case),
        "office": case.development,
        "back": reverse("portal_case", args=[case.reference]),
    }
    return TemplateResponse(request, "portal/homeowner/portal_answer.html", context, status=status)


@allow(Role.HOMEOWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def portal_reopen(request: SignedInRequest, reference: str) -> HttpResponse:
    """It came back, or I disagree: words, pictures, open again."""
    case = find(request, reference)
    at = timezone.now()
    by = actor_of(request)
    if case.is_open or capacity_of(case, by, at=at) != OWNER:
        return HttpResponseRedirect(reverse("portal_case", args=[case.reference]))
    sent = request.method == "POST"
    form = ready(AgainForm(request.POST if sent else None, request.FILES if sent else None), by=by, at=at)
    version = seen(request, case)

    def shown(status: int = 422) -> HttpResponse:
        context = {
            "case": case,
            "form": form,
            "is_appeal": case.status == Status.CLOSED_OUT_OF_SCOPE,
            "office": case.development,
            "action": reverse("portal_reopen", args=[case.reference]),
            "back": reverse("portal_case", args=[case.reference]),
        }
        return TemplateResponse(request, "portal/homeowner/portal_reopen.html", context, status=status)

    if not sent:
        return shown(200)
    if not form.is_valid():
        return shown()

    def act() -> str:
        words, photos = form.cleaned_data["words"], form.cleaned_data["photos"]
        answers.again(case, words, photos, seen_version=version, by=by, at=at)
        return reverse("portal_case", args=[case.reference])

    return done(request, act, form, shown, at=at)
