"""The signed link of a defect list: one for the company, many visits, no account (surface.md, `/jobs/link/<token>/`).

Whoever holds it reads the list and answers for the company; each answer asks for a name. It is dead 14 days after the
list was closed, and at once when the company is no longer appointed (workflow.md section 4, quality.md 16).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.models import LinkToken
from contractors.appointments import is_appointed
from ledger.actors import Actor
from outbox.models import OutgoingMail
from units.calendars import local_day
from works.list_mails import PURPOSE
from works.models import DefectList

LIVES = timedelta(days=5 * 365)
"""The row's own end; what really ends a link is its list and its company's appointment."""
AFTER_CLOSING = timedelta(days=14)


@dataclass(frozen=True)
class OpenedList:
    """A living link: which list it opens, and the name of whom it was mailed to."""

    token: LinkToken
    defect_list: DefectList
    name: str

    def actor(self, name: str, *, address: str) -> Actor:
        """Who answers: the name as it was given on the page, for the company."""
        return Actor(name, "contractor", None, self.defect_list.company_id, "link", address)


def mint(mail: OutgoingMail, slot: dict[str, Any]) -> str:
    """The address behind a link slot, with a fresh token."""
    at = timezone.now()
    raw = links.mint(
        PURPOSE,
        subject=subject_of(slot["list"]),
        audience=mail.recipient,
        expires_at=at + LIVES,
        single_use=False,
        at=at,
        facts={"list": slot["list"], "name": slot["name"]},
    )
    return f"{settings.BASE_URL}{reverse('link_job_list_detail', args=[raw])}"


def subject_of(list_id: int) -> str:
    """Whose the tokens of a list are."""
    return f"defect-list:{list_id}"


def open_link(raw: str, *, at: datetime) -> OpenedList | None:
    """What a link opens now; None when it is unknown, ended, or its company no longer works there."""
    token = links.find(raw, PURPOSE, at)
    if token is None:
        return None
    found = DefectList.objects.for_page().filter(pk=token.facts.get("list"), revision__gte=1).first()
    if found is None or (found.closed_at and found.closed_at + AFTER_CLOSING <= at):
        return None
    if not is_appointed(found.company, found.development, local_day(at, found.development.tz)):
        return None
    return OpenedList(token, found, str(token.facts.get("name", "")))
