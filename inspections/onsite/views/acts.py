"""The acts of the page on site: each reads one request and does one thing, once for each key of the phone."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases.evidence import MoveRefused
from cases.intake import Fault
from documents import shots, uploads
from documents.choices import Kind
from documents.models import StoredFile
from documents.refusals import UploadRefused
from inspections import attendance, findings, presence
from inspections.checklists import sheets_of
from inspections.findings import Act
from inspections.models import VisitParty, VisitShot
from inspections.onsite.door import Door
from inspections.onsite.forms import FoundForm, NobodyHomeForm
from ledger.idempotency import FIELD

SEEN = (Kind.IMAGE, Kind.VIDEO)
MOST_FILES = 10
"""Pictures of one act without the script; with it each picture is an act of its own."""

Answer = dict[str, object]
Files = list[StoredFile]


class FormRefused(MoveRefused):
    """What was typed cannot be taken; the sentence is the form's first."""


def act_of(request: HttpRequest, door: Door, *, at: datetime) -> Act:
    """Who did what when, by the keys the phone sent; without a key it is a new act."""
    key = _key_of(request.POST.get(FIELD, "")) or uuid4()
    return Act(key, door.by, at, door.company_id, _said_at(request))


def _said_at(request: HttpRequest) -> datetime | None:
    with contextlib.suppress(ValueError):
        said = parse_datetime(request.POST.get("made_at", "")[:40])
        return said if said and said.tzinfo else None
    return None


def here(request: HttpRequest, door: Door, act: Act, files: Files) -> Answer:
    """Who is here: `party` names those in question, `here` those of them that are."""
    asked, there = request.POST.getlist("party"), request.POST.getlist("here")
    parties = {
        str(row.pk): row for row in VisitParty.objects.filter(visit=door.visit).select_related("visit", "company")
    }
    if not asked or not set(asked) <= parties.keys():
        raise Http404
    for number in asked:
        party, is_here = parties[number], number in there
        if is_here != bool(party.attended_at) or request.POST.get(f"name-{number}"):
            presence.say(party, is_here=is_here, act=act, name=request.POST.get(f"name-{number}", ""))
    return {}


def answer(request: HttpRequest, door: Door, act: Act, files: Files) -> Answer:
    """OK, Not OK with its reason, words."""
    case = door.case(request.POST.get("case", ""))
    verdict, why = request.POST.get("answer", ""), request.POST.get("why", "")
    findings.answer(door.visit, case, verdict, act=act, why=why, words=request.POST.get("words", ""))
    return {}


def tick(request: HttpRequest, door: Door, act: Act, files: Files) -> Answer:
    """Points of the checklists: `point` names those in question, `ticked` those of them that are."""
    asked, ticked = request.POST.getlist("point"), request.POST.getlist("ticked")
    sheets = sheets_of(door.visit, door.cases)
    points = {str(point.row.pk): point for sheet in sheets.rows for point in sheet.points}
    if not asked or not set(asked) <= points.keys():
        raise Http404
    for number in asked:
        if points[number].is_ticked != (number in ticked):
            one = replace(act, key=uuid5(act.key, number))
            findings.tick(door.visit, points[number].row, is_ticked=number in ticked, act=one)
    return {"percent": sheets_of(door.visit, door.cases).percent}


def found(request: HttpRequest, door: Door, act: Act, files: Files) -> Answer:
    """A defect nobody had reported."""
    form = FoundForm(request.POST, visit=door.visit)
    if not form.is_valid():
        raise refusal_of(form)
    given = form.cleaned_data
    fault = Fault(location=given["location"], words=given["words"], defect_type=given["kind"], files=files)
    row = findings.new_defect(door.visit, fault, act=act)
    return {"reference": row.case.reference}


def nobody_home(request: HttpRequest, door: Door, act: Act, files: Files) -> Answer:
    """A closed door with its proof."""
    form = NobodyHomeForm(request.POST)
    if not form.is_valid():
        raise refusal_of(form)
    seen = request.POST.get("seen_version", "")
    attendance.nobody_home(
        door.visit,
        arrived_at=form.arrived_at(door.visit),
        called=form.cleaned_data["called"],
        photos=files,
        seen_version=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        by=act.by,
        at=act.at,
    )
    return {"go": door.url()}


ACTS: dict[str, Callable[[HttpRequest, Door, Act, Files], Answer]] = {
    "here": here,
    "answer": answer,
    "tick": tick,
    "found": found,
    "nobody-home": nobody_home,
}


def refusal_of(form: FoundForm | NobodyHomeForm) -> FormRefused:
    """The first thing a form finds missing, with the name of its field on the page."""
    name, errors = next(iter(form.errors.items()))
    return FormRefused(str(errors[0]), form.add_prefix(name))


def files_of(request: HttpRequest, act: Act) -> Files:
    """The pictures of a request, stored; a refused one refuses the act, with the sentence of the file."""
    sent = request.FILES.getlist("photo")
    if len(sent) > MOST_FILES:
        raise FormRefused(_("At most %(n)d pictures at once.") % {"n": MOST_FILES}, "photo")
    results = uploads.store_many(sent, by=act.by, at=act.at, allow=SEEN)
    kept = [row for row in results if isinstance(row, StoredFile)]
    for row in results:
        if isinstance(row, UploadRefused):
            let_go(kept, act)
            raise FormRefused(row.sentence, "photo")
    return kept


def let_go(files: Files, act: Act) -> None:
    """Forgets pictures of an act that was refused, or was done before: the phone still has them."""
    for file in files:
        uploads.discard(file, by=act.by, at=act.at)


def take_shots(request: HttpRequest, door: Door, act: Act) -> list[VisitShot]:
    """Pictures of one case: one from the script, several from the plain form."""
    case = door.case(request.POST.get("case", ""))
    device = shots.device_time(request.POST.get("modified", ""))
    kept = []
    for number, sent in enumerate(request.FILES.getlist("photo")[:MOST_FILES]):
        key = act.key if "only" in request.POST else uuid5(act.key, str(number))
        shot = findings.shot_of(key)
        if shot is None:
            file = uploads.store(sent, by=act.by, at=act.at, allow=SEEN, device_time=device)
            shot = findings.keep_shot(door.visit, case, file, act=replace(act, key=key))
            if shot.file_id != file.pk:
                let_go([file], act)
        kept.append(shot)
    return kept


def thumb(shot: VisitShot) -> str:
    """Where the small picture of a shot is."""
    return reverse("visit_shot", args=[shot.public_id])


def act_with(key: str, door: Door, *, at: datetime) -> Act:
    """The act of a video, under the key that its sending began with."""
    return Act(_key_of(key) or uuid5(NAMESPACE_OID, key), door.by, at, door.company_id)


def _key_of(text: str) -> UUID | None:
    with contextlib.suppress(ValueError):
        return UUID(text)
    return None
