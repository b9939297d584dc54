"""The office's record of a home: people, cover, every case."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from cases.papers import readers
from desk.papers.case_record import rows_of
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from homeowners.models import Tenure
from units import coverage
from units.models import HandoverEvent, Unit
from units.papers import sheet
from units.wording import full_day

KEY = "unit-record"


def find(paper: Paper) -> Unit:
    """The home of the paper."""
    unit = Unit.objects.select_related("development__calendar", "block").filter(pk=paper.subject_id).first()
    if unit is None:
        raise Gone
    return unit


def build(paper: Paper, at: datetime) -> Content:
    """The home with all its cases, open ones first, oldest on top."""
    unit = find(paper)
    verdict = coverage.assess_unit(unit, received_at=at)
    cases = list(Case.objects.filter(unit=unit).for_page().order_by("received_at", "pk"))
    still_open = [case for case in cases if case.is_open]
    context = {
        "unit": unit,
        "facts": [(label, words) for label, words in facts(unit) if words],
        "people": [
            person(row)
            for row in Tenure.objects.filter(unit=unit).select_related("homeowner").order_by("from_on", "pk")
        ],
        "cover": {"sentence": verdict.explanation},
        "handover": [
            {"what": str(event.get_kind_display()), "on": full_day(event.on), "who": event.recorded_by_name}
            for event in HandoverEvent.objects.in_force().touching([unit]).order_by("on", "pk")
        ],
        "tables": [
            (_("Open cases"), rows_of(still_open)),
            (_("Closed cases"), rows_of([case for case in cases if case.is_closed])),
        ],
        "count": len(cases),
        "open_count": len(still_open),
    }
    return sheet(
        "pdf/unit_record.html",
        development=unit.development,
        at=at,
        title=_("Home %(number)s") % {"number": unit.number},
        reference=f"{unit.development.code} {unit.number}",
        name=f"{unit.development.code} {unit.number} record",
        context=context,
    )


def facts(unit: Unit) -> list[tuple[str, str]]:
    """Label and words."""
    return [
        (_("Development"), unit.development.name),
        (_("Kind"), str(unit.get_kind_display())),
        (_("Block"), unit.block.name if unit.block else ""),
        (_("Floor"), unit.floor),
        (_("Stack"), unit.stack),
        (_("Elevation"), unit.elevation),
        (_("Note"), unit.note),
    ]


def person(tenure: Tenure) -> dict[str, str]:
    """Who holds or held the home, from when until when."""
    return {
        "name": tenure.homeowner.name,
        "role": str(tenure.get_role_display()),
        "reach": ", ".join(part for part in (tenure.homeowner.phone_shown, tenure.homeowner.email) if part),
        "since": full_day(tenure.from_on),
        "until": full_day(tenure.until_on) if tenure.until_on else "",
    }


def may_read(paper: Paper, user: Any) -> bool:
    """Staff who see the home."""
    return readers.is_staff(user) and Unit.objects.visible_to(user).filter(pk=paper.subject_id).exists()


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The home's page."""
    unit = find(paper)
    return reverse("unit_detail", args=[unit.development.code.lower(), unit.address_part]), unit.number


def title(paper: Paper) -> str:
    """As "Record of A-12-3"."""
    unit = Unit.objects.filter(pk=paper.subject_id).first()
    return _("Record of %(ref)s") % {"ref": unit or ""}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)
