"""A company's answers, one or many in one press: one mailing a press, so that nobody gets a mail for each item."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.dates import end_of_day
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from ledger.actors import Actor
from portal.contractor.doors import Door
from portal.contractor.forms import HomeDateForm, OrderForm, day_given
from works import disputes, lists, orders
from works.choices import HowAccepted, ListEventKind
from works.models import WorkOrder

Facts = dict[str, Any]
Verb = Callable[..., Any]


def _date(order: WorkOrder, *, promised_on: date, **given: Any) -> Any:
    return orders.promise(order, promised_at=end_of_day(order.case, promised_on), **given)


VERBS: dict[str, Verb] = {
    "accept": orders.accept,
    "not-ours": disputes.dispute,
    "date": _date,
    "start": orders.start,
    "wait": orders.wait,
    "no-access": orders.could_not_get_in,
    "done": orders.done,
}
WITHOUT_HOW = {"not-ours"}


@dataclass
class Said:
    """What became of several answers: how many were taken, and a sentence for each that was not."""

    taken: list[WorkOrder] = field(default_factory=list)
    refused: list[tuple[WorkOrder, str]] = field(default_factory=list)
    is_stale: bool = False


@dataclass(frozen=True)
class Answer:
    """One answer: the act, about which order in which version, with which facts."""

    order: WorkOrder
    act: str
    seen_version: int
    facts: Facts = field(default_factory=dict)


def one(door: Door, act: str, form: OrderForm, *, at: datetime) -> None:
    """The answer of one form; MoveRefused or StaleCase where it cannot be taken."""
    by = door.by(form.name)
    mailing = Mailing(by=by, at=at)
    carry_out(Answer(form.order, act, form.seen, form.facts), by=by, at=at, mailing=mailing, how=how_of(door))
    heard(door, by=by, at=at)
    mailing.send()


@transaction.atomic
def many(door: Door, answers: Sequence[Answer], *, by: Actor, at: datetime, how: str = "") -> Said:
    """Each for itself: one that cannot be taken keeps its sentence, the others go; one mail a person."""
    said, whole = Said(), Mailing(by=by, at=at)
    for answer in answers:
        part = Mailing(by=by, at=at)
        try:
            with transaction.atomic():
                carry_out(answer, by=by, at=at, mailing=part, how=how or how_of(door))
        except MoveRefused as refusal:
            said.refused.append((answer.order, refusal.sentence))
            said.is_stale = said.is_stale or isinstance(refusal, StaleCase)
            continue
        whole.add(part.told)
        said.taken.append(answer.order)
    if said.taken:
        heard(door, by=by, at=at)
    whole.send()
    return said


def carry_out(answer: Answer, *, by: Actor, at: datetime, mailing: Mailing, how: str) -> None:
    """One verb."""
    facts = dict(answer.facts) if answer.act in WITHOUT_HOW else {"how": how, **answer.facts}
    VERBS[answer.act](answer.order, by=by, at=at, seen_version=answer.seen_version, mailing=mailing, **facts)


def how_of(door: Door) -> str:
    """By what an order counts as accepted here."""
    return HowAccepted.LINK if door.link else HowAccepted.PAGE


def heard(door: Door, *, by: Actor, at: datetime) -> None:
    """Whoever answers has the list."""
    if not lists.acknowledge(door.defect_list, by=by, at=at):
        lists.open_(door.defect_list, by=by, at=at)
    lists.note(door.defect_list, ListEventKind.ANSWERED, by=by, at=at)


def accept_all(door: Door, seen: dict[int, int], *, by: Actor, at: datetime) -> Said:
    """Every new order that the page showed, by number and version."""
    rows = door.orders().for_page().filter(number__in=seen)
    answers = [Answer(row, "accept", seen[row.number]) for row in rows if row.state == "new"]
    return many(door, answers, by=by, at=at)


def one_date(door: Door, form: HomeDateForm, rows: Sequence[WorkOrder], seen: dict[int, int], *, at: datetime) -> Said:
    """The same day for each order of a home."""
    facts = {"promised_on": day_given(form), "words": form.cleaned_data["words"]}
    answers = [Answer(row, "date", seen.get(row.number, 0), facts) for row in rows]
    return many(door, answers, by=door.by(form.name), at=at)


def sentence(said: Said) -> str:
    """For the page: what was not taken, each with its reason."""
    parts = [_("%(ref)s: %(why)s") % {"ref": order.reference, "why": why} for order, why in said.refused[:5]]
    return " ".join(parts)
