"""Action links of mails: no sign-in, one purpose, 30 days, dead with the tenure (workflow.md 4, quality.md 16).

The token is minted while the mail is sent; the outbox calls these through its registry.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts import links
from accounts.models import LinkToken
from cases.capacities import NOBODY, capacity_of
from cases.choices import EventKind
from cases.models import Case, CaseEvent, Report
from cases.moves import OWNER
from homeowners.models import Homeowner, Tenure
from ledger.actors import Actor
from outbox.models import OutgoingMail

ACTION, PHOTOS, TENANT, SIGN = "case-action", "case-photos", "tenant-claim", "case-sign"
MONTH = timedelta(days=30)
LIVES = {ACTION: MONTH, PHOTOS: timedelta(hours=72), TENANT: MONTH, SIGN: MONTH}
PATHS = {ACTION: "/portal/act/", PHOTOS: "/portal/photos/", TENANT: "/portal/tenant/", SIGN: "/portal/sign/link/"}


def mint(mail: OutgoingMail, slot: dict[str, Any]) -> str:
    """The address behind a link slot, with a fresh token."""
    at = timezone.now()
    purpose = slot["purpose"]
    raw = links.mint(
        purpose,
        subject=f"homeowner:{slot['homeowner']}",
        audience=mail.recipient,
        expires_at=at + LIVES[purpose],
        single_use=False,
        at=at,
        facts={name: value for name, value in slot.items() if name != "purpose"},
    )
    return f"{settings.BASE_URL}{PATHS[purpose]}{raw}/"


@dataclass(frozen=True)
class Opened:
    """A living link: who holds it, about which case or report, what it offers."""

    token: LinkToken
    actor: Actor
    action: str
    case: Case | None = None
    report: Report | None = None
    cases: tuple[Case, ...] = ()


def open_link(raw: str, purpose: str, *, at: datetime, address: str = "") -> Opened | None:
    """What a link offers now.

    Nothing when it is unknown or too old, went to an address that is no longer the person's, or the person no longer
    holds the home.
    """
    token = links.find(raw, purpose, at)
    if token is None:
        return None
    person = Homeowner.objects.filter(pk=token.facts.get("homeowner")).first()
    if person is None or not person.email or token.audience != person.email.lower():
        return None
    actor = Actor(person.name, "homeowner", person.user_id, person.pk, "link", address)
    if purpose == TENANT:
        return _open_report(token, actor, person, at=at)
    if purpose == SIGN:
        return _open_list(token, actor, at=at)
    case = Case.objects.for_page().filter(pk=token.facts["case"], is_visible=True).first()
    if case is None or capacity_of(case, actor, at=at) == NOBODY:
        return None
    return Opened(token, actor, token.facts["action"], case=case)


def was_answered(link: Opened) -> bool:
    """Whether this person has answered the case since the link was mailed, by this link or on the case's page."""
    since = CaseEvent.objects.filter(case=link.case, kind=EventKind.MOVE, at__gte=link.token.created_at)
    return since.filter(actor_role=link.actor.role, actor_name=link.actor.name).exists()


def _open_list(token: LinkToken, actor: Actor, *, at: datetime) -> Opened | None:
    """The repairs that the mail named, whatever became of them; nothing for who may not sign for the home any more."""
    rows = Case.objects.for_page().filter(pk__in=token.facts["cases"], is_visible=True).order_by("location", "pk")
    cases = tuple(rows)
    if not cases or capacity_of(cases[0], actor, at=at) != OWNER:
        return None
    return Opened(token, actor, token.facts["action"], cases=cases)


def _open_report(token: LinkToken, actor: Actor, person: Homeowner, *, at: datetime) -> Opened | None:
    report = Report.objects.select_related("unit__development").filter(pk=token.facts["report"]).first()
    if report is None:
        return None
    today = at.astimezone(report.development.tz).date()
    held = Tenure.objects.filter(unit_id=report.unit_id, homeowner=person).in_force(today).may_confirm()
    return Opened(token, actor, token.facts["action"], report=report) if held.exists() else None
