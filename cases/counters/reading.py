"""The numbers: whole days as sums of the counters, the day that is half gone as an indexed count of its cases.

So each number is exact at its moment, down to the second, and equals the rows that `CaseSearchForm` finds then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from cases.aging import BANDS, midnight
from cases.choices import OPEN_STATES, Status
from cases.counters.keys import NEWS, OVER, RECEIVED, STATUTORY
from cases.models import Case, CaseCount

Zones = Mapping[str, Iterable[int]]
"""The developments (keys) of each time zone."""

Numbers = Counter[str]
"""By name: `all`, the bands of `cases.aging`, the clocks below."""

Group = tuple[Any, ...]
STATUTORY_AHEAD = timedelta(days=10)
WORKED_ON = tuple(state for state in OPEN_STATES if state != Status.AWAITING_HOMEOWNER)


@dataclass(frozen=True)
class Clock:
    """A number that moves with the time: what the counters call it, and until when it reaches."""

    kind: str
    ahead: timedelta = timedelta()


CLOCKS = {"over": Clock(OVER), "news": Clock(NEWS), "statutory": Clock(STATUTORY, STATUTORY_AHEAD)}
"""By their names in addresses (`CaseSearchForm.clock`)."""


def band(name: str, zones: Zones, at: datetime, *, is_past: bool = False) -> Q:
    """Counters of the cases received so many local days ago. Today nothing is younger than today; in the past it is."""
    low, high = BANDS[name]
    youngest = {"day__lte": -low} if low or is_past else {}
    oldest = {"day__gte": -high} if high is not None else {}
    return Q(kind=RECEIVED) & _by_day(zones, at, **youngest, **oldest)


def whole_days(name: str, zones: Zones, at: datetime) -> Q:
    """Counters of a clock on the days before the one that is half gone."""
    clock = CLOCKS[name]
    return Q(kind=clock.kind) & _by_day(zones, at + clock.ahead, day__lt=0)


def _by_day(zones: Zones, at: datetime, **bounds: int) -> Q:
    """Bounds in days from today, on the calendar of each place."""
    days = {zone: at.astimezone(ZoneInfo(zone)).date() for zone in zones}
    is_one = len(set(days.values())) == 1
    wanted = Q(pk__in=())
    for zone, developments in zones.items():
        limits = Q(**{name: days[zone] + timedelta(days=value) for name, value in bounds.items()})
        if is_one:
            return limits
        wanted |= limits & Q(development__in=developments)
    return wanted


def half_day(name: str, zones: Zones, at: datetime) -> Q:
    """The cases whose clock runs out on the day that is half gone: what `whole_days` does not hold yet."""
    until = at + CLOCKS[name].ahead
    starts = {zone: midnight(until.astimezone(ZoneInfo(zone)).date(), ZoneInfo(zone)) for zone in zones}
    wanted = Q(pk__in=())
    for zone, developments in zones.items():
        here = Q() if len(set(starts.values())) == 1 else Q(development_id__in=developments)
        wanted |= here & _RUNS_OUT[name](starts[zone], until)
    return wanted


def _over(start: datetime, until: datetime) -> Q:
    """`cases.querysets.over_time` at `until`, but not yet at `start`."""
    worked = Q(status__in=WORKED_ON, closed_at__isnull=True)
    rectify = Q(rectify_due_at__gte=start, rectify_due_at__lt=until, is_paused=False)
    statutory = Q(statutory_due_at__gte=start, statutory_due_at__lt=until)
    not_before = Q(statutory_due_at__isnull=True) | Q(statutory_due_at__gte=start)
    not_late = Q(is_paused=True) | Q(rectify_due_at__isnull=True) | Q(rectify_due_at__gte=start)
    return worked & (rectify & not_before | statutory & not_late)


def _news(start: datetime, until: datetime) -> Q:
    return Q(closed_at__isnull=True, update_due_at__gte=start, update_due_at__lte=until)  # open, as its index says it


def _statutory(start: datetime, until: datetime) -> Q:
    return Q(status__in=WORKED_ON, closed_at__isnull=True, statutory_due_at__gte=start, statutory_due_at__lte=until)


_RUNS_OUT = {"over": _over, "news": _news, "statutory": _statutory}


def numbers(
    rows: "QuerySet[CaseCount]",
    cases: "QuerySet[Case]",
    *,
    zones: Zones,
    at: datetime,
    by: Sequence[str] = ("development_id",),
    more: Mapping[str, Q] | None = None,
) -> dict[Group, Numbers]:
    """All, each band and each clock at `at`, of the counters and the cases of one scope, by the columns `by`.

    Two queries. `rows` and `cases` must be narrowed alike, and to the states that shall count. `more` are further
    conditions on counters.
    """
    wanted = {"all": Q(kind=RECEIVED), **(more or {})}
    wanted |= {name: band(name, zones, at) for name in BANDS}
    wanted |= {name: whole_days(name, zones, at) for name in CLOCKS}
    columns = {f"n{i}": Coalesce(Sum("n", filter=test), Value(0)) for i, test in enumerate(wanted.values())}
    found: dict[Group, Numbers] = defaultdict(Counter)
    for row in rows.order_by().values_list(*by).annotate(**columns):
        found[row[: len(by)]] = Counter(dict(zip(wanted, row[len(by) :], strict=True)))
    for name, n, *group in _half_days(cases, zones, at, by):
        found[tuple(group)][name] += n
    return dict(found)


def _half_days(cases: "QuerySet[Case]", zones: Zones, at: datetime, by: Sequence[str]) -> "QuerySet[Any]":
    parts = [
        cases.filter(half_day(name, zones, at))
        .order_by()
        .values(*by)
        .annotate(amount=Count("pk"))
        .values_list(Value(name, CharField()), "amount", *by)
        for name in CLOCKS
    ]
    return parts[0].union(*parts[1:], all=True)


def total(found: Mapping[Group, Numbers], *wanted: Any) -> Numbers:
    """The numbers of all groups together, or of those whose key begins with `wanted`."""
    return sum((some for group, some in found.items() if group[: len(wanted)] == wanted), Counter())
