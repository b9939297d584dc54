"""The numbers of the dashboard: gathered once, in a fixed number of queries, all at the same moment."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, Sum
from django.http import QueryDict

from accounts.models import User
from cases.aging import BANDS, of_age, on_days
from cases.choices import OPEN_STATES
from cases.counters.keys import CLOSED, COMPANY, NEW, TRADE
from cases.counters.reading import Numbers, Zones, band, numbers, total
from cases.forms.search import EVERYBODY, CaseSearchForm
from cases.models import Case, CaseCount, DecisionRequest
from inspections.choices import VisitState
from inspections.models import Visit
from units.querysets import in_scope

if TYPE_CHECKING:
    from cases.querysets import CaseQuerySet

WEEKS = 12
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
LONG_AGO = date(1990, 1, 1)
SHOWN_DECISIONS = 5


@dataclass(frozen=True)
class Scope:
    """Whose numbers: what this person may see, of one development or of all."""

    user: User
    form: CaseSearchForm
    at: datetime

    @property
    def zones(self) -> Zones:
        """The developments of each time zone."""
        return self.form.zones

    @property
    def development(self) -> str:
        """The code of the chosen development, "" for all."""
        return next(iter(self.form.cleaned_data["development"]), "")

    @property
    def today(self) -> date:
        """The calendar day where the day is furthest."""
        return max((self.at.astimezone(ZoneInfo(zone)).date() for zone in self.zones), default=self.at.date())

    @property
    def monday(self) -> date:
        """The first day of this week."""
        return self.today - timedelta(days=self.today.weekday())

    def within(self, column: str) -> Q:
        """Rows whose development (at `column`) is of this scope."""
        keys = [option.row for option in self.form.options.get("development", []) if option.key == self.development]
        here = Q(**{f"{column}__in": keys}) if self.development else ~Q(pk__in=())
        return here & in_scope(self.user, column)

    @property
    def cases(self) -> "CaseQuerySet":
        """Its cases."""
        return Case.objects.filter(self.within("development"))

    def link(self, **asked: Any) -> str:
        """The table with exactly the rows that a number counts."""
        return f"/cases/?{self.form.query(**asked)}"


def scope(user: User, development: str, at: datetime) -> Scope | None:
    """What to count; None for a development that this person does not see. One query."""
    query = QueryDict(mutable=True)
    query.setlist("development", [development] if development else [])
    query["mine"] = EVERYBODY
    form = CaseSearchForm(query, user=user, at=at)
    return Scope(user, form, at) if form.is_valid() else None


@dataclass(frozen=True)
class Figures:
    """All numbers of the page."""

    open: Numbers
    by_development: Mapping[int, Numbers]
    by_officer: Mapping[int | None, Numbers]
    last_week: Numbers
    new: Sequence[int]
    closed: Sequence[int]
    trades: Numbers
    companies: Numbers
    decisions: Sequence[DecisionRequest]
    waiting: int
    oldest: datetime | None
    visits: Sequence[Counter[str]]


def gather(scope: Scope) -> Figures:
    """Eight queries, however many cases, developments and officers there are."""
    rows = CaseCount.objects.filter(scope.within("development"))
    past = {f"was {name}": band(name, scope.zones, scope.at - WEEK, is_past=True) for name in BANDS}
    found = numbers(
        rows.filter(status__in=OPEN_STATES),
        scope.cases.filter(status__in=OPEN_STATES),
        zones=scope.zones,
        at=scope.at,
        by=("development_id", "officer_id"),
        more=past,
    )
    sums = total(found)
    asked = DecisionRequest.objects.filter(scope.within("case__development")).waiting()
    waiting = asked.aggregate(n=Count("pk"), oldest=Min("asked_at"))
    weekly = _weekly(rows, scope)
    labels = _labels(rows)
    return Figures(
        open=sums,
        by_development={key: total(found, key) for key in {group[0] for group in found}},
        by_officer=_by_officer(found),
        last_week=Counter({name: sums[f"was {name}"] for name in BANDS}) + _closed_since(scope),
        new=weekly[NEW],
        closed=weekly[CLOSED],
        trades=labels[TRADE],
        companies=labels[COMPANY],
        decisions=list(asked.select_related("case__development", "case__unit", "case__location")[:SHOWN_DECISIONS]),
        waiting=waiting["n"],
        oldest=waiting["oldest"],
        visits=_visits(scope),
    )


def _by_officer(found: Mapping[tuple[Any, ...], Numbers]) -> dict[int | None, Numbers]:
    sums: dict[int | None, Numbers] = defaultdict(Counter)
    for (_development, officer), some in found.items():
        sums[officer] += some
    return dict(sums)


def _closed_since(scope: Scope) -> Numbers:
    """By the band they were in a week ago: cases that were open at the end of that day and are closed now."""
    then = scope.today - WEEK
    rows = scope.cases.filter(closed_at__isnull=False).filter(
        on_days("closed_at", then + DAY, scope.today + DAY, scope.zones),
        on_days("received_at", LONG_AGO, then, scope.zones),
    )
    tests = [Count("pk", filter=of_age(name, scope.zones, scope.at - WEEK)) for name in BANDS]
    counted = rows.aggregate(**{f"n{number}": test for number, test in enumerate(tests)})
    return Counter(dict(zip(BANDS, counted.values(), strict=True)))


def weeks(scope: Scope) -> list[date]:
    """The Mondays of the weeks shown, oldest first; the last week still runs."""
    return [scope.monday - WEEK * number for number in reversed(range(WEEKS))]


def _weekly(rows: Any, scope: Scope) -> dict[str, list[int]]:
    mondays = weeks(scope)
    found: dict[str, list[int]] = {NEW: [0] * WEEKS, CLOSED: [0] * WEEKS}
    days = rows.filter(kind__in=found, day__gte=mondays[0], day__lt=mondays[-1] + WEEK)
    for kind, day, n in days.order_by().values_list("kind", "day").annotate(n=Sum("n")):
        found[kind][(day - mondays[0]) // WEEK] += n
    return found


def _labels(rows: Any) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {TRADE: Counter(), COMPANY: Counter()}
    some = rows.filter(kind__in=found).order_by().values_list("kind", "label").annotate(n=Sum("n"))
    for kind, label, n in some:
        found[kind][label] += n
    return found


def _visits(scope: Scope) -> list[Counter[str]]:
    """Of each day of this week: all that stand in a calendar, and those that took place."""
    week = [scope.monday + timedelta(days=number) for number in range(7)]
    visits = Visit.objects.filter(scope.within("unit__development")).taking_time()
    some = visits.filter(starts_at__gte=scope.at - 2 * WEEK, starts_at__lt=scope.at + 2 * WEEK)
    tests = {f"all{day.weekday()}": _held(day, scope) for day in week}
    tests |= {f"done{day.weekday()}": _held(day, scope) & Q(state=VisitState.DONE) for day in week}
    counted = some.aggregate(**{name: Count("pk", filter=test) for name, test in tests.items()})
    return [Counter(all=counted[f"all{n}"], done=counted[f"done{n}"]) for n in range(7)]


def _held(day: date, scope: Scope) -> Q:
    return on_days("starts_at", day, day, scope.zones, of="unit__development_id")
