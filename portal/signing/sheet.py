"""What the page to sign shows, put together from rows at hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import signatures
from cases.choices import SIGNED_FOR
from cases.files import pairs
from cases.forms.signing import MOST, Item, SignForm
from cases.models import Attachment, Case, CaseEvent, SignOffLine
from homeowners.models import Homeowner
from portal.homeowner import case_view
from portal.homeowner.case_view import Shot

Show = Callable[[Case, Attachment], Shot]


@dataclass(frozen=True)
class Row:
    """One repair with its pictures."""

    item: Item
    pair: tuple[Shot, Shot] | None
    deadline: str


def rows(form: SignForm, pictures: Iterable[Attachment], show: Show) -> list[Row]:
    """The list with before and after of each repair."""
    by_case: dict[int, list[Attachment]] = {}
    for row in pictures:
        by_case.setdefault(row.case_id or 0, []).append(row)
    found = []
    for item in form.items:
        both = pairs(by_case.get(item.case.pk, []))
        pair = (show(item.case, both[-1][0]), show(item.case, both[-1][1])) if both else None
        found.append(Row(item, pair, case_view.deadline(item.case)))
    return found


def unsigned(cases: Sequence[Case], people: set[int]) -> list[Case]:
    """Those for which none of these people has signed already; where every owner signs one waits for the others."""
    lines = SignOffLine.objects.filter(case__in=cases, answer__in=SIGNED_FOR, signoff__homeowner_id__in=people)
    signed: dict[int, datetime] = {}
    for case_id, at in lines.values_list("case_id", "signoff__at"):
        signed[case_id] = max(at, signed.get(case_id, at))
    return [case for case in cases if case.pk not in signed or signed[case.pk] < _asked(case)][:MOST]


def _asked(case: Case) -> datetime:
    return case.confirm_asked_at or case.received_at


def refused(cases: Sequence[Case]) -> frozenset[int]:
    """Those that were not accepted before."""
    events = CaseEvent.objects.filter(case__in=cases, move="not-right")
    return frozenset(events.values_list("case_id", flat=True))


def others(case: Case, *, at: datetime) -> list[Homeowner]:
    """Who still has to sign for this repair where every owner does."""
    return signatures.missing(case, at=at)
