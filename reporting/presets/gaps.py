"""What a record lacks: which rows, and where each is mended. One entry of `GAPS` is one sort of gap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case, Report
from cases.models.case import OPEN
from documents.sheets_out.sheet import Part
from homeowners.models import Homeowner, Tenure
from homeowners.sheets.homes import HANDED_OVER
from reporting.presets.forms import PeriodForm
from units.models import HandoverEvent, Unit

UNKNOWN_TRADE = "UNK"
"""The catalogue's trade *Not known (triage)*."""


@dataclass(frozen=True)
class Line:
    """One record that lacks something, and where to mend it."""

    record: str
    place: str
    development: str
    lacks: str | Promise
    url: str


Lines = Callable[[Any, str | Promise], Line]


@dataclass(frozen=True)
class Gap:
    """One sort of gap: `rows` are the records that have it, in sight of a person and of the chosen developments."""

    key: str
    words: str | Promise
    rows: Callable[[User, PeriodForm, datetime], QuerySet]
    whole: Callable[[User, datetime], QuerySet]
    line: Lines

    def part(self, user: User, form: PeriodForm, at: datetime) -> Part:
        """Its rows as lines, in the order in which they were entered."""

        def fetch(keys: list[int]) -> Mapping[int, Line]:
            found = self.whole(user, at).in_bulk(keys)
            return {key: self.line(row, self.words) for key, row in found.items()}

        return Part(self.rows(user, form, at).order_by("pk"), fetch)


def _cases(*conditions: Q, **facts: Any) -> Callable[[User, PeriodForm, datetime], QuerySet]:
    """Open cases with these facts."""

    def rows(user: User, form: PeriodForm, _at: datetime) -> QuerySet:
        return Case.objects.visible_to(user).filter(OPEN, *conditions, development__in=form.chosen, **facts)

    return rows


def _whole_cases(_user: User, _at: datetime) -> QuerySet:
    return Case.objects.for_page()


def _case_line(case: Case, lacks: str | Promise) -> Line:
    url = reverse("case_edit", args=[case.reference])
    return Line(f"{case.reference}, {case.title}", case.unit.number, case.development.name, lacks, url)


def _unverified(user: User, form: PeriodForm, _at: datetime) -> QuerySet:
    return Report.objects.visible_to(user).to_verify().filter(development__in=form.chosen)


def _report_line(report: Report, lacks: str | Promise) -> Line:
    words = f"{report.reference}, {report.reporter_name}"
    return Line(
        words, report.unit.number, report.development.name, lacks, reverse("intake_detail", args=[report.reference])
    )


def _homes(user: User, form: PeriodForm) -> QuerySet:
    return Unit.objects.visible_to(user).homes().filter(development__in=form.chosen)


def _not_handed_over(user: User, form: PeriodForm, _at: datetime) -> QuerySet:
    events = HandoverEvent.objects.in_force().filter(kind__in=HANDED_OVER)
    own = Exists(events.filter(unit=OuterRef("pk")))
    return _homes(user, form).filter(~own, ~Exists(events.filter(development=OuterRef("development"))))


def _without_owner(user: User, form: PeriodForm, at: datetime) -> QuerySet:
    owned = Tenure.objects.in_force_at(at).owners().filter(unit=OuterRef("pk"))
    return _homes(user, form).filter(~Exists(owned))


def _unit_line(unit: Unit, lacks: str | Promise) -> Line:
    url = reverse("unit_detail", args=[unit.development.code.lower(), unit.address_part])
    return Line(unit.number, unit.number, unit.development.name, lacks, url)


def _out_of_reach(user: User, form: PeriodForm, at: datetime) -> QuerySet:
    held = Tenure.objects.in_force_at(at).owners().filter(homeowner=OuterRef("pk"), unit__development__in=form.chosen)
    people = Homeowner.objects.visible_to(user).filter(email="", phone="", second_phone="")
    return people.filter(Exists(held))


def _people(user: User, at: datetime) -> QuerySet:
    held = Tenure.objects.visible_to(user).in_force_at(at).select_related("unit__development").order_by("pk")
    homes: Any = Prefetch("tenures", queryset=held, to_attr="homes")
    return Homeowner.objects.prefetch_related(homes)


def _person_line(person: Any, lacks: str | Promise) -> Line:
    homes = ", ".join(row.unit.number for row in person.homes)
    places = ", ".join(dict.fromkeys(row.unit.development.name for row in person.homes))
    return Line(person.name, homes, places, lacks, reverse("homeowner_edit", args=[person.public_id]))


def _reports(_user: User, _at: datetime) -> QuerySet:
    return Report.objects.select_related("unit", "development")


def _units(_user: User, _at: datetime) -> QuerySet:
    return Unit.objects.select_related("development")


GAPS = (
    Gap("picture", _("No photo"), _cases(has_photo=False), _whole_cases, _case_line),
    Gap("element", _("No building part"), _cases(element=None), _whole_cases, _case_line),
    Gap("trade", _("Trade not known"), _cases(trade=UNKNOWN_TRADE), _whole_cases, _case_line),
    Gap("officer", _("No officer"), _cases(officer=None), _whole_cases, _case_line),
    Gap("due", _("No repair date"), _cases(rectify_due_at=None), _whole_cases, _case_line),
    Gap("reporter", _("Reporter not verified"), _unverified, _reports, _report_line),
    Gap("handover", _("No handover date"), _not_handed_over, _units, _unit_line),
    Gap("owner", _("No owner"), _without_owner, _units, _unit_line),
    Gap("contact", _("Owner without e-mail and phone"), _out_of_reach, _people, _person_line),
)
