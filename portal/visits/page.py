"""One visit for its homeowner: what is asked, what is agreed, what went wrong. Rows at hand in, plain words out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import damages
from cases.choices import VisitKind
from cases.models import Case
from cases.notices import window_words
from inspections import attendance, offers, telling
from inspections.choices import Door, OfferState, VisitState
from inspections.models import OfferedSlot, Visit, VisitOffer
from ledger.actors import Actor
from portal.visits.forms import ChooseForm, OtherDayForm
from units.wording import day, lasts, when, window


@dataclass(frozen=True)
class Access:
    """Through which door the person came: what may be done, and where it is sent."""

    visit: Visit
    cases: tuple[Case, ...]
    by: Actor
    action: str
    acts: tuple[str, ...]
    back: str


HEADLINES = {
    VisitState.BOOKED: gettext_lazy("Booked"),
    VisitState.DONE: gettext_lazy("It took place"),
    VisitState.NO_ACCESS: gettext_lazy("We could not come in"),
    VisitState.NO_SHOW: gettext_lazy("Nobody came"),
    VisitState.CANCELLED: gettext_lazy("It does not take place"),
}


def open_offer(visit: Visit, at: datetime) -> VisitOffer | None:
    """The times that can be chosen now."""
    row = visit.offers.filter(state=OfferState.OPEN, until__gt=at).prefetch_related("slots").first()
    return row if row and visit.is_open else None


def context(door: Access, *, at: datetime, forms: dict[str, Any]) -> dict[str, Any]:
    """Everything the page shows."""
    visit, zone = door.visit, door.visit.unit.development.tz
    row = open_offer(visit, at) if "choose" in door.acts else None
    slots = [slot for slot in row.slots.all() if slot.starts_at > at] if row else []
    first = {"slot": str(slots[0].pk)} if slots else {}
    asked = visit.offers.filter(state=OfferState.ASKED).first() if visit.state == VisitState.OFFERED else None
    choose = forms.get("choose") or (ChooseForm(slots=slots, zone=zone, initial=first) if slots else None)
    is_settled = visit.state != VisitState.OFFERED
    return {
        "visit": visit,
        "cases": list(door.cases),
        "action": door.action,
        "back": door.back,
        "office": visit.unit.development,
        "eyebrow": ", ".join(case.title for case in door.cases),
        "when": window_words(door.cases[0], visit.starts_at, visit.ends_at) if is_settled else "",
        "on": visit.starts_at.astimezone(zone).date(),
        "until": when(row.until, zone) if row else "",
        "choose": choose,
        "slots": _slots(choose, slots, zone),
        "other": forms.get("other") or OtherDayForm(),
        "asked": _asked(asked),
        "about": _about(visit),
        "damage": _damage(door) if "choose" in door.acts else "",
        "stands": "" if slots or not _is_waiting(visit) else offers.answered_words(visit),
        "may_say": "nobody-came" in door.acts and attendance.may_say_nobody_came(visit, at),
        "pill": telling.show_state(visit),
        "state": str(HEADLINES.get(VisitState(visit.state), "")),
        "door": str(Door(visit.door).label) if visit.door else "",
        "is_booked": visit.state == VisitState.BOOKED,
        "next": next_of(visit),
    }


def _slots(form: ChooseForm | None, slots: Sequence[OfferedSlot], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Each window in words, for the line beside the button; the script shows the one that is chosen."""
    chosen = str(form["slot"].value() or "") if form else ""
    return [
        {"pk": slot.pk, "words": window(slot.starts_at, slot.ends_at, zone), "is_chosen": str(slot.pk) == chosen}
        for slot in slots
    ]


def _about(visit: Visit) -> str:
    """What they come for, and about how long it takes."""
    kind = visit.get_kind_display()
    if not visit.minutes:
        return f"{kind}."
    return _("%(kind)s, about %(long)s.") % {"kind": kind, "long": lasts(visit.minutes)}


def _damage(door: Access) -> str:
    """Where damage by a repair is told, once somebody was there for one."""
    if door.back or door.visit.kind != VisitKind.RECTIFICATION or door.visit.starts_at > timezone.now():
        return ""
    case = next((case for case in door.cases if damages.may_report(case)), None)
    return reverse("portal_damage", args=[case.reference]) if case else ""


def _is_waiting(visit: Visit) -> bool:
    return visit.state == VisitState.OFFERED


def _asked(row: VisitOffer | None) -> str:
    if row is None or row.asked_on is None:
        return ""
    words = {"day": day(row.asked_on), "half": row.get_asked_half_display().lower()}
    return _("You asked for %(day)s, %(half)s. We write to you with new times.") % words


def next_of(visit: Visit) -> Visit | None:
    """The visit that took the place of one that failed."""
    return visit.followed_by.open().order_by("-pk").first() if not visit.is_open else None


def bound(request: HttpRequest, door: Access, act: str, *, at: datetime) -> dict[str, Any]:
    """The form of what was pressed."""
    if act == "choose":
        row = open_offer(door.visit, at)
        slots: Sequence[Any] = list(row.slots.all()) if row else []
        zone = door.visit.unit.development.tz
        return {"choose": ChooseForm(request.POST, slots=list(slots), zone=zone)} if slots else {}
    return {"other": OtherDayForm(request.POST)} if act == "other" else {}
