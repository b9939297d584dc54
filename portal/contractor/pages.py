"""What the pages of a list show. A fixed number of queries, however many orders there are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from cases.models import Attachment
from cases.querysets import DEFECT_ROLES
from inspections.contacts import contacts_for
from portal.contractor import jobs
from portal.contractor.doors import Door
from portal.contractor.jobs import Shot
from units.wording import day, when
from works import list_mails, snapshots
from works.models import DefectList, ListIssue, WorkOrder


def orders_of(door: Door) -> list[WorkOrder]:
    """The orders of the list as the company sees them, home by home, the first due home first."""
    rows = list(door.orders().for_page().select_related("case__report_item__report", "case__defect_type"))
    prefetch_related_objects(rows, "case__parties__homeowner")
    first: dict[int, datetime] = {}
    for row in rows:
        unit = row.case.unit_id
        first[unit] = min(first.get(unit, row.due_at), row.due_at)
    return sorted(rows, key=lambda row: (first[row.case.unit_id], row.case.unit.number, row.due_at, row.pk))


def pictures_of(rows: Sequence[WorkOrder], url: Callable[..., str]) -> list[tuple[int, Shot]]:
    """The pictures of the defects by case, as companies may see them; `url(public_id, size)` is where they stand."""
    found = Attachment.objects.pictures().filter(case__in={row.case_id for row in rows}, role__in=DEFECT_ROLES)
    return [
        (row.case_id or 0, Shot(url(row.public_id, "list"), url(row.public_id, "page"), row.caption))
        for row in found.order_by("added_at", "pk")
    ]


def by_door(door: Door) -> Callable[..., str]:
    """Where pictures stand behind this door."""
    return lambda public_id, size: door.url("list_picture", public_id, size)


def of_account(public_id: Any, size: str) -> str:
    """Where pictures stand for an account."""
    return reverse("case_file", args=[public_id, size])


def context(door: Door) -> dict[str, Any]:
    """Everything that the page of a list shows."""
    rows, issues = orders_of(door), list(door.defect_list.issues.order_by("-revision")[:2])
    changes = snapshots.between(issues[1], issues[0]) if len(issues) > 1 else snapshots.Changes()
    work = jobs.work(
        rows,
        pictures_of(rows, by_door(door)),
        at=door.at,
        url=lambda order, act: door.url("order_act", order.reference, act),
        marks={row.pk: changes.of(row.pk) for row in rows},
        contacts=contacts(rows, at=door.at),
    )
    return frame(door) | {
        "work": work,
        "headline": list_mails.counted(len(work.jobs), len(work.homes)),
        "facts": facts(door.defect_list, issues[0], rows),
        "changes": changes,
        "change_words": list_mails.change_words(changes),
        "urls": {name: door.url(f"list_{name}") for name in ("accept", "date", "opened", "receipt", "sheet", "paper")},
    }


def frame(door: Door) -> dict[str, Any]:
    """What every page of this family shows around its content."""
    found = door.defect_list
    officer = found.development.default_officer
    return {
        "defect_list": found,
        "company": found.company.short_name,
        "office": found.development,
        "officer": officer.name if officer else "",
        "work_url": door.url("job_list_detail"),
        "is_link": bool(door.link),
        "zone": found.development.tz,
    }


def facts(defect_list: DefectList, issued: ListIssue, rows: Sequence[WorkOrder]) -> dict[str, str]:
    """Dates in words: accept by, due, sent."""
    zone = defect_list.development.tz
    dates = sorted({row.due_at.astimezone(zone).date() for row in rows if row.state in jobs.OPEN_STATES})
    return {
        "accept_by": day(issued.accept_by.astimezone(zone).date()),
        "due": day(dates[0]) if dates else "",
        "has_one_date": "yes" if len(dates) == 1 else "",
        "sent": when(issued.issued_at, zone),
    }


def contacts(rows: Sequence[WorkOrder], *, at: datetime) -> Mapping[int, Any]:
    """By home whom to ring, while a visit with the company is confirmed (product.md 27)."""
    found = contacts_for({(row.company, row.case.unit) for row in rows}, at)
    return {unit: contact for (_company, unit), contact in found.items()}
