"""The words in which a defect list goes to its company (workflow.md section 6), and to the manager who releases it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import people
from cases.choices import AttachmentRole
from cases.mailing import Mailing, Picture, Told
from cases.models import Attachment
from cases.notices import footer
from cases.people import Recipient
from outbox import layout
from units.wording import day
from works.models import DefectList, ListIssue, ListLine
from works.snapshots import Changes

PURPOSE = "defect-list"
SLOT = "list"
MOST_ITEMS = 20
"""Named in the mail; the others stand on the list."""
MOST_PICTURES = 12


def event_name(defect_list: DefectList, revision: int) -> str:
    """Names one revision's mail, so that it leaves once and its delivery is found."""
    return f"list:{defect_list.pk}:{revision}"


def link_slot(defect_list: DefectList, person: Recipient) -> dict[str, dict[str, Any]]:
    """The signed link, minted while the mail is sent."""
    return {SLOT: {"purpose": PURPOSE, "list": defect_list.pk, "name": person.name}}


def button() -> tuple[str, str]:
    """Opens the list."""
    return _("Open the list (no sign-in)"), f"[[link:{SLOT}]]"


def tell(
    defect_list: DefectList, issued: ListIssue, lines: Sequence[ListLine], *, changes: Changes, mailing: Mailing
) -> None:
    """One mail to each contact of the company; each of its cases remembers that it was told."""
    pictures = _pictures(lines)
    for person in people.contacts_of(defect_list.company):
        whole = _mail(defect_list, issued, lines, person, changes=changes, pictures=pictures)
        mailing.add(
            Told(person, PURPOSE, whole.subject, whole.letter, case=line.order.case, whole=whole) for line in lines
        )


def _mail(
    defect_list: DefectList,
    issued: ListIssue,
    lines: Sequence[ListLine],
    person: Recipient,
    *,
    changes: Changes,
    pictures: dict[int, Picture],
) -> Told:
    letter = layout.Letter(
        eyebrow=_("%(company)s, defect list %(ref)s")
        % {"company": defect_list.company.short_name, "ref": defect_list.reference},
        title=headline(lines),
        lead=_lead(defect_list, issued, lines, changes),
        items=_items(lines, changes, pictures),
        paragraphs=_more(lines, changes),
        next=_("Then offer one date per home; we tell the residents."),
        buttons=[button()],
        note=_("The link needs no sign-in. Pass it on to whoever does the work; it asks for a name."),
        signature=_signature(defect_list),
        footer=footer(defect_list.development, person.audience),
    )
    return Told(
        person,
        PURPOSE,
        subject(defect_list, issued, lines),
        letter,
        pictures=tuple(pictures.values()),
        links=link_slot(defect_list, person),
        event_name=event_name(defect_list, issued.revision),
        about=(PURPOSE, defect_list.pk, defect_list.reference),
    )


def subject(defect_list: DefectList, issued: ListIssue, lines: Sequence[ListLine]) -> str:
    """As "DL-14: 11 defects, Kerinci, due Fri 20 Mar"."""
    words = ngettext(
        "%(title)s: %(n)d defect, %(place)s, %(due)s", "%(title)s: %(n)d defects, %(place)s, %(due)s", len(lines)
    )
    facts = {"title": defect_list.title, "n": len(lines), "place": defect_list.development.name}
    return words % (facts | {"due": due_words(defect_list, lines)})


def due_words(defect_list: DefectList, lines: Sequence[ListLine]) -> str:
    """As "due Fri 20 Mar", or the first of several dates."""
    dates = sorted({_date(defect_list, line.order.due_at) for line in lines})
    words = _("due %(day)s") if len(dates) == 1 else _("first due %(day)s")
    return words % {"day": day(dates[0])}


def headline(lines: Sequence[ListLine]) -> str:
    """As "11 items in 4 homes"."""
    return counted(len(lines), len({line.order.case.unit_id for line in lines}))


def counted(count: int, homes: int) -> str:
    """As "11 items in 4 homes"."""
    items = ngettext("%(n)d item", "%(n)d items", count) % {"n": count}
    return ngettext("%(items)s in %(n)d home", "%(items)s in %(n)d homes", homes) % {"items": items, "n": homes}


def change_words(changes: Changes) -> str:
    """As "1 added, 2 no longer needed, 1 with another date"."""
    parts = [
        ngettext("%(n)d added", "%(n)d added", len(changes.added)) % {"n": len(changes.added)} if changes.added else "",
        ngettext("%(n)d no longer on it", "%(n)d no longer on it", len(changes.removed)) % {"n": len(changes.removed)}
        if changes.removed
        else "",
        ngettext("%(n)d with another date", "%(n)d with another date", len(changes.moved)) % {"n": len(changes.moved)}
        if changes.moved
        else "",
    ]
    return ", ".join(part for part in parts if part)


def _lead(defect_list: DefectList, issued: ListIssue, lines: Sequence[ListLine], changes: Changes) -> str:
    by = day(_date(defect_list, issued.accept_by))
    if changes.is_any:
        words = _("This is revision %(n)d: %(changes)s. Please accept what is new by %(day)s.")
        return words % {"n": issued.revision, "changes": change_words(changes), "day": by}
    homes = len({line.order.case.unit_id for line in lines})
    where = ngettext("%(n)d home", "%(n)d homes", homes) % {"n": homes}
    words = ngettext(
        "Please accept this item in %(where)s by %(day)s.",
        "Please accept these %(n)d items in %(where)s by %(day)s.",
        len(lines),
    )
    return words % {"n": len(lines), "where": where, "day": by}


def _items(lines: Sequence[ListLine], changes: Changes, pictures: dict[int, Picture]) -> list[layout.Item]:
    numbers = {case: place for place, case in enumerate(pictures, start=1)}
    marks = {"added": _("New. "), "moved": _("Another date. "), "": ""}
    items = []
    for place, line in enumerate(lines[:MOST_ITEMS], start=1):
        case = line.order.case
        picture = layout.Picture(numbers[case.pk], pictures[case.pk][1]) if case.pk in numbers else None
        due = _("due %(day)s") % {"day": day(line.order.due_at.astimezone(case.development.tz).date())}
        note = f"{marks[changes.of(line.order_id)]}{case.reference}, {due}"
        items.append(layout.Item(f"{place}. {case.unit.number}: {case.title}", note=note, picture=picture))
    return items


def _more(lines: Sequence[ListLine], changes: Changes) -> list[str]:
    words = []
    if len(lines) > MOST_ITEMS:
        words.append(_("And %(n)d more: all of them stand on the list.") % {"n": len(lines) - MOST_ITEMS})
    if changes.removed:
        gone = ", ".join(f"{row['unit']}: {row['title']} ({row['case']})" for row in changes.removed[:MOST_ITEMS])
        words.append(_("Please do nothing more on: %(items)s.") % {"items": gone})
    return words


def _pictures(lines: Sequence[ListLine]) -> dict[int, Picture]:
    """The first picture of each case that the mail names, by case, in the order of the list."""
    named = [line.order.case_id for line in lines[:MOST_ITEMS]]
    shown = Attachment.objects.pictures().filter(case__in=named, role=AttachmentRole.BEFORE, is_visible=True)
    found: dict[int, Picture] = {}
    for row in shown.select_related("file").order_by("added_at", "pk"):
        found.setdefault(row.case_id or 0, (row.file, row.caption))
    with_picture = [case for case in named if case in found]
    return {case: found[case] for case in with_picture[:MOST_PICTURES]}


def _signature(defect_list: DefectList) -> layout.Signature:
    place = defect_list.development
    name = place.default_officer.name if place.default_officer else place.name
    return layout.Signature(name=name, phone=place.office_phone, hours=place.office_hours)


def _date(defect_list: DefectList, moment: datetime) -> Any:
    return moment.astimezone(defect_list.development.tz).date()


def ask_manager(defect_list: DefectList, *, mailing: Mailing) -> None:
    """Tells whoever releases lists that one waits."""
    title = _("%(ref)s for %(company)s waits for your release")
    facts = {"ref": defect_list.reference, "company": defect_list.company.short_name}
    for person in people.staff(people.managers_for(defect_list.development)):
        letter = layout.Letter(
            eyebrow=defect_list.development.name,
            title=title % facts,
            lead=_("Nobody outside is told before."),
            buttons=[(_("View the list"), reverse("defect_list_detail", args=[defect_list.reference]))],
            footer=defect_list.development.name,
        )
        told = Told(
            person,
            "list-release",
            title % facts,
            letter,
            event_name=f"list-release:{defect_list.pk}:{defect_list.version}",
            about=(PURPOSE, defect_list.pk, defect_list.reference),
        )
        mailing.add([told])
