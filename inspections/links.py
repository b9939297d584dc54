"""The signed links in mails on visits: choose a time, ask for another day, say that nobody came. No sign-in.

They show only that visit and act only by POST; they live 30 days and end with the person's holding of the home.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts import links
from accounts.models import LinkToken
from cases.models import Case
from homeowners.models import Homeowner, Tenure
from inspections.models import Visit
from inspections.telling import LINK
from ledger.actors import Actor
from outbox.models import OutgoingMail

LIVES = timedelta(days=30)
PATH = "/portal/visits/link/"


def mint(mail: OutgoingMail, slot: dict[str, Any]) -> str:
    """The address behind a link slot, with a fresh token."""
    at = timezone.now()
    raw = links.mint(
        LINK,
        subject=f"homeowner:{slot['homeowner']}",
        audience=mail.recipient,
        expires_at=at + LIVES,
        single_use=False,
        at=at,
        facts={name: value for name, value in slot.items() if name != "purpose"},
    )
    return f"{settings.BASE_URL}{PATH}{raw}/"


@dataclass(frozen=True)
class Opened:
    """A living link: who holds it, for which visit."""

    token: LinkToken
    actor: Actor
    visit: Visit
    cases: tuple[Case, ...]


def open_link(raw: str, *, at: datetime, address: str = "") -> Opened | None:
    """What a link offers now; nothing when it is unknown, too old, or the person no longer holds the home."""
    token = links.find(raw, LINK, at)
    person = Homeowner.objects.filter(pk=token.facts.get("homeowner")).first() if token else None
    visit = Visit.objects.for_page().filter(pk=token.facts.get("visit")).first() if token else None
    if token is None or person is None or visit is None:
        return None
    today = at.astimezone(visit.unit.development.tz).date()
    if not Tenure.objects.filter(unit_id=visit.unit_id, homeowner=person).in_force(today).exists():
        return None
    cases = tuple(visit.cases.filter(is_visible=True).for_page().order_by("pk"))
    if not cases:
        return None
    actor = Actor(person.name, "homeowner", person.user_id, person.pk, "link", address)
    return Opened(token, actor, visit, cases)
