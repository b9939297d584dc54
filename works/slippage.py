"""How often a company moved the date that it promised, and by how many days in all."""

from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from works.models import Promise, WorkOrder


def known(rows: QuerySet[WorkOrder]) -> QuerySet[WorkOrder]:
    """With the promises of each, in one more query for all."""
    return rows.prefetch_related("promises")


def moves(order: WorkOrder) -> list[Promise]:
    """Its promises that took back an earlier date."""
    return [row for row in order.promises.all() if row.was_at is not None]


def words(order: WorkOrder, zone: ZoneInfo) -> str:
    """As "moved 2 times, 9 days later" than it promised first; nothing for a company that kept to its date."""
    found = moves(order)
    if not found or order.promised_at is None:
        return ""
    first = min(found, key=lambda row: (row.made_at, row.pk)).was_at or order.promised_at
    days = (order.promised_at.astimezone(zone).date() - first.astimezone(zone).date()).days
    times = ngettext("moved %(n)d time", "moved %(n)d times", len(found)) % {"n": len(found)}
    length = ngettext("%(n)d day", "%(n)d days", abs(days)) % {"n": abs(days)}
    way = _("%(times)s, %(length)s later") if days >= 0 else _("%(times)s, %(length)s earlier")
    return way % {"times": times, "length": length}
