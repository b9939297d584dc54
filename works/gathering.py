"""What one confirmed action sends to a company goes as its list: one mail, not one for each case (workflow.md 4).

Called by every mailing before it is sent, or rehearsed. An order that is still being collected tells its company
nothing, and its homeowner the day on which it will be passed on (behaviours W4: words say what has happened).
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from cases.choices import Audience
from cases.mailing import Mailing
from cases.models import CaseEvent
from cases.orders import AGAIN
from cases.told import Told
from units.wording import day
from works import list_mails, lists
from works.choices import ListState
from works.models import DefectList, ListLine

SENT = ("accept-and-send", "your-turn", AGAIN)
"""The happenings by which an order reaches its company."""
JOBS = "/jobs/"


def gather(mailing: Mailing) -> None:
    """Issue the lists whose time has come, hold back what is collected, give the other mails the list's link."""
    told = [told for told in mailing.told if told.recipient.audience == Audience.CONTRACTOR and told.case]
    lines = _lines({told.case.pk for told in told if told.case and not told.whole})
    for chosen in {line.list_id: line.list for line in lines.values()}.values():
        if chosen.state == ListState.COLLECTING:
            _collected(chosen, {case for case, line in lines.items() if line.list_id == chosen.pk}, mailing)
    mailing.told = [_with_link(told, lines.get(told.case.pk)) if told.case else told for told in mailing.told]


def _lines(cases: set[int]) -> dict[int, ListLine]:
    """By case the line of its newest order; one query, none without a company to tell."""
    if not cases:
        return {}
    rows = ListLine.objects.current().filter(order__case__in=cases)
    found = rows.select_related("order", "list__company", "list__development__calendar").order_by("order__pk")
    return {line.order.case_id: line for line in found}


def _collected(chosen: DefectList, cases: set[int], mailing: Mailing) -> None:
    if chosen.collects_until is not None and chosen.collects_until > mailing.at:
        _hold_back(mailing, cases, _later(chosen))
        return
    is_alone = chosen.lines.count() == 1
    own = Mailing(by=mailing.by, at=mailing.at) if is_alone else mailing
    issued = lists.issue(chosen, by=mailing.by, at=mailing.at, seen_version=chosen.version, mailing=own)
    if issued is None:
        _hold_back(mailing, cases, _("We accepted this and pass it to our contractor as soon as it is released."))
        mailing.add(own.told if is_alone else [])
    elif is_alone:
        name = list_mails.event_name(chosen, issued.revision)
        mailing.told = [replace(told, event_name=name) if _is_order(told, cases) else told for told in mailing.told]
    else:
        events = {told.case.pk: told.event for told in mailing.told if told.case and _is_order(told, cases)}
        kept = [told for told in mailing.told if not _is_order(told, cases)]
        mailing.told = [_of_event(told, events) if told.whole else told for told in kept]


def _of_event(told: Told, events: dict[int, CaseEvent | None]) -> Told:
    """The case's own happening stands behind what the list tells of it."""
    return replace(told, event=told.event or (events.get(told.case.pk) if told.case else None))


def _later(chosen: DefectList) -> str:
    until = chosen.collects_until or chosen.created_at
    words = _("We accepted this and pass it to our contractor on %(day)s.")
    return words % {"day": day(until.astimezone(chosen.development.tz).date())}


def _hold_back(mailing: Mailing, cases: set[int], lead: str) -> None:
    """The company hears nothing yet; the homeowner reads that it will."""
    mailing.told = [
        _reworded(told, lead) if _is_of(told, cases) and told.recipient.audience == Audience.HOMEOWNER else told
        for told in mailing.told
        if not _is_order(told, cases)
    ]


def _reworded(told: Told, lead: str) -> Told:
    return replace(told, letter=replace(told.letter, lead=lead))


def _is_of(told: Told, cases: Iterable[int]) -> bool:
    return told.key in SENT and told.case is not None and told.case.pk in cases


def _is_order(told: Told, cases: Iterable[int]) -> bool:
    return _is_of(told, cases) and told.recipient.audience == Audience.CONTRACTOR and not told.whole


def _with_link(told: Told, line: ListLine | None) -> Told:
    """A mail about one order opens its list without a sign-in."""
    is_theirs = told.recipient.audience == Audience.CONTRACTOR and not told.whole and line is not None
    if not is_theirs or line is None or not line.list.is_shown:
        return told
    buttons = [list_mails.button() if to == JOBS else (label, to) for label, to in told.letter.buttons]
    if buttons == list(told.letter.buttons):
        return told
    slots = told.links | list_mails.link_slot(line.list, told.recipient)
    return replace(told, letter=replace(told.letter, buttons=buttons), links=slots)
