"""What came back and what happens in the stack, as a case page and a triage sheet say it; each opens its rows."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import patterns
from cases.choices import Status
from cases.models import Case
from cases.patterns import PLACE, STACK, Pattern
from units.wording import day

Row = dict[str, Any]


def hints(
    cases: Sequence[Case], zone: ZoneInfo, *, named: Mapping[int, Collection[str]] = MappingProxyType({})
) -> dict[int, list[Row]]:
    """By case what to look at before deciding; one query for any number of cases of one development.

    `named`: by case the references that the page names beside it already, which are not said a second time.
    """
    if not cases:
        return {}
    among = Case.objects.filter(development=cases[0].development_id)
    found = patterns.of_cases(cases, among)
    return {case.pk: _hints(case, found[case.pk], zone, named.get(case.pk, ())) for case in cases}


def _hints(case: Case, pattern: Pattern, zone: ZoneInfo, named: Collection[str]) -> list[Row]:
    found: list[Row] = []
    here = {row.reference for row in pattern.place}
    if here - set(named):
        url = patterns.address(PLACE, case)
        found.append({"words": _place_words(pattern, zone), "url": url, "icon": "repeat", "of": here})
    if pattern.stack:
        url = patterns.address(STACK, case)
        found.append({"words": _stack_words(pattern), "url": url, "icon": "home", "of": set()})
    return found


def _place_words(pattern: Pattern, zone: ZoneInfo) -> str:
    back, more = pattern.came_back, len(pattern.place) - 1
    if back and back.closed_at:
        facts = {"ref": back.reference, "day": day(back.closed_at.astimezone(zone).date())}
        repaired = back.status == Status.CLOSED_COMPLETE
        words = (
            _("%(ref)s, same place, repaired %(day)s: came back?")
            if repaired
            else _("%(ref)s, same place, closed %(day)s")
        )
    else:
        facts = {"ref": pattern.place[0].reference}
        words = _("%(ref)s is open in the same place")
    said = words % facts
    return said if not more else f"{said} " + ngettext("(%(n)d more)", "(%(n)d more)", more) % {"n": more}


def _stack_words(pattern: Pattern) -> str:
    homes = list(dict.fromkeys(case.unit.number for case in pattern.stack))[: patterns.SHOWN]
    n = len(pattern.stack)
    words = ngettext("%(n)d other in this stack", "%(n)d others in this stack", n) % {"n": n}
    return f"{words}: {', '.join(homes)}" + (", …" if pattern.homes > len(homes) else "")
