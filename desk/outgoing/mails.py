"""Who may see which mail, and what of it. The outbox does not know what a case is; here both are known.

A mail stands in the ledger of whoever may see what it is about. Mails about accounts are the administrator's. The
words of a mail that tells of several cases are shown to whoever may see all of them.
"""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.choices import STAFF_ROLES, Role
from accounts.models import User
from cases.models import Case, Notice, Report
from outbox.models import MailQuerySet, OutgoingMail

PLACED: dict[str, Any] = {"case": Case, "report": Report}
"""What mails are about that lies in a development, and so in somebody's scope."""


def visible_to(user: User) -> MailQuerySet:
    """The mails whose row this person may see; an unknown role sees nothing."""
    mails = OutgoingMail.objects.all()
    if user.role == Role.ADMINISTRATOR:
        return mails
    if user.role not in STAFF_ROLES:
        return mails.none()
    return mails.filter(_about(lambda model: model.objects.visible_to(user)), secret_purpose="")


def of_development(mails: QuerySet[OutgoingMail], code: str) -> QuerySet[OutgoingMail]:
    """Those about cases and reports of this development."""
    return mails.filter(_about(lambda model: model.objects.filter(development__code=code)))


def _about(rows_of: Any) -> Q:
    wanted = Q(pk__in=())
    for kind, model in PLACED.items():
        wanted |= Q(about=kind, about_id__in=rows_of(model).order_by().values("pk"))
    return wanted


def zones(mails: Iterable[OutgoingMail]) -> dict[int, ZoneInfo]:
    """By mail the zone of the development it is about, else that of the installation; at most two queries."""
    rows = list(mails)
    known: dict[tuple[str, int], ZoneInfo] = {}
    for kind, model in PLACED.items():
        keys = {mail.about_id for mail in rows if mail.about == kind}
        found = model.objects.filter(pk__in=keys).order_by().values_list("pk", "development__zone") if keys else ()
        known |= {(kind, pk): ZoneInfo(zone) for pk, zone in found}
    return {mail.pk: known.get((mail.about, mail.about_id or 0)) or installation_zone() for mail in rows}


def installation_zone() -> ZoneInfo:
    """The zone of what belongs to no development (`TIME_ZONE`)."""
    return ZoneInfo(settings.TIME_ZONE)


def may_read(mail: OutgoingMail, user: User) -> bool:
    """Whether the words of the mail may be shown: all cases that it tells of are the person's to see; one query."""
    told = Notice.objects.filter(mail=mail, case__isnull=False)
    return not told.exclude(case__in=Case.objects.visible_to(user)).exists()
