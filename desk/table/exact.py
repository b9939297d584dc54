"""The tiles' numbers where the counters hold them: no filter, or development, officer and state (quality.md 32)."""

from django.db.models import Q

from cases.aging import BANDS
from cases.counters.reading import CLOCKS, Numbers, numbers, total
from cases.forms.search import FACTS, NOBODY, CaseSearchForm, states
from cases.models import CaseCount
from cases.querysets import CaseQuerySet
from units.querysets import in_scope

HELD = {"development", "officer", "state"}
"""Filters that the counters know."""

ASIDE = {"age", "clock"}
BESIDE = {"mine", "sort", *ASIDE}


def is_held(form: CaseSearchForm) -> bool:
    """Nothing is asked that the counters do not know, but for what tiles set aside."""
    return {name for name, value in form.cleaned_data.items() if value} <= HELD | BESIDE


def both_sides(form: CaseSearchForm, cases: CaseQuerySet) -> tuple[Numbers, Numbers]:
    """The person's own numbers and everybody's, whatever age and clock are asked. Two queries."""
    rows = CaseCount.objects.filter(in_scope(form.user, "development"), _asked(form))
    everybody = form.filter(cases, without=("mine", *ASIDE))
    found = numbers(rows, everybody, zones=form.zones, at=form.at, by=("officer_id",))
    return total(found, form.user.pk), total(found)


def _asked(form: CaseSearchForm) -> Q:
    wanted = Q(status__in=sorted(states(form.cleaned_data["state"])))
    for field in ("development", "officer"):
        if keys := form.cleaned_data[field]:
            rows = [option.row for option in form.options.get(field, []) if option.key in keys]
            nobody = Q(**{f"{FACTS[field]}__isnull": True}) if NOBODY in keys else Q()
            wanted &= Q(**{f"{FACTS[field]}__in": rows}) | nobody
    return wanted


def of_list(form: CaseSearchForm, counted: Numbers) -> int | None:
    """How many rows the list has; None where the counters cannot tell: two conditions at once, or another clock."""
    ages, clock = form.cleaned_data["age"], form.cleaned_data["clock"]
    if not clock:
        return sum(counted[name] for name in BANDS if name in ages) if ages else counted["all"]
    return counted[clock] if clock in CLOCKS and not ages else None
