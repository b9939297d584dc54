"""Keeps what a step brought, complete or not, before anything of it is checked."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict

from cases import drafts, link_drafts
from cases.evidence import MoveRefused
from cases.models import DraftItem, DraftPhoto
from catalogue import fault_finder
from catalogue.models import DefectType
from documents import tokens
from documents.models import StoredFile
from portal.reporting.forms import ANSWER, FaultForm
from portal.reporting.sittings import Sitting

REMOVED = "photos-remove"


def fault(sitting: Sitting, item: DraftItem, data: QueryDict) -> None:
    """Words, part, kind and answers of one defect, as far as they were sent; pictures that shall go."""
    facts: dict[str, Any] = {}
    if "words" in data:
        facts["words"] = text(str(data["words"]))
    if data.get("part") in fault_finder.element_tiles(item.location):  # type: ignore[arg-type]
        facts["element_tile"] = data["part"]
    if data.get("kind"):
        facts["defect_type"] = DefectType.objects.in_use().filter(code=data["kind"]).first() or item.defect_type
    kind = facts.get("defect_type", item.defect_type)
    facts["answers"] = {**item.answers, **answers(kind, data)}
    drafts.save_item(item, at=sitting.at, **facts)
    drop(sitting, item, data.getlist(REMOVED))


def answers(kind: DefectType | None, data: Mapping[str, str]) -> dict[str, str]:
    """The answers that the questions of this kind know."""
    return {
        question.key: value
        for question in (kind.asked if kind else [])
        if (value := data.get(f"{ANSWER}{question.key}", "")) in dict(question.choices)
    }


def text(value: str) -> str:
    """What a database takes: no NUL, and no more than a draft keeps."""
    return value.replace("\x00", "")[: drafts.MOST_WORDS]


def drop(sitting: Sitting, item: DraftItem, removed: list[str]) -> None:
    """Takes pictures out that the reporter removed."""
    ids = [public_id for public_id in (tokens.read(token, sitting.holder) for token in removed) if public_id]
    for photo in DraftPhoto.objects.filter(item=item, file__public_id__in=ids).select_related("file"):
        drafts.remove_photo(photo, by=sitting.by, at=sitting.at)


def photos(sitting: Sitting, form: FaultForm) -> None:
    """Pictures that came with the form join the defect; a refusal stands at the field."""
    for file in form.fields["photos"].stored or []:  # type: ignore[attr-defined]
        try:
            if is_loose(file):
                drafts.add_photo(form.item, file, by=sitting.by, at=sitting.at)
        except MoveRefused as refusal:
            form.add_error("photos", refusal.sentence)


def is_loose(file: StoredFile) -> bool:
    """Belongs to nothing yet."""
    return not DraftPhoto.objects.filter(file=file).exists() and not file.attachments.exists()


def counted(request: HttpRequest, sitting: Sitting) -> str:
    """Why the pictures of this request are too many for a visitor; empty when they are not."""
    sent = len(request.FILES.getlist("photos"))
    try:
        if sent:
            link_drafts.count_photos(sitting.draft, sent)
    except MoveRefused as refusal:
        return refusal.sentence
    return ""


def reporter(sitting: Sitting, data: QueryDict) -> None:
    """What step 3 brought about the person and the access, as far as it was sent."""
    widths = {"reporter_name": 120, "reporter_email": 254, "reporter_phone": 30, "claimed_role": 10}
    facts: dict[str, Any] = {
        name: text(str(data[name]))[: widths.get(name, drafts.MOST_WORDS)]
        for name in drafts.REPORTER_FIELDS
        if name in data and name != "access_times"
    }
    if "access_times" in data or "access_times_shown" in data:
        facts["access_times"] = [text(time)[:20] for time in data.getlist("access_times") if time][:8]
    drafts.save_reporter(sitting.draft, at=sitting.at, **facts)


def saved(sitting: Sitting) -> JsonResponse:
    """Tells the script until when everything is kept."""
    sitting.draft.refresh_from_db(fields=["saved_at"])
    return JsonResponse({"saved_at": sitting.saved_at})
