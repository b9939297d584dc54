"""What came back, and what happens in the homes above and below: hints for a person, nothing is ever joined by itself.

Same place: same home, room and element within 60 days, closed cases too. Same stack: the other homes of the stack, same
element, same 60 days (product.md 7; domain 6.1).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models import Case
from cases.querysets import CaseQuerySet
from cases.search.references import reference_key

WINDOW = timedelta(days=60)
PLACE, STACK = "place", "stack"
SHOWN = 3
"""So many rows are named; the link leads to all."""


@dataclass
class Pattern:
    """The cases alike to one case, newest first, by where they are."""

    place: list[Case] = field(default_factory=list)
    stack: list[Case] = field(default_factory=list)

    @property
    def came_back(self) -> Case | None:
        """The last one that was closed as repaired in the same place."""
        return next((case for case in self.place if case.closed_at), None)

    @property
    def homes(self) -> int:
        """How many other homes of the stack."""
        return len({case.unit_id for case in self.stack})


def of_cases(cases: Sequence[Case], among: CaseQuerySet) -> dict[int, Pattern]:
    """The pattern of each case, looked for in `among` (what the reader may see); one query for any number of cases.

    The cases need their unit. Cases of the same report are no recurrence of each other.
    """
    if not cases:
        return {}
    begins, ends = (pick(case.received_at for case in cases) for pick in (min, max))
    homes = Q(unit_id__in={case.unit_id for case in cases})
    for development, block, stack in {_stack(case) for case in cases if case.unit.stack}:
        homes |= Q(unit__development_id=development, unit__block_id=block, unit__stack=stack)
    near = among.filter(homes, received_at__gte=begins - WINDOW, received_at__lte=ends + WINDOW)
    rows = near.select_related("unit", "location", "report_item").order_by("-received_at", "-pk")
    by_element: dict[object, list[Case]] = defaultdict(list)
    for row in rows:
        by_element[_element(row)].append(row)
    return {case.pk: _pattern(case, by_element[_element(case)]) for case in cases}


def _pattern(case: Case, rows: Iterable[Case]) -> Pattern:
    found = Pattern()
    for row in rows:
        if row.pk == case.pk or abs(row.received_at - case.received_at) > WINDOW or row.duplicate_of_id == case.pk:
            continue
        if row.unit_id != case.unit_id:
            if case.unit.stack and _stack(row) == _stack(case):
                found.stack.append(row)
        elif row.location_id == case.location_id and row.report_item.report_id != case.report_item.report_id:
            found.place.append(row)
    return found


def _element(case: Case) -> object:
    """What is broken; where nobody said which element, whose work it is."""
    return case.element_id or ("trade", case.trade_id)


def _stack(case: Case) -> tuple[int, int | None, str]:
    return case.unit.development_id, case.unit.block_id, case.unit.stack


def address(kind: str, case: Case) -> str:
    """What the table's filter `like` is asked for: these rows, open and closed."""
    return f"/cases/?mine=all&state=open&state=closed&like={kind}:{case.reference_key}"


def rows(asked: str, among: CaseQuerySet) -> Q:
    """The cases that the filter `like` means: the case itself and those alike; none for anything else."""
    kind, _colon, words = asked.partition(":")
    case = among.filter(reference_key=reference_key(words) or "-").select_related("unit", "report_item").first()
    if case is None or kind not in {PLACE, STACK}:
        return Q(pk__in=())
    found = getattr(of_cases([case], among)[case.pk], kind)
    return Q(pk__in=[case.pk, *(row.pk for row in found)])


def words(asked: str) -> str:
    """The filter as its chip says it."""
    kind, _colon, reference = asked.partition(":")
    label = reference.upper()[:16]
    return _("Same stack as %(ref)s") % {"ref": label} if kind == STACK else _("Same place as %(ref)s") % {"ref": label}
