"""One mail out of everything that a person is told at once: a heading for each kind of answer, an item a case."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import Audience
from cases.models import Case
from cases.told import Link, Told
from outbox import layout

ASKING = ("ask", "ask-sign-off", "reminder", "sign-too")
"""Happenings that want an answer of the homeowner."""

CONFIRMING = ("ask-sign-off", "reminder", "sign-too")
"""Happenings that ask whether a repair is right."""
ANSWER_ALL = "answer-all"

NEW_WORK = ("alert", "safety", "accept-and-send")
"""Happenings that bring somebody work; of several the most urgent names them all."""

MOST_PICTURES = 12
"""In a mail on several cases: one each, at most so many."""


def together(group: list[Told]) -> Told:
    """One mail out of everything that a person is told at once: a heading for each kind of answer, an item a case."""
    first = group[0]
    if first.whole:
        return first.whole
    if len(group) == 1:
        return first
    home = _place(group)
    kinds = _by_kind(group)
    title = _news(kinds)
    pictures = tuple(told.pictures[0] for rows in kinds for told in rows if told.pictures)[:MOST_PICTURES]
    letter = layout.Letter(
        eyebrow=home,
        title=title,
        lead=_lead(kinds),
        preview=", ".join(_heading(rows) for rows in kinds) if len(kinds) > 1 else "",
        items=_items(kinds, group),
        facts=first.letter.facts if _in_common(group, "facts") else (),
        next=first.letter.next if _in_common(group, "next") else "",
        buttons=_buttons(group),
        signature=first.letter.signature,
        footer=first.letter.footer,
    )
    shared = _shared_slots(group)
    slots = {_slot_name(told, name): slot for told in group for name, slot in told.links.items() if name not in shared}
    slots |= _slot_for_all(group)
    parts = tuple(dict.fromkeys(part for told in group for part in told.parts))
    subject = _("%(news)s, %(home)s") % {"news": title, "home": home}
    return replace(first, subject=subject, letter=letter, links=slots | shared, pictures=pictures, parts=parts)


def _news(kinds: list[list[Told]]) -> str:
    """As "We will repair: 3 items" or "New P1: 3 items"; with different answers "News on 3 items"."""
    count = sum(len(rows) for rows in kinds)
    items = ngettext("%(n)d item", "%(n)d items", count) % {"n": count}
    what = _what(kinds[0][0]) if len(kinds) == 1 or all(_is_new_work(rows[0]) for rows in kinds) else ""
    if what.endswith("?"):
        return f"{what} {items}"
    return (
        _("%(what)s: %(items)s") % {"what": what, "items": items} if what else _("News on %(items)s") % {"items": items}
    )


def _lead(kinds: list[list[Told]]) -> str:
    """The sentence that holds for all; with different answers how many of them need one from the reader."""
    if len(kinds) == 1:
        return kinds[0][0].letter.lead if _in_common(kinds[0], "lead") else ""
    asking = sum(len(rows) for rows in kinds if rows[0].key in ASKING)
    return (
        ngettext("%(n)d of them needs your answer.", "%(n)d of them need your answer.", asking) % {"n": asking}
        if asking
        else ""
    )


def _place(group: list[Told]) -> str:
    """The one home that it is about, or what several homes have in common."""
    first = group[0]
    return first.letter.eyebrow if _in_common(group, "eyebrow") or not first.case else first.case.development.name


def _buttons(group: list[Told]) -> list[Link]:
    """One button for all; what belongs to one item alone stands at that item."""
    once = [button for button in group[0].letter.buttons if _slot_in(button) in _shared_slots(group)]
    if group[0].recipient.audience == Audience.HOMEOWNER:
        both = [button for button in group[0].letter.buttons if _is_shared(button, group)]
        return [*_answer_all(group), *once, (_("See progress"), "/portal/"), *both]
    if once:
        return once
    return [button for button in group[0].letter.buttons if _is_shared(button, group)][:1]


def _answer_all(group: list[Told]) -> list[Link]:
    """Several repairs of one home to confirm: one page for all of them."""
    label = _("Look at all %(n)d and answer") % {"n": len(_to_confirm(group))}
    return [(label, f"[[link:{ANSWER_ALL}]]")] if _to_confirm(group) else []


def _to_confirm(group: list[Told]) -> list[Case]:
    """The repairs that this mail asks its reader to confirm, when they are several of one home."""
    found = [told.case for told in group if told.case and told.key in CONFIRMING and "yes" in told.links]
    return found if len(found) > 1 and len({case.unit_id for case in found}) == 1 else []


def _slot_for_all(group: list[Told]) -> dict[str, dict[str, Any]]:
    """The link to the page for all of them."""
    cases = _to_confirm(group)
    if not cases:
        return {}
    person = group[0].recipient
    facts = {"cases": [case.pk for case in cases], "homeowner": person.homeowner_id, "name": person.name}
    return {ANSWER_ALL: {"purpose": "case-sign", "action": "sign", **facts}}


def _is_shared(button: Link, group: list[Told]) -> bool:
    return not is_slot(button) and all(button in told.letter.buttons for told in group)


def is_slot(button: Link) -> bool:
    """Its address is minted while the mail is sent."""
    return bool(layout.SLOT.fullmatch(button[1]))


def _slot_in(button: Link) -> str:
    """The name of the slot that a button leads to."""
    return button[1].removeprefix("[[link:").removesuffix("]]") if is_slot(button) else ""


def _shared_slots(group: list[Told]) -> dict[str, dict[str, Any]]:
    """Links that are the same for all items because they are about no single case: a visit's, say."""
    first = group[0].links.items()
    return {
        name: slot for name, slot in first if "case" not in slot and all(told.links.get(name) == slot for told in group)
    }


def _slot_name(told: Told, name: str) -> str:
    """Names the slot of one item: the mail holds the same link for several cases."""
    return f"{name}-{told.case.pk}" if told.case else f"{name}-r{told.report.pk if told.report else 0}"


def _links(told: Told, group: list[Told]) -> list[Link]:
    """What this person can do about this item: read it and write to us, and answer what the item asks."""
    shared = _shared_slots(group)
    if told.recipient.audience != Audience.HOMEOWNER:
        buttons = told.letter.buttons
        return [button for button in buttons if not _is_shared(button, group) and _slot_in(button) not in shared]
    own = [button for button in told.letter.buttons if is_slot(button) and _slot_in(button) not in shared]
    slots = {f"[[link:{name}]]": f"[[link:{_slot_name(told, name)}]]" for name in told.links}
    read = [(_("Read and reply"), f"/portal/cases/{told.case.reference}/#reply")] if told.case else []
    return read + [(label, slots[to]) for label, to in own]


def _by_kind(group: list[Told]) -> list[list[Told]]:
    """Those with the same answer beside each other: first what asks or presses, then as the answers come."""
    kinds: dict[tuple[str, str], list[Told]] = {}
    for told in group:
        kinds.setdefault((told.key, _what(told)), []).append(told)
    return sorted(kinds.values(), key=lambda rows: (rows[0].key not in ASKING, _urgency(rows[0])))


def _is_new_work(told: Told) -> bool:
    return told.key in NEW_WORK and told.recipient.audience != Audience.HOMEOWNER


def _urgency(told: Told) -> int:
    """The place of new work among other new work; homeowners never read of priorities, nor see them in an order."""
    return told.case.priority.order if told.case and _is_new_work(told) else 0


def _in_common(rows: list[Told], part: str) -> bool:
    """Whether this sentence says the same for all of them."""
    return len({getattr(told.letter, part) for told in rows}) == 1


def _items(kinds: list[list[Told]], group: list[Told]) -> list[layout.Item]:
    """Under each heading what holds for all its items, at each item what is its own."""
    items: list[layout.Item] = []
    pictures = 0
    for rows in kinds:
        common = [part for part in ("lead", "next") if _in_common(rows, part)]
        under = [getattr(rows[0].letter, part) for part in common] if len(kinds) > 1 else []
        for told in rows:
            picture = None
            if told.pictures and pictures < MOST_PICTURES:
                pictures += 1
                picture = layout.Picture(pictures, told.pictures[0][1])
            item = layout.Item(_title(told), picture=picture, words=_own_words(told, common), links=_links(told, group))
            is_first = told is rows[0] and len(kinds) > 1
            items.append(replace(item, heading=_heading(rows), under=" ".join(under).strip()) if is_first else item)
    return items


def _heading(rows: list[Told]) -> str:
    """What happened, and to how many of them."""
    what = _what(rows[0])
    return f"{what} ({len(rows)})" if what else ""


def _what(told: Told) -> str:
    """What happened, as the subject says it before it names the defect."""
    return told.subject.partition(told.case.title)[0].rstrip(": ") if told.case else ""


def _title(told: Told) -> str:
    return f"{told.case.title} ({told.case.reference})" if told.case else told.subject


def _own_words(told: Told, common: list[str]) -> str:
    """What is said of this item alone."""
    own = {part: "" if part in common else getattr(told.letter, part) for part in ("lead", "next")}
    caution = told.letter.caution.words if told.letter.caution else ""
    return " ".join(
        part for part in (caution, own["lead"], told.letter.quote, *told.letter.paragraphs, own["next"]) if part
    )
