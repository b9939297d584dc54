"""The words in which a company is reminded: one mail that lists its items, each with its date and the list's link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import notices, people
from cases.mailing import Mailing
from cases.models import CaseEvent
from cases.people import Recipient
from cases.told import Told
from outbox import layout
from units.wording import day
from works import list_mails
from works.choices import ChaseRule
from works.models import Chaser, ListLine, WorkOrder

KEY = "chase"
JOBS = "/jobs/"
MOST_ITEMS = 20


@dataclass(frozen=True)
class Chased:
    """One order that is reminded of, with its record and its row in the case's diary."""

    order: WorkOrder
    row: Chaser
    event: CaseEvent


def tell(chased: Sequence[Chased], *, mailing: Mailing) -> None:
    """One mail to each contact of each company; every case remembers that it was told."""
    lines = _lines(chased)
    for company in {each.order.company_id: each.order.company for each in chased}.values():
        own = [each for each in chased if each.order.company_id == company.pk]
        for person in people.contacts_of(company):
            whole = _mail(own, person, lines)
            mailing.add(
                Told(person, KEY, whole.subject, whole.letter, case=each.order.case, event=each.event, whole=whole)
                for each in own
            )


def _lines(chased: Sequence[Chased]) -> dict[int, ListLine]:
    """By order its line on a list that was sent; one query."""
    rows = ListLine.objects.current().filter(order__in=[each.order.pk for each in chased], list__revision__gte=1)
    return {row.order_id: row for row in rows.select_related("list")}


def _mail(own: Sequence[Chased], person: Recipient, lines: dict[int, ListLine]) -> Told:
    first = own[0]
    places = {each.order.case.development_id: each.order.case.development for each in own}
    shown = own[:MOST_ITEMS]
    lists = {lines[each.order.pk].list_id: lines[each.order.pk].list for each in shown if each.order.pk in lines}
    is_one = len(lists) == 1
    slots = {
        _slot(pk, is_one=is_one): {**list_mails.link_slot(row, person)[list_mails.SLOT]} for pk, row in lists.items()
    }
    title = _title(own)
    letter = layout.Letter(
        eyebrow=", ".join(place.name for place in places.values()),
        title=title,
        lead=_lead(own),
        items=[_item(each, lines.get(each.order.pk), is_one=is_one, names_place=len(places) > 1) for each in shown],
        paragraphs=_more(own),
        next=_(
            "Please say for each when it will be done. If something stops you, say so there: it reaches us at once."
        ),
        buttons=[list_mails.button()] if is_one else [(_("Open your work page"), JOBS)],
        signature=notices.signature(first.order.case),
        footer=", ".join(place.name for place in places.values()),
    )
    case = first.order.case
    return Told(
        person,
        KEY,
        _("%(title)s, %(place)s") % {"title": title, "place": letter.eyebrow},
        letter,
        links=slots,
        event_name=f"chase:{min(each.row.pk for each in own)}",
        about=("case", case.pk, case.reference) if len(own) == 1 else ("company", first.order.company_id, ""),
    )


def _slot(pk: int, *, is_one: bool) -> str:
    return list_mails.SLOT if is_one else f"{list_mails.SLOT}-{pk}"


def _over(own: Sequence[Chased]) -> int:
    return sum(each.row.due_on < _today(each) for each in own)


def _today(each: Chased) -> date:
    return each.row.at.astimezone(each.order.case.development.tz).date()


def _title(own: Sequence[Chased]) -> str:
    """As "2 items are overdue", or "1 item is due soon"."""
    over = _over(own)
    if over:
        return ngettext("%(n)d item is overdue", "%(n)d items are overdue", over) % {"n": over}
    return ngettext("%(n)d item is due soon", "%(n)d items are due soon", len(own)) % {"n": len(own)}


def _lead(own: Sequence[Chased]) -> str:
    over = _over(own)
    if not over:
        return _("A reminder before the date: nothing is late yet.")
    if any(each.row.rule == ChaseRule.LATE for each in own):
        return _("Some of this is more than a week over its date. Please answer today.")
    if over < len(own):
        return _("Some dates are over, others are near.")
    return ngettext(
        "Its date is over and we have not heard that it is done.",
        "Their dates are over and we have not heard that they are done.",
        over,
    )


def _item(each: Chased, line: ListLine | None, *, is_one: bool, names_place: bool) -> layout.Item:
    order, case = each.order, each.order.case
    home = f"{case.unit.number}, {case.development.name}" if names_place else case.unit.number
    links: list[tuple[str, str]] = []
    if line and not is_one:
        facts = {"ref": line.list.reference}
        links = [(_("Open %(ref)s (no sign-in)") % facts, f"[[link:{_slot(line.list_id, is_one=is_one)}]]")]
    note = ", ".join(part for part in (case.reference, order.reference, order.scope, _dates(each)) if part)
    return layout.Item(f"{home}: {case.title}", note=note, links=links)


def _dates(each: Chased) -> str:
    """As "was due Tue 3 Mar, promised for Thu 5 Mar"."""
    order, zone = each.order, each.order.case.development.tz
    words = _("was due %(day)s") if each.row.due_on < _today(each) else _("due %(day)s")
    parts = [words % {"day": day(each.row.due_on)}]
    if order.promised_at:
        parts.append(_("promised for %(day)s") % {"day": day(order.promised_at.astimezone(zone).date())})
    return ", ".join(parts)


def _more(own: Sequence[Any]) -> list[str]:
    left = len(own) - MOST_ITEMS
    return [_("And %(n)d more: all of them stand on your work page.") % {"n": left}] if left > 0 else []
