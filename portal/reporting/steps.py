"""Steps 2 and 3 of a report, the same for both doors: each gets the `Sitting` that its door established."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.presses import once
from cases import drafts, link_drafts
from cases.evidence import MoveRefused
from cases.models import DraftItem, DraftPhoto
from catalogue.models import DefectType, Location
from documents import serving, shots
from documents.choices import Size
from documents.refusals import UploadRefused
from portal.reporting import choosing, cover, keeping, passes, reviewing
from portal.reporting.doors import receipt_url
from portal.reporting.forms import FaultForm, ReviewForm, VisitorForm, files_of
from portal.reporting.sittings import Sitting
from units import policies

REFUSED = 422
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@read_or_send
def room(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponseBase:
    """Step 1 again, for a defect that stands in another room after all."""
    item = sitting.item(number)
    if request.method == "POST":
        drafts.save_item(item, at=sitting.at, location=chosen_place(sitting, request.POST) or item.location)
        return redirect(sitting.url("fault", number))
    context = {"places": choosing.places(sitting.unit), "chosen": item.location, "back": sitting.url("fault", number)}
    return TemplateResponse(request, "portal/reporting/rooms.html", frame(sitting) | context)


def chosen_place(sitting: Sitting, data: QueryDict) -> Location | None:
    """The place that a tile of step 1 names, if the home can have it."""
    return Location.objects.in_use().for_kind(sitting.unit.kind).filter(code=data.get("room", "")).first()


@read_or_send
def fault(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponseBase:
    """Step 2: part, kind, questions, pictures and words of one defect. Everything is kept before it is checked."""
    item = sitting.item(number)
    if item.location is None:
        return redirect(sitting.url("room", number))
    if request.method != "POST":
        return fault_page(request, sitting, item, FaultForm(item=item, sitting=sitting))
    keeping.fault(sitting, item, request.POST)
    form = filled(request, sitting, sitting.item(number))
    is_choosing = "go" not in request.POST and bool(request.POST.get("part") or request.POST.get("kind"))
    if is_choosing:
        form.errors.pop("words", None)
    if form.errors:
        return fault_page(request, sitting, sitting.item(number), form, status=REFUSED)
    return redirect(sitting.url("fault", number) + after(request.POST) if is_choosing else sitting.url("review"))


def after(data: QueryDict) -> str:
    """Where a page without a script goes on after a tile."""
    return "#now" if data.get("kind") else "#kinds"


def filled(request: HttpRequest, sitting: Sitting, item: DraftItem) -> FaultForm:
    """The form with its pictures stored and joined to the defect, also when it is refused."""
    too_many = keeping.counted(request, sitting)
    form = FaultForm(request.POST, None if too_many else request.FILES, item=item, sitting=sitting)
    form.is_valid()
    keeping.photos(sitting, form)
    if too_many:
        form.add_error("photos", too_many)
    return form


def fault_page(
    request: HttpRequest, sitting: Sitting, item: DraftItem, form: FaultForm, status: int = 200
) -> TemplateResponse:
    """Step 2 as it stands; a refused form shows what was typed and every picture that is kept."""
    form.fields["photos"].stored = files_of(item)  # type: ignore[attr-defined]
    kinds = list(DefectType.objects.in_use().select_related("guidance"))
    article = item.defect_type.guidance if item.defect_type else None
    if article:
        policies.quote_numbers([article], sitting.office, on=sitting.at.astimezone(sitting.office.tz).date())
    said = cover.notices(sitting.unit, [item], at=sitting.at, is_visitor=sitting.home is None)
    context = {
        "form": form,
        "item": item,
        "place": item.location,
        "room_url": sitting.url("room", item.position),
        "save_url": sitting.url("fault_save", item.position),
        "parts": choosing.parts(item.location),  # type: ignore[arg-type]
        "part": choosing.chosen_part(item),
        "faults": choosing.faults(item, kinds) if item.element_tile else None,
        "kind": item.defect_type,
        "now": choosing.now(item),
        "prompt": choosing.prompt(item),
        "cover": said.get(item.position, ""),
        "article": article,
        "guidance": article.parts() if article else [],
        "others": reviewing.others(sitting, item),
    }
    return TemplateResponse(request, "portal/reporting/fault.html", frame(sitting) | context, status=status)


def frame(sitting: Sitting) -> dict[str, Any]:
    """What every step's page shows."""
    return {
        "sitting": sitting,
        "unit": sitting.unit,
        "office": sitting.office,
        "home": sitting.unit.number,
        "rooms_url": sitting.rooms_url,
        "review_url": sitting.url("review"),
        "saved_at": sitting.saved_at,
        "is_visitor": sitting.home is None,
        "pass": passes.field(sitting.draft),
    }


def fault_keep(request: HttpRequest, sitting: Sitting, number: int) -> None:
    """Step 2 as it came after the session had ended (`passes`): kept, and nothing is answered."""
    item = sitting.item(number)
    if item.location:
        keeping.fault(sitting, item, request.POST)
        filled(request, sitting, sitting.item(number))


@require_POST
def fault_save(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponseBase:
    """Keeps what is typed in step 2, for the script."""
    keeping.fault(sitting, sitting.item(number), request.POST)
    return keeping.saved(sitting)


@require_POST
def photo_add(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponseBase:
    """Takes one picture while the rest is still being typed, for the script."""
    item = sitting.item(number)
    try:
        link_drafts.count_photos(sitting.draft, 1)
        file = shots.receive(request, by=sitting.by, at=sitting.at)
        photo = drafts.add_photo(item, file, by=sitting.by, at=sitting.at)
    except UploadRefused as refused:
        return shots.refused(refused)
    except MoveRefused as refusal:
        return JsonResponse({"error": refusal.sentence, "again": False}, status=REFUSED)
    return shots.kept(photo.file, holder=sitting.holder, thumb=sitting.thumb(photo.file))


@require_safe
def photo(request: HttpRequest, sitting: Sitting, public_id: str) -> HttpResponseBase:
    """A small picture of this draft, for the one who writes it."""
    photos = DraftPhoto.objects.filter(item__draft=sitting.draft).select_related("file")
    found = get_object_or_404(photos.prefetch_related("file__renditions"), file__public_id=public_id)
    return serving.serve(request, found.file, Size.LIST)


@read_or_send
def review(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """Step 3: look over everything, say when we may come, send. A second press leads to the same receipt."""
    if request.method != "POST":
        return review_page(request, sitting, review_form(sitting))
    keeping.reporter(sitting, request.POST)
    if request.POST.get("remove", "").isdecimal():
        drafts.remove_item(sitting.item(int(request.POST["remove"])), by=sitting.by, at=sitting.at)
        return redirect(sitting.url("review"))
    form = review_form(sitting, request.POST)
    if form.is_valid() and not reviewing.lacking(sitting, form):
        try:
            return once(request, lambda: send(sitting), at=sitting.at)
        except MoveRefused as refusal:
            sitting.draft.refresh_from_db()
            if sitting.draft.report_id:
                return redirect(receipt_url(sitting))
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    return review_page(request, sitting, form, status=REFUSED)


def review_keep(request: HttpRequest, sitting: Sitting) -> None:
    """Step 3 as it came after the session had ended (`passes`): kept, but not sent."""
    keeping.reporter(sitting, request.POST)


def send(sitting: Sitting) -> str:
    """Sends the draft and tells where its receipt is."""
    sitting.draft.report = drafts.send(sitting.draft, home=sitting.home, by=sitting.by, at=sitting.at)
    return receipt_url(sitting)


def review_form(sitting: Sitting, data: QueryDict | None = None) -> ReviewForm:
    """Step 3's form: a visitor also says who it is."""
    return ReviewForm(data, sitting=sitting) if sitting.home else VisitorForm(data, sitting=sitting)


def review_page(request: HttpRequest, sitting: Sitting, form: ReviewForm, status: int = 200) -> HttpResponseBase:
    """Step 3 as it stands; without any defect there is nothing to look over."""
    rows = reviewing.rows(sitting)
    if not rows:
        return redirect(sitting.rooms_url)
    context = {
        "form": form,
        "rows": rows,
        "summary": reviewing.summary(sitting, rows),
        "back": rows[-1].url,
        "nows": reviewing.nows(rows),
        "person": sitting.home.tenure.homeowner if sitting.home else None,
        "save_url": sitting.url("review_save"),
        "discard_url": sitting.url("discard"),
        "kept": _("Nothing you typed is lost, and your pictures are kept."),
    }
    return TemplateResponse(request, "portal/reporting/review.html", frame(sitting) | context, status=status)


@require_POST
def review_save(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """Keeps what is typed in step 3, for the script."""
    keeping.reporter(sitting, request.POST)
    return keeping.saved(sitting)


@require_POST
def discard(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """Throws the whole draft away, because its writer said so."""
    where = sitting.rooms_url
    drafts.throw_away(sitting.draft, by=sitting.by, at=sitting.at)
    return redirect(where)
