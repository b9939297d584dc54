"""The PDF of a defect list: one revision, by home, with pictures, access and dates. No name or phone of a resident."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import STAFF_ROLES
from cases import orders
from cases.models import Attachment
from cases.querysets import DEFECT_ROLES
from documents.models import Paper
from documents.papers import Builder, Content, Gone
from documents.pictures import Album
from ledger.actors import Actor
from units.papers import moment, sheet
from units.wording import full_day
from works import list_mails, snapshots
from works.models import DefectList, ListIssue, WorkOrder

KEY = "defect-list"
MANY, VERY_MANY = 100, 200
PICTURES = 2
"""Of an item; one on a list of more than `MANY`, none beyond `VERY_MANY`: such a paper would be too heavy to send."""

Row = dict[str, Any]


def about(defect_list: DefectList) -> dict[str, Any]:
    """What names the paper of the newest revision, for `papers.ask` and `papers.latest`."""
    return {"subject": "defect-list", "subject_id": defect_list.pk, "parameters": {"revision": defect_list.revision}}


def ask(defect_list: DefectList, *, by: Actor, at: datetime) -> Paper:
    """Has the paper of the newest revision made."""
    from documents import papers

    return papers.ask(KEY, by=by, at=at, **about(defect_list))


def find(paper: Paper) -> ListIssue:
    """The revision that the paper shows."""
    rows = ListIssue.objects.select_related("list__company", "list__development__calendar")
    issued = rows.filter(list=paper.subject_id, revision=paper.parameters.get("revision")).first()
    if issued is None:
        raise Gone
    return issued


def build(paper: Paper, at: datetime) -> Content:
    """The revision out of its snapshot; the words and pictures as they are now."""
    issued = find(paper)
    found, album = issued.list, Album()
    before = found.issues.filter(revision=issued.revision - 1).first()
    changes = snapshots.between(before, issued)
    homes, shown = _homes(issued, changes, album)
    zone = found.development.tz
    context = {
        "list": found,
        "company": found.company,
        "headline": list_mails.counted(len(issued.snapshot), len(homes)),
        "homes": homes,
        "removed": changes.removed,
        "change_words": list_mails.change_words(changes),
        "issued": moment(issued.issued_at, zone),
        "accept_by": full_day(issued.accept_by.astimezone(zone).date()),
        "without_pictures": len(issued.snapshot) > VERY_MANY,
    }
    return sheet(
        "pdf/defect_list.html",
        development=found.development,
        at=at,
        title=title(paper),
        reference=_("%(ref)s, revision %(n)d") % {"ref": found.reference, "n": issued.revision},
        name=f"{found.reference} revision {issued.revision}",
        context=context,
        album=album,
        shows=shown,
    )


def _homes(issued: ListIssue, changes: snapshots.Changes, album: Album) -> tuple[list[Row], list[str]]:
    """The items by home as the snapshot has them, and the public ids of the pictures shown."""
    rows = WorkOrder.objects.for_page().select_related("case__report_item__report")
    found = rows.prefetch_related("case__parties__homeowner").in_bulk([row["order"] for row in issued.snapshot])
    pictures = _pictures([order.case_id for order in found.values()], most=_most(len(issued.snapshot)))
    homes: dict[str, Row] = {}
    shown: list[str] = []
    for place, row in enumerate(issued.snapshot, start=1):
        order = found[row["order"]]
        home = homes.setdefault(
            row["unit"], {"number": row["unit"], "place": place_of(order), "access": [], "items_of": []}
        )
        note = orders.access(order.case)
        if note and note not in home["access"]:
            home["access"].append(note)
        mine = pictures.get(order.case_id, [])
        shown += [str(one.public_id) for one in mine]
        home["items_of"].append(_item(place, row, order, changes, [album.add(one.file) for one in mine]))
    return list(homes.values()), shown


def _item(place: int, row: Row, order: WorkOrder, changes: snapshots.Changes, shots: list[str]) -> Row:
    words = orders.fault_in_own_words(order.case)
    marks = {"added": _("New in this revision"), "moved": _("Another date in this revision"), "": ""}
    zone = order.case.development.tz
    return {
        "place": place,
        "title": row["title"],
        "words": "" if words in row["title"] else words,
        "scope": order.scope,
        "reference": f"{row['number']}, {row['case']}",
        "due": full_day(datetime.fromisoformat(row["due"]).astimezone(zone).date()),
        "trade": order.case.trade.label,
        "priority": order.case.priority_id,
        "mark": marks[changes.of(row["order"])],
        "shots": [shot for shot in shots if shot],
    }


def _most(items: int) -> int:
    if items > VERY_MANY:
        return 0
    return 1 if items > MANY else PICTURES


def _pictures(cases: Sequence[int], *, most: int) -> dict[int, list[Attachment]]:
    if not most:
        return {}
    rows = Attachment.objects.pictures().filter(case__in=cases, role__in=DEFECT_ROLES).select_related("file")
    found: dict[int, list[Attachment]] = {}
    for row in rows.order_by("added_at", "pk"):
        kept = found.setdefault(row.case_id or 0, [])
        if len(kept) < most:
            kept.append(row)
    return found


def place_of(order: WorkOrder) -> str:
    """Block and level."""
    unit = order.case.unit
    block = unit.block.name if unit.block else ""
    level = _("level %(n)s") % {"n": unit.floor} if unit.floor not in (None, "") else ""
    return ", ".join(part for part in (block, level) if part)


def may_read(paper: Paper, user: Any) -> bool:
    """Who sees the list."""
    return DefectList.objects.visible_to(user).filter(pk=paper.subject_id).exists()


def back(paper: Paper, user: Any) -> tuple[str, str]:
    """The list's page."""
    reference = find(paper).list.reference
    name = "defect_list_detail" if user.role in STAFF_ROLES else "job_list_detail"
    return reverse(name, args=[reference]), reference


def title(paper: Paper) -> str:
    """As "Defect list DL-14"."""
    found = DefectList.objects.filter(pk=paper.subject_id).first()
    return _("Defect list %(ref)s") % {"ref": found.reference if found else "DL-"}


BUILDER = Builder(title=title, build=build, may_read=may_read, back=back)
