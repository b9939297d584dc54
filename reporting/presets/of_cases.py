"""The reports *Defect status* and *Completed works*."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import columns
from cases.choices import OPEN_STATES, Status
from cases.forms.search import EVERYBODY, CaseSearchForm
from cases.models import Case
from cases.querysets import over_time
from documents.sheets_out import asking
from documents.sheets_out.sheet import Column, Kind, Sheet
from reporting.presets.forms import PeriodForm
from reporting.presets.report import Figure, Preset, Report, in_order

MONTH = timedelta(days=29)
STATUS_COLUMNS = (*columns.PLACE, *columns.FAULT, *columns.STANDING, *columns.CLOCKS, *columns.PARTIES, *columns.MARKS)
WORKS_COLUMNS = (
    *columns.PLACE,
    *columns.FAULT,
    columns.RECEIVED,
    Column(_("Completed"), lambda line: line.case.closed_at, Kind.MOMENT, is_printed=True),
    Column(_("Days open"), lambda line: columns.days_open(line.case), Kind.NUMBER, width=9, is_printed=True),
    Column(
        _("Contractor"),
        lambda line: line.case.work_company.name if line.case.work_company else "",
        width=24,
        is_printed=True,
    ),
    Column(_("Officer"), lambda line: line.case.officer.name if line.case.officer else "", width=20),
    Column(_("Rounds"), lambda line: line.case.cycle, Kind.NUMBER, width=8, is_printed=True),
    Column(_("Closed without reply"), lambda line: line.case.closed_without_reply, Kind.YES, width=9, is_printed=True),
)


def _url(line: Any) -> str:
    return reverse("case_detail", args=[line.case.reference])


def _cases(user: User, form: PeriodForm, at: datetime, state: str) -> tuple[QuerySet[Case], CaseSearchForm]:
    """The cases of a state in the chosen development, by the one filter of cases."""
    code = form.cleaned_data["development"]
    data = {"state": [state], "mine": EVERYBODY, "development": [code] if code else []}
    search = CaseSearchForm(data, user=user, at=at)
    return search.filter(Case.objects.visible_to(user)), search


def status(user: User, form: PeriodForm, at: datetime, _part: str) -> Report:
    """Open cases, by state and clock."""
    rows, search = _cases(user, form, at, "open")
    rows = in_order(rows.filter(form.between("received_at", development="development")), "received_at")
    part = columns.part_of(rows, at=at)
    sheet = Sheet(
        "defect-status", _("Defect status"), STATUS_COLUMNS, (part,), asking.in_use(form), zone=columns.zone_of
    )
    return Report(sheet, _by_state(rows, form, search, at), part, "received_at", _url)


def _by_state(rows: QuerySet[Case], form: PeriodForm, search: CaseSearchForm, at: datetime) -> list[Figure]:
    counted = rows.order_by().aggregate(
        open=Count("pk"),
        over=Count("pk", filter=over_time(at)),
        **{f"in_{place}": Count("pk", filter=Q(status=state)) for place, state in enumerate(OPEN_STATES)},
    )
    has_period = form.cleaned_data["since"] or form.cleaned_data["until"]

    def url(**changes: Any) -> str:
        """The table knows no period: a number of a period opens nothing there."""
        return "" if has_period else f"{reverse('case_list')}?{search.query(**changes)}"

    states = [
        Figure(counted[f"in_{place}"], state.label, url(state=[state])) for place, state in enumerate(OPEN_STATES)
    ]
    over = Figure(counted["over"], _("Over time"), url(clock="over"), "late" if counted["over"] else "")
    return [Figure(counted["open"], _("Open"), url()), over, *states]


def works(user: User, form: PeriodForm, at: datetime, _part: str) -> Report:
    """Repaired and closed."""
    rows, _search = _cases(user, form, at, Status.CLOSED_COMPLETE)
    rows = rows.filter(form.between("closed_at", development="development"))
    rows = in_order(rows, "closed_at", is_newest_first=True)
    part = columns.part_of(rows, at=at)
    sheet = Sheet(
        "completed-works", _("Completed works"), WORKS_COLUMNS, (part,), asking.in_use(form), zone=columns.zone_of
    )
    return Report(sheet, _of_works(rows), part, "closed_at", _url, is_newest_first=True)


def _of_works(rows: QuerySet[Case]) -> list[Figure]:
    length = ExpressionWrapper(F("closed_at") - F("received_at"), output_field=DurationField())
    counted = rows.order_by().aggregate(
        done=Count("pk"),
        homes=Count("unit", distinct=True),
        confirmed=Count("pk", filter=Q(closed_without_reply=False)),
        silent=Count("pk", filter=Q(closed_without_reply=True)),
        again=Count("pk", filter=Q(cycle__gt=1)),
        length=Avg(length),
    )
    days = f"{counted['length'] / timedelta(days=1):.1f}" if counted["length"] else "-"
    return [
        Figure(counted["done"], _("Completed")),
        Figure(counted["homes"], _("Homes")),
        Figure(counted["confirmed"], _("Confirmed by the homeowner")),
        Figure(counted["silent"], _("Closed without reply")),
        Figure(counted["again"], _("Needed more than one round")),
        Figure(days, _("Days from report to close, on average")),
    ]


def last_month(at: datetime) -> dict[str, str]:
    """The last 30 days, today included."""
    today = timezone.localtime(at).date()
    return {"since": (today - MONTH).isoformat(), "until": today.isoformat()}


STATUS = Preset(
    "defect-status",
    _("Defect status"),
    _("Every case that is open now, oldest first: where it stands, its clock and who acts."),
    _("Received from, until"),
    status,
)
WORKS = Preset(
    "completed-works",
    _("Completed works"),
    _("Every case closed as complete in the period, newest first: repaired, checked, confirmed or unanswered."),
    _("Closed from, until"),
    works,
    last_month,
)
